using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Import;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>
/// Brings existing keys in by id, as Terraform's import does: every attribute is read, the value too. Or makes keys in bulk from
/// a file in AWS's key file format.
/// </summary>
[Cmdlet(VerbsData.Import, "ApiGatewayApiKey", DefaultParameterSetName = ById, SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class ImportApiGatewayApiKeyCommand : ChangingCmdlet
{
    private const string ById = "Id";
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const int DefaultBatchSize = 500;

    private readonly List<string> _paths = [];
    private bool _allGood = true;
    private int _emitted;
    private PlanMap _planMap = PlanMap.None;
    private DesiredStateEdit? _desiredState;

    /// <summary>The ids of the keys, or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>A desired state file (.json, .psd1) to add the keys' entries to, never their values. What else is in it stays as it is; it
    /// is made when it is not there.</summary>
    [Parameter(ParameterSetName = ById)]
    [Given]
    public string? DesiredStatePath { get; set; }

    /// <summary>Key files (CSV with Name, Key, and optional Description, Enabled, UsagePlanIds, CustomerId, Tags); wildcards are
    /// allowed.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Given(IsNeeded = true, Sample = "keys.csv")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Key files, each path taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Given(IsRequiredOfRows = true)]
    [AllowNull]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Stops when AWS warns of a row. The file then goes in one call. AWS keeps the other rows all the same; which keys exist then
    /// is reported.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter FailOnWarning { get; set; }

    /// <summary>How many rows go in one call, 1 to 10,000. AWS documents no limit.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [TransformNumber]
    [Within(1, 10_000)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? BatchSize { get; set; }

    /// <summary>Leaves the check of the values' length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>Which usage plans stand for those that a file names, for a file of another region or account: a hashtable with the ids
    /// of the file, and for each the id, the name or the object of a plan here. A plan that is not in it stays as it is.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [TransformUsagePlanMap]
    public IDictionary? UsagePlanMap { get; set; }

    /// <summary>Imports a file again whose rows without a key were made into keys before: they become further keys.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Force { get; set; }

    /// <summary>How many calls may be in flight at once, 1 to 64. Results come out in order whatever the number.</summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 64)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public override int? ThrottleLimit { get; set; } = WholeSetWindow;

    /// <inheritdoc/>
    private protected override bool WantsOneKey => Id.Length == 1;

    /// <inheritdoc/>
    private protected override bool SpansRecords => false;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (FailOnWarning && BatchSize is not null)
        {
            ThrowProblem("ContradictoryParameters",
                "-FailOnWarning sends the whole file in one call, so -BatchSize cannot be combined with it. Use one of the two.",
                    nameof(BatchSize));
        }

        if (DesiredStatePath is not null)
        {
            DesiredStatePath = GetUnresolvedProviderPathFromPSPath(DesiredStatePath);
            this.TryFile(DesiredStatePath, () => _desiredState = DesiredStateEdit.Open(DesiredStatePath, PowerShellData.Syntax));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        switch (ParameterSetName)
        {
            case ByPath:
                Array.ForEach(Path, path => _allGood &= this.TryResolveFiles(path, _paths));
                break;
            case ByLiteralPath:
                _paths.AddRange(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath));
                break;
            default:
                ImportById();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_desiredState is not null)
        {
            this.TryFile(DesiredStatePath!, _desiredState.Save);
        }

        // Every file is checked before anything of any file is sent.
        List<KeyFile> files = [];
        try
        {
            ServiceOperations operations = _paths.Count > 0 ? OperationsAt(origin: null) : null!;
            foreach (string path in _paths)
            {
                _allGood &= this.TryFile(path, () => files.Add(KeyFile.Open(path, operations.Keys.Policy, ValueChecks.Of(SkipValueCheck))));
            }

            if (_allGood && files.Count > 0 && CheckPlanMap(operations, files))
            {
                Calls.Try("Finding the account", null, () =>
                {
                    QuotaScope place = Calls.Await(operations.Keys.FindPlaceAsync(StopToken));
                    files.ForEach(file => this.TryFile(file.Path, () => ImportFile(operations, file, place)));
                });
            }
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private bool CheckPlanMap(ServiceOperations operations, List<KeyFile> files)
    {
        if (UsagePlanMap is not Dictionary<string, UsagePlanIdentity> map)
        {
            return true;
        }

        _planMap = new PlanMap(map);
        Array.ForEach([.. map.Keys.Where(id => !files.Exists(file => file.PlanLines.ContainsKey(id)))],
            id => WriteWarning(ImportTexts.UnusedPlan(id, files)));
        ApiGatewayConnection home = Here with { Region = operations.Keys.Region };
        return !map.Values.Any(plan => plan.Connection is { } other
            && Refuse(PlaceCheck.ProblemOf("The keys would be created", home, plan, other), plan.Target));
    }

    private void ImportById()
    {
        if (DesiredStatePath is not null && _desiredState is null)
        {
            // It could not be read, which was an error.
            return;
        }

        foreach (ApiKeyIdentity identity in Id)
        {
            if (identity.Key is null && File.Exists(GetUnresolvedProviderPathFromPSPath(identity.Id)))
            {
                WriteProblem("FileGivenAsId",
                    $"'{identity.Id}' is a file, and -Id accepts the ids of keys. To create keys from it, use Import-ApiGatewayApiKey "
                    + $"-Path '{identity.Id}'.", identity.Id);
                continue;
            }

            ApiKeyOperations operations = Operations(identity);
            Calls.Start($"Importing API key '{identity}'", identity.Target,
                () => operations.GetAsync(identity.Id, includeValue: true, StopToken), WriteImported);
        }
    }

    private void WriteImported(ApiKeyInfo key)
    {
        if (_desiredState is not null && MayProceed("Add", $"API key '{key}' to {DesiredStatePath}") && !_desiredState.Add(key))
        {
            WriteProblem("AlreadyInDesiredState", $"API key '{key}' is in {DesiredStatePath} already. Nothing was added for it.", key,
                ErrorCategory.ResourceExists);
        }

        WriteKey(key);
    }

    private void ImportFile(ServiceOperations operations, KeyFile file, QuotaScope place)
    {
        foreach (string column in file.UnknownColumns)
        {
            WriteWarning(ImportTexts.UnknownColumn(column, file));
        }

        string region = operations.Keys.Region;
        if (!Force && file.CountWithoutValue > 0 && ImportSeed.CompletedAt(file, place) is { } date)
        {
            WriteProblem("AlreadyImported", ImportTexts.AlreadyImported(file, region, date), file.Path, ErrorCategory.ResourceExists);
            return;
        }

        string item = string.Create(CultureInfo.InvariantCulture,
            $"{file.Count:N0} API {(file.Count == 1 ? "key" : "keys")} from {file.Path} into {region}");
        bool forReal = ShouldProcess($"Import {item}.", $"Import {item}?", "Confirm", out ShouldProcessReason reason);
        if (!forReal && reason != ShouldProcessReason.WhatIf)
        {
            return;
        }

        ImportOptions options = new(FailOnWarning ? int.MaxValue : BatchSize ?? DefaultBatchSize, FailOnWarning);
        using KeyFileImport import = new(operations.Keys, operations.Plans, file, _planMap, forReal ? place : null);
        _emitted = 0;
        try
        {
            Calls.Each("Importing API keys", forReal ? import.RunAsync(options, StopToken) : import.PreviewAsync(StopToken),
                step => Take(step, file, region));
        }
        catch when (import.CountAccepted > _emitted)
        {
            // Keys are made by the batch and emitted at the end: who ends the command before that must hear of them.
            Calls.AddUnreceived(ImportTexts.Unreceived(file, import.CountAccepted, _emitted));
            throw;
        }
    }

    private void Take(ImportStep step, KeyFile file, string region)
    {
        switch (step)
        {
            case ImportStep.Begin begin:
                Calls.Drain();
                Progress.Begin(ImportTexts.Step(begin.Phase, file), begin.Total);
                break;
            case ImportStep.Found found:
                Progress.Count(found.Count);
                break;
            case ImportStep.Failed(var phase, var failure):
                Calls.Try(ImportTexts.Doing(phase), phase is ImportPhase.Plans or ImportPhase.Membership ? file.Path : null,
                    () => throw failure);
                break;
            case ImportStep.Send send:
                Send(send, file);
                break;
            case ImportStep.Complete(var row, var call):
                Calls.Start($"Completing {row}", row.Spec.Name, call, Emit, untaken: _ => null);
                break;
            case ImportStep.Planned(var row, var key):
                MayProceed(key is null ? "Create" : $"Overwrite API key '{key}' with", $"{row} in {region}");
                break;
            case ImportStep.Unfinished(var seed):
                WriteWarning($"Not everything is done. Run the same command again to finish: {seed} makes it generate the same keys.");
                break;
            default:
                (string errorId, string message, object target) = ImportTexts.Problem(step, file);
                WriteProblem(errorId, message, target, ErrorCategory.InvalidResult);
                break;
        }
    }

    private void Send(ImportStep.Send send, KeyFile file)
    {
        string lines = ImportTexts.Lines(send.Batch, file);
        Calls.Start(
            $"Importing {lines}",
            file.Path,
            send.Call,
            outcome =>
            {
                send.Take(outcome);
                if (outcome.Refusal is not null)
                {
                    throw ImportTexts.Refusal(outcome);
                }

                Array.ForEach([.. outcome.Warnings], warning => WriteWarning($"{file.Path}, {warning}"));
            },
            items: send.Batch.Count,
            hasFailed: outcome => outcome.Refusal is not null,
            untaken: outcome => outcome.Refusal is null ? new Untaken($"{lines}: sent and taken.")
                : UnreceivedResults.OfFailure($"Importing {lines}", file.Path, ImportTexts.Refusal(outcome)));
    }

    private void Emit(ApiKeyInfo key)
    {
        _emitted++;
        WriteKey(key);
    }
}
