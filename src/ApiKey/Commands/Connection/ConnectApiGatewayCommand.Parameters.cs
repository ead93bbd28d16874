using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Emulator.Faults;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class ConnectApiGatewayCommand
{
    /// <summary>The region, for example eu-central-1.</summary>
    [Parameter(Position = 0)]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile in the shared config and credentials files.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The file with the profile, when it is not the usual one.</summary>
    [Parameter]
    [Given]
    public string? ProfileLocation { get; set; }

    /// <summary>An access key id. -SecretKey goes with it.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key, as text or SecureString.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials, as text or SecureString.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? SessionToken { get; set; }

    /// <summary>A PSCredential (access key and secret), or a credentials object of AWS.Tools or of an STS call.</summary>
    [Parameter]
    [Given(AcceptsRows = true), ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? Credential { get; set; }

    /// <summary>The role to assume with the credentials found.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? RoleArn { get; set; }

    /// <summary>The external id the role's trust policy asks for.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? ExternalId { get; set; }

    /// <summary>The name of the role's session in CloudTrail.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? RoleSessionName { get; set; }

    /// <summary>Another endpoint than AWS's own, used as it is.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(EmulatorUriCompleter))]
    public Uri? EndpointUrl { get; set; }

    /// <summary>Allows an http endpoint that is not on this machine. Key values then travel in the clear.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedEndpoint { get; set; }

    /// <summary>Uses the FIPS endpoint.</summary>
    [Parameter]
    public SwitchParameter UseFipsEndpoint { get; set; }

    /// <summary>Uses the dual-stack (IPv6) endpoint.</summary>
    [Parameter]
    public SwitchParameter UseDualStackEndpoint { get; set; }

    /// <summary>Tags for every key, unless its own tags say otherwise: Terraform's default_tags.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? DefaultTag { get; set; }

    /// <summary>Keys of tags that others manage: not shown, not removed. Terraform's ignore_tags.keys.</summary>
    [Parameter]
    [TransformTagKey(TagKeyUse.Ignore)]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[]? IgnoreTag { get; set; }

    /// <summary>Key prefixes of tags that others manage. Terraform's ignore_tags.key_prefixes.</summary>
    [Parameter]
    [TransformTagKey(TagKeyUse.IgnoreStart)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string[]? IgnoreTagPrefix { get; set; }

    /// <summary>At most so many calls a second; 0 for no limit.</summary>
    [Parameter]
    [TransformNumber(AllowsFraction = true)]
    [Within(0, 1000)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public double? RequestsPerSecond { get; set; }

    /// <summary>How often a call is tried in all, 1 to 20.</summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 20)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? MaxAttempts { get; set; }

    /// <summary>How many seconds one try may take.</summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 3600)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? TimeoutSec { get; set; }

    /// <summary>Works on an emulator inside this process, new and empty: no socket, no credentials, no account.</summary>
    [Parameter]
    public SwitchParameter Emulator { get; set; }

    /// <summary>Lets the emulator enforce AWS's quotas.</summary>
    [Parameter]
    public SwitchParameter EnforceQuota { get; set; }

    /// <summary>How many seconds callers of the emulator's stages do not meet a change of what a key opens.</summary>
    [Parameter]
    [TransformNumber(AllowsFraction = true)]
    [Within(0, 3600)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public double? PropagationSeconds { get; set; }

    /// <summary>What goes wrong on the emulator, for example @{ Kind = 'TooManyRequests'; Probability = 0.1 }.</summary>
    [Parameter]
    [TransformFault, ArgumentCompleter(typeof(NothingCompleter))]
    public EmulatorFault[]? Fault { get; set; }

    /// <summary>Emits the connection, for the parameter -Connection of other commands.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
