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
using ApiKey.Text;

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
    private DesiredStateEdit? _desiredState;

    /// <summary>The ids of the keys, or key objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey]
    [AllowNull]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>A desired state file (.json, .psd1) to add the keys' entries to, never their values. What else is in it stays as it is; it
    /// is made when it is not there.</summary>
    [Parameter(ParameterSetName = ById)]
    [Given]
    public string? DesiredStatePath { get; set; }

    /// <summary>Key files (CSV with Name, Key, and optional Description, Enabled, UsagePlanIds, CustomerId, Tags); wildcards are
    /// allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [Given]
    [AllowNull]
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
    public int? BatchSize { get; set; }

    /// <summary>Leaves the check of the values' length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>Imports a file again whose rows without a key were made into keys before: they become further keys.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Force { get; set; }

    /// <summary>How many calls may be in flight at once, 1 to 64. Results come out in order whatever the number.</summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 64)]
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
            ApiKeyOperations operations = _paths.Count > 0 ? Operations() : null!;
            foreach (string path in _paths)
            {
                _allGood &= this.TryFile(path, () => files.Add(KeyFile.Open(path, operations.Policy, ValueChecks.Of(SkipValueCheck))));
            }

            if (_allGood && files.Count > 0)
            {
                Calls.Try("Finding the account", null, () =>
                {
                    QuotaScope place = Calls.Await(operations.FindPlaceAsync(StopToken));
                    files.ForEach(file => this.TryFile(file.Path, () => ImportFile(operations, file, place)));
                });
            }
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
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

    private void Emit(ApiKeyInfo key)
    {
        _emitted++;
        WriteKey(key);
    }

    private void ImportFile(ApiKeyOperations operations, KeyFile file, QuotaScope place)
    {
        foreach (string column in file.UnknownColumns)
        {
            WriteWarning($"The column {Show.Quote(column)} of {file.Path} is not known and was ignored. Known are Name, Key, Description, "
                + "Enabled, UsagePlanIds, CustomerId and Tags.");
        }

        if (!Force && file.CountWithoutValue > 0 && ImportSeed.CompletedAt(file, place) is { } date)
        {
            WriteProblem("AlreadyImported",
                $"{file.Path} was imported into {operations.Region} completely on {date.UtcDateTime:u}. Its rows without a key would "
                + "become further keys of the same names, so nothing was sent. See the keys with Get-ApiGatewayApiKey -IncludeValue; put "
                + "new rows into a file of their own; or use -Force to create further keys.", file.Path, ErrorCategory.ResourceExists);
            return;
        }

        string item = string.Create(CultureInfo.InvariantCulture,
            $"{file.Count:N0} API {(file.Count == 1 ? "key" : "keys")} from {file.Path} into {operations.Region}");
        bool forReal = ShouldProcess($"Import {item}.", $"Import {item}?", "Confirm", out ShouldProcessReason reason);
        if (!forReal && reason != ShouldProcessReason.WhatIf)
        {
            return;
        }

        using KeyFileImport import = new(operations, PlanOperations(), file, FailOnWarning ? int.MaxValue : BatchSize ?? DefaultBatchSize,
            forReal ? place : null);
        if (!Calls.Try("Reading the usage plans", file.Path, () => Calls.Await(CheckPlansAsync(import))))
        {
            return;
        }

        if (!forReal)
        {
            Preview(import, operations);
        }
        else if (Calls.Each("Listing API keys", import.CollectOverwrittenAsync(StopToken), Progress.Count))
        {
            ImportForReal(import);
        }
    }

    private async Task<bool> CheckPlansAsync(KeyFileImport import)
    {
        await import.CheckPlansAsync(StopToken);
        return true;
    }

    private void Preview(KeyFileImport import, ApiKeyOperations operations)
    {
        Calls.Each("Listing API keys", import.CollectExistingAsync(StopToken), Progress.Count);
        foreach (KeyFileRow row in import.Rows())
        {
            MayProceed(import.KeyOf(row) is { } key ? $"Overwrite API key '{key}' with" : "Create", $"{row} in {operations.Region}");
        }
    }

    private void ImportForReal(KeyFileImport import)
    {
        _emitted = 0;
        try
        {
            Send(import);
            WriteKeys(import);
        }
        catch
        {
            // Keys are made by the batch and emitted at the end: who ends the command before that must hear of them.
            if (import.CountAccepted > _emitted)
            {
                Calls.AddUnreceived($"{import.File.Path}: keys of {import.CountAccepted} rows are there, of which "
                    + $"{(_emitted == 0 ? "none" : $"at most {_emitted}")} went on to the next command. Run the same command again to "
                    + "finish: it makes no key twice.");
            }

            throw;
        }
    }

    private void Send(KeyFileImport import)
    {
        Progress.Begin("sending", import.File.Count);
        foreach (ImportBatch batch in import.Batches())
        {
            string lines = $"lines {batch.Lines[0]} to {batch.Lines[^1]} of {import.File.Path}";
            Calls.Start(
                $"Importing {lines}",
                import.File.Path,
                () => import.SendAsync(batch, FailOnWarning, StopToken),
                answer =>
                {
                    import.Accept(batch, answer);
                    foreach (string warning in KeyFileImport.DescribeWarnings(batch, answer.Warnings))
                    {
                        WriteWarning($"{import.File.Path}, {warning}");
                    }
                },
                items: batch.Count,
                untaken: _ => new Untaken($"{lines}: sent and taken."));
        }

        Calls.Drain();
        Progress.Begin("reading back", null);
        Calls.Each("Reading the imported API keys", import.CollectAsync(StopToken), Progress.Count);
    }

    private void WriteKeys(KeyFileImport import)
    {
        Progress.Begin(import.File.HasFurtherFields ? "customers and tags" : "writing", import.File.Count);
        int missing = 0;
        foreach (KeyFileRow row in import.Rows().Where(import.WasAccepted))
        {
            if (import.KeyOf(row) is { } key)
            {
                Calls.Start($"Completing {row}", row.Spec.Name, () => import.CompleteAsync(row, key, StopToken), Emit, untaken: _ => null);
            }
            else
            {
                missing++;
                WriteProblem("ApiKeyNotImported",
                    $"{row} of {import.File.Path} was not imported: no key has its value. AWS's warnings say why; fix the row and run the "
                    + "command again.", row.Spec.Name, ErrorCategory.InvalidResult);
            }
        }

        Calls.Drain();
        Calls.Try("Checking the usage plans", import.File.Path, () =>
        {
            foreach ((KeyFileRow row, ApiKeyInfo key, string plan) in Calls.Await(import.FindOutsidePlansAsync(StopToken)))
            {
                missing++;
                WriteProblem("ApiKeyNotInUsagePlan",
                    $"{row} of {import.File.Path} became API key '{key}', but AWS did not put it into usage plan '{plan}'. Do that with "
                    + $"Add-ApiGatewayUsagePlanKey -UsagePlanId {plan} -Id {key.Id}, or run the command again.", key,
                        ErrorCategory.InvalidResult);
            }
        });
        if (missing == 0 && HadNoError)
        {
            import.Complete();
        }
        else if (import.SeedPath is { } seed)
        {
            WriteWarning($"Not everything is done. Run the same command again to finish: {seed} makes it generate the same keys.");
        }
    }
}
