using System.Globalization;
using ApiKey.Formats;
using ApiKey.Import;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What a user reads of the import of a file: Core tells what happened, and here stands what that is called and what to
/// do.</summary>
internal static class ImportTexts
{
    /// <summary>What contradicts each other.</summary>
    public const string ContradictoryBatchSize =
        "-FailOnWarning sends the whole file in one call, so -BatchSize cannot be combined with it. Use one of the two.";

    /// <summary>A phase that failed, as an error names it.</summary>
    public static string Doing(ImportPhase phase) => phase switch
    {
        ImportPhase.Plans => "Reading the usage plans",
        ImportPhase.ReadingBack => "Reading the imported API keys",
        ImportPhase.Membership => "Checking the usage plans",
        _ => "Listing API keys",
    };

    /// <summary>A phase, as progress names it.</summary>
    public static string Step(ImportPhase phase, KeyFile file) => phase switch
    {
        ImportPhase.Sending => "sending",
        ImportPhase.ReadingBack => "reading back",
        ImportPhase.Membership => "checking usage plans",
        _ => file.HasFurtherFields ? "customers and tags" : "writing",
    };

    /// <summary>The rows of a batch.</summary>
    public static string Lines(ImportBatch batch, KeyFile file) => $"lines {batch.Lines[0]} to {batch.Lines[^1]} of {file.Path}";

    /// <summary>The keys of a file, as a question names them.</summary>
    public static string Keys(KeyFile file, string region) => string.Create(CultureInfo.InvariantCulture,
        $"{file.Count:N0} API {(file.Count == 1 ? "key" : "keys")} from {file.Path} into {region}");

    /// <summary>What a user should know, and nothing failed.</summary>
    public static string Warning(ImportStep step, KeyFile file) => step switch
    {
        ImportStep.UnknownColumn(var column) =>
            $"The column {Show.Quote(column)} of {file.Path} is not known and was ignored. Known are Name, Key, Description, Enabled, "
            + "UsagePlanIds, CustomerId and Tags.",
        ImportStep.UnusedPlan(var id, var files) => $"-UsagePlanMap has {Show.Quote(id)}, which is a usage plan of no row of "
            + $"{(files.Count == 1 ? files[0].Path : $"the {files.Count} files")}, so it changes nothing.",
        ImportStep.Unfinished(var seed) =>
            $"Not everything is done. Run the same command again to finish: {seed} makes it generate the same keys.",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "A step of an import that is not a warning."),
    };

    /// <summary>A file that was imported completely before.</summary>
    public static string AlreadyImported(KeyFile file, string region, DateTimeOffset date) =>
        $"{file.Path} was imported into {region} completely on {date.UtcDateTime:u}. Its rows without a key would become further keys of "
        + "the same names, so nothing was sent. See the keys with Get-ApiGatewayApiKey -IncludeValue; put new rows into a file of their "
        + "own; or use -Force to create further keys.";

    /// <summary>What nobody received of an import that ended early.</summary>
    public static string Unreceived(KeyFile file, int accepted, int emitted) =>
        $"{file.Path}: keys of {accepted} rows are there, of which {(emitted == 0 ? "none" : $"at most {emitted}")} went on to the next "
        + "command. Run the same command again to finish: it makes no key twice.";

    /// <summary>A row, or the plan of one, that AWS passed over.</summary>
    public static (string ErrorId, string Message, object Target) Problem(ImportStep step, KeyFile file) => step switch
    {
        ImportStep.NotInPlan(var row, var key, var plan) => ("ApiKeyNotInUsagePlan",
            $"{row} of {file.Path} became API key '{key}', but AWS did not put it into usage plan '{plan}'. Do that with "
            + $"Add-ApiGatewayUsagePlanKey -UsagePlanId {plan} -Id {key.Id}, or run the command again.", key),
        ImportStep.NotImported(var row) => ("ApiKeyNotImported",
            $"{row} of {file.Path} was not imported: no key has its value. AWS's warnings say why; fix the row and run the command again.",
            row.Spec.Name!),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "A step of an import that is not a problem."),
    };

    /// <summary>A batch that AWS refused because of its warnings, and which keys exist all the same.</summary>
    public static ApiGatewayException Refusal(BatchOutcome outcome)
    {
        (ApiGatewayException failure, IReadOnlyList<ApiKeyInfo> there, ApiGatewayException? lookFailure, string? seed) = outcome.Refusal!;
        int count = outcome.Warnings.Count;
        string[] warned = [$"AWS warns of {(count == 1 ? "a row" : $"{count} rows")} of this file:",
            .. outcome.Warnings.Select(warning => $"  {warning.TrimEnd('.')}.")];
        if (lookFailure is not null)
        {
            return failure.Because([.. warned,
                $"AWS may have imported the other rows all the same, and which could not be determined: {lookFailure.Message} Look with "
                + "Get-ApiGatewayApiKey."]);
        }

        if (there.Count == 0)
        {
            return failure.Because([.. warned, "No key of this file exists."]);
        }

        (string these, string them) = there.Count == 1 ? ("this key exists", "it") : ("these keys exist", "them");
        string undo = $"To undo that, remove {them} with Remove-ApiGatewayApiKey {string.Join(", ", there.Select(key => key.Id))}"
            + $"{(seed is null ? "" : $" and delete {seed}")}.";
        string goOn = seed is null
            ? "To go on, fix the rows and run the command again: a row whose value a key already has creates no second key."
            : "To go on, run the command again without -FailOnWarning: it creates the same keys, and reports the rows that are not among "
                + "them.";
        return failure.Because(
            [.. warned, $"AWS imported the other rows all the same, so {these} now:",
                .. there.Select(key => $"  {key}{(key.Enabled ? "" : ", disabled")}."), undo, goOn]);
    }
}
