using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class FindApiGatewayApiKeyLeakCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByText = "Text";

    /// <summary>Files and folders, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = ByPath)]
    [Given(IsNeeded = true, Sample = ".")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders, their paths taken as they are; what Get-ChildItem emits, too.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Given]
    [AllowNull]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Text, line by line. Lines of Get-Content are counted in their file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByText)]
    [TransformLine(EmptyText = "is a line without anything")]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Message"), ArgumentCompleter(typeof(OwnWordCompleter))]
    public PSObject? Text { get; set; }

    /// <summary>Searches the folders within folders, too.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Searches what .gitignore omits, too.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter IncludeIgnored { get; set; }

    /// <summary>The keys to look for: ids or key objects. Without it and -Name, all keys.</summary>
    [Parameter]
    [TransformKey]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The names of the keys to look for, with wildcards.</summary>
    [Parameter]
    [Given]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Looks for base64 and percent-encoded forms of the values, too.</summary>
    [Parameter]
    public SwitchParameter Encoded { get; set; }

    /// <summary>Emits each key once, where it was found first.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>A file to write what was found to, as SARIF 2.1.0.</summary>
    [Parameter]
    [Given]
    public string? SarifPath { get; set; }

    /// <summary>The regions whose keys are looked for; the connection's when omitted.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public new string[]? Region { get; set; }

    /// <summary>The profiles to read keys with, each for itself; their regions are used when none is given.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public new string[]? ProfileName { get; set; }
}
