using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Import;
using ApiKey.Model;

namespace ApiKey.Commands;

/// <summary>Brings existing keys in by id, as Terraform's import does, or makes keys in bulk from files in AWS's key file format.</summary>
[Cmdlet(VerbsData.Import, "ApiGatewayApiKey", DefaultParameterSetName = ById, SupportsShouldProcess = true), OutputType(typeof(ApiKeyInfo))]
public sealed class ImportApiGatewayApiKeyCommand : ChangingCmdlet
{
    private const string ById = "Id", ByPath = "Path", ByLiteralPath = "LiteralPath";

    private readonly List<string> _paths = [];
    private readonly KeyAdoption _keys;
    private bool _areAllThere = true;

    /// <summary>A command, which has several calls under way when nothing else is specified.</summary>
    public ImportApiGatewayApiKeyCommand() => (_keys, ThrottleLimit) = (new KeyAdoption(this, Calls), WholeSetWindow);

    /// <summary>The ids of the keys, or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey(IsNeeded = true), ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>A desired state file (.json, .psd1) to add the keys' entries to, never their values. It need not be there.</summary>
    [Parameter(ParameterSetName = ById), Given]
    public string? DesiredStatePath { get; set; }

    /// <summary>Key files with wildcards: CSV with Name, Key, and optional Description, Enabled, UsagePlanIds, CustomerId, Tags.</summary>
    [Parameter(ParameterSetName = ByPath), Given(IsNeeded = true, Sample = "keys.csv"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Key files, each path taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Given(IsRequiredOfRows = true), AllowNull, Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Stops when AWS warns of a row, and reports which keys exist then. The file goes in one call.</summary>
    [Parameter(ParameterSetName = ByPath), Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter FailOnWarning { get; set; }

    /// <summary>How many rows go in one call, 1 to 10,000. AWS documents no limit.</summary>
    [Parameter(ParameterSetName = ByPath), Parameter(ParameterSetName = ByLiteralPath)]
    [TransformNumber, Within(1, 10_000), ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? BatchSize { get; set; }

    /// <summary>Leaves the check of the values' length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter(ParameterSetName = ByPath), Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>Which usage plans stand for those that a file names: its ids, and for each an id, a name or an object of here.</summary>
    [Parameter(ParameterSetName = ByPath), Parameter(ParameterSetName = ByLiteralPath)]
    [TransformUsagePlanMap, ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? UsagePlanMap { get; set; }

    /// <summary>Imports a file again whose rows without a key were made into keys before: they become further keys.</summary>
    [Parameter(ParameterSetName = ByPath), Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Force { get; set; }

    private protected override bool WantsOneKey => Id.Length == 1;

    private protected override bool SpansRecords => false;

    private ImportOptions Options => new(BatchSize, FailOnWarning, Force, ValueChecks.Of(SkipValueCheck), new PlanMap(
        UsagePlanMap as Dictionary<string, UsagePlanIdentity> ?? [], plan => FindProblem("The keys would be created", plan)));

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Options.AreContradictory)
        {
            ThrowProblem("ContradictoryParameters", ImportTexts.ContradictoryBatchSize, nameof(BatchSize));
        }

        _keys.Open(DesiredStatePath);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        Array.ForEach(Id, _keys.Import);
        _areAllThere &= this.TryResolveFiles(Path, LiteralPath, _paths);
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        _keys.Save();
        if (_paths.Count > 0)
        {
            using KeyFilesImport import = new(Operations(), PlanOperations(), Options);
            new ImportReport(this, Calls, Operations().Region).Follow(import.RunAsync(_paths, _areAllThere, StopToken));
        }
    }
}
