using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Model;

namespace ApiKey.Commands;

/// <summary>Finds where the values of keys lie: in files and folders, or in text from the pipeline. The values are in nothing that it
/// emits.</summary>
[Cmdlet(VerbsCommon.Find, "ApiGatewayApiKeyLeak", DefaultParameterSetName = ByPath)]
[OutputType(typeof(ApiKeyLeakInfo))]
public sealed class FindApiGatewayApiKeyLeakCommand : LeakCmdlet
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
    [Alias("Message")]
    public PSObject? Text { get; set; }

    /// <summary>Searches the folders within folders, too.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Searches what .gitignore omits, too.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter IncludeIgnored { get; set; }

    private protected override bool SearchesText => ParameterSetName == ByText;

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (SearchesText)
        {
            SearchText(Text);
            return;
        }

        List<string> files = [];
        foreach (string path in ParameterSetName == ByPath ? Path : [])
        {
            CountMissing(this.TryResolveFiles(path, files));
        }

        files.AddRange(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath));
        SearchFiles(files, Recurse, IncludeIgnored);
    }
}
