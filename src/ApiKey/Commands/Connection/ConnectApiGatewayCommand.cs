using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>
/// Sets this session's connection: Terraform's provider block. No call is made. What is not specified is found the usual AWS way:
/// environment, profile (SSO and role profiles too), web identity, container, instance.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "ApiGateway")]
[OutputType(typeof(ApiGatewayConnection))]
public sealed class ConnectApiGatewayCommand : ModuleCmdlet
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
    [Given(AcceptsRows = true)]
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
    [ArgumentCompleter(typeof(OwnWordCompleter))]
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
    public IDictionary? DefaultTag { get; set; }

    /// <summary>Keys of tags that others manage: not shown, not removed. Terraform's ignore_tags.keys.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[]? IgnoreTag { get; set; }

    /// <summary>Key prefixes of tags that others manage. Terraform's ignore_tags.key_prefixes.</summary>
    [Parameter]
    [Given]
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
    [TransformFault]
    public EmulatorFault[]? Fault { get; set; }

    /// <summary>Emits the connection, for the parameter -Connection of other commands.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Contradictions().FirstOrDefault() is { } contradiction)
        {
            Refuse("ContradictoryParameters", contradiction);
        }

        ApiGatewayConnection connection = new()
        {
            Region = Region,
            ProfileName = ProfileName,
            ProfileLocation = ProfileLocation is null ? null : GetUnresolvedProviderPathFromPSPath(ProfileLocation),
            RoleArn = RoleArn,
            ExternalId = ExternalId,
            RoleSessionName = RoleSessionName,
            EndpointUrl = EndpointUrl,
            AllowUnencryptedEndpoint = AllowUnencryptedEndpoint,
            UseFipsEndpoint = UseFipsEndpoint.IsPresent ? UseFipsEndpoint.ToBool() : null,
            UseDualStackEndpoint = UseDualStackEndpoint.IsPresent ? UseDualStackEndpoint.ToBool() : null,
            TagPolicy = new TagPolicy
            {
                Defaults = (TagSet?)DefaultTag ?? TagSet.Empty,
                IgnoredKeys = IgnoreTag ?? [],
                IgnoredPrefixes = IgnoreTagPrefix ?? []
            },
            RequestsPerSecond = RequestsPerSecond,
            MaxAttempts = MaxAttempts,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Credentials = ReadCredentials(),
            Transport = Emulator ? new EmulatorHttpHandler(EmulatorFactory.Create(this, EnforceQuota, PropagationSeconds ?? 0,
                Fault ?? [])) : null,
        };
        if (ConnectionRules.ProblemsOf(connection) is [string problem, ..])
        {
            Refuse("InvalidConnection", problem);
        }

        SessionConnection.Current = connection;
        if (Region is not null && RegionCheck.WarningOf(connection, Region) is { } warning)
        {
            WriteWarning(warning);
        }

        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private IEnumerable<string> Contradictions()
    {
        if ((AccessKey is null) != (SecretKey is null))
        {
            yield return "-AccessKey and -SecretKey go together. Give both, or neither.";
        }

        if (SessionToken is not null && AccessKey is null)
        {
            yield return "-SessionToken goes with -AccessKey and -SecretKey. Give all three.";
        }

        string[] credentials = [.. GivenOf((AccessKey, "-AccessKey"), (Credential, "-Credential"), (ProfileName, "-ProfileName"))];
        if (credentials.Length > 1)
        {
            yield return $"{string.Join(" and ", credentials)} each name credentials. Give one of them.";
        }

        if (RoleArn is null && GivenOf((ExternalId, "-ExternalId"), (RoleSessionName, "-RoleSessionName")).FirstOrDefault() is { } lone)
        {
            yield return $"{lone} goes with -RoleArn. Give the role to assume, or leave it out.";
        }

        if (!Emulator && (EnforceQuota || PropagationSeconds is not null || Fault is not null))
        {
            yield return "-EnforceQuota, -PropagationSeconds and -Fault are about the emulator. Use -Emulator too, or leave them out.";
        }

        if (Emulator && GivenOf((ProfileName, "-ProfileName"), (UseFipsEndpoint ? "" : null, "-UseFipsEndpoint"),
            (UseDualStackEndpoint ? "" : null, "-UseDualStackEndpoint")).FirstOrDefault() is { } needless)
        {
            yield return $"-Emulator stands in for AWS, so {needless} has no meaning with it. Leave one of them out.";
        }
    }

    private static IEnumerable<string> GivenOf(params (object? Value, string Name)[] parameters) =>
        parameters.Where(parameter => parameter.Value is not null).Select(parameter => parameter.Name);

    private Func<GivenCredentials>? ReadCredentials()
    {
        if (AccessKey is not null)
        {
            GivenCredentials given = new(AccessKey, SecretKey!.Reveal(), SessionToken?.Reveal());
            return () => given;
        }

        if (Credential is null)
        {
            return null;
        }

        Func<GivenCredentials>? reader = ForeignCredentials.Reader(Credential);
        if (reader is null)
        {
            Refuse("InvalidCredential",
                $"Credentials cannot be read from a {Credential.BaseObject.GetType().Name}. Give a PSCredential with the access key as "
                + "user name and the secret as password, or what Get-AWSCredential returns.");
        }

        return reader;
    }

    private void Refuse(string errorId, string message) =>
        ThrowTerminatingError(new ErrorRecord(new ArgumentException(message), errorId, ErrorCategory.InvalidArgument,
            MyInvocation.InvocationName));
}
