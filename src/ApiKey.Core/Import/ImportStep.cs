using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Import;

/// <summary>A part of an import that reads or sends something.</summary>
internal enum ImportPhase
{
    /// <summary>Are the usage plans that rows name there?</summary>
    Plans,

    /// <summary>Which keys are there already?</summary>
    Listing,

    /// <summary>The rows go out.</summary>
    Sending,

    /// <summary>What did they become?</summary>
    ReadingBack,

    /// <summary>Customers and tags, which rows of AWS's format have none of.</summary>
    Completing,

    /// <summary>Did AWS put the keys into their plans?</summary>
    Membership,
}

/// <summary>Whether a file is imported.</summary>
internal enum ImportConsent
{
    /// <summary>Not at all.</summary>
    No,

    /// <summary>What it would do is looked at.</summary>
    Preview,

    /// <summary>It is.</summary>
    Yes,
}

/// <summary>What an import does, or what came of it, in its order.</summary>
internal abstract record ImportStep
{
    private ImportStep()
    {
    }

    /// <summary>A file cannot be imported, or not to its end.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Failure">Why: it cannot be read, something is wrong in it, or its seed cannot be kept.</param>
    internal sealed record FileFailed(string Path, Exception Failure) : ImportStep;

    /// <summary>No file names a usage plan that another one was to stand for.</summary>
    /// <param name="PlanId">The plan.</param>
    /// <param name="Files">The files.</param>
    internal sealed record UnusedPlan(string PlanId, IReadOnlyList<KeyFile> Files) : ImportStep;

    /// <summary>A usage plan is not where the keys are to be, so nothing is imported.</summary>
    /// <param name="Plan">The plan.</param>
    /// <param name="Problem">Why.</param>
    internal sealed record PlanElsewhere(UsagePlanIdentity Plan, (string ErrorId, string Message) Problem) : ImportStep;

    /// <summary>What follows is about one file.</summary>
    /// <param name="File">The file.</param>
    internal sealed record OfFile(KeyFile File) : ImportStep;

    /// <summary>A column says nothing to an import.</summary>
    /// <param name="Column">The column.</param>
    internal sealed record UnknownColumn(string Column) : ImportStep;

    /// <summary>The file was imported completely before, and its rows without a key would become further keys.</summary>
    /// <param name="Date">When.</param>
    internal sealed record AlreadyImported(DateTimeOffset Date) : ImportStep;

    /// <summary>The file is about to be imported.</summary>
    /// <param name="Answer">Receives whether it is.</param>
    internal sealed record Ask(Action<ImportConsent> Answer) : ImportStep;

    /// <summary>A phase begins, and needs what came of every call before it.</summary>
    /// <param name="Phase">Which.</param>
    /// <param name="Total">How many rows it is about; null when that is not known.</param>
    internal sealed record Begin(ImportPhase Phase, int? Total) : ImportStep;

    /// <summary>So many keys were read.</summary>
    /// <param name="Count">How many.</param>
    internal sealed record Found(int Count) : ImportStep;

    /// <summary>A phase that reads failed.</summary>
    /// <param name="Phase">Which.</param>
    /// <param name="Failure">Why.</param>
    internal sealed record Failed(ImportPhase Phase, ApiGatewayException Failure) : ImportStep;

    /// <summary>A batch to send; several may be under way at once.</summary>
    /// <param name="Batch">The rows.</param>
    /// <param name="Call">Sends it.</param>
    /// <param name="Accept">Accepts what came of it, in the order of the batches.</param>
    internal sealed record Send(ImportBatch Batch, Func<Task<BatchOutcome>> Call, Action<BatchOutcome> Accept) : ImportStep;

    /// <summary>A key to complete; several may be under way at once.</summary>
    /// <param name="Row">Its row.</param>
    /// <param name="Call">Gives the key what ImportApiKeys cannot carry.</param>
    internal sealed record Complete(KeyFileRow Row, Func<Task<ApiKeyInfo>> Call) : ImportStep;

    /// <summary>AWS took a row and made no key of it.</summary>
    /// <param name="Row">The row.</param>
    internal sealed record NotImported(KeyFileRow Row) : ImportStep;

    /// <summary>AWS made a key of a row and did not put it into a usage plan.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Key">The key.</param>
    /// <param name="PlanId">The plan.</param>
    internal sealed record NotInPlan(KeyFileRow Row, ApiKeyInfo Key, string PlanId) : ImportStep;

    /// <summary>Not everything is done, and the seed stays for the next run.</summary>
    /// <param name="SeedPath">Where it is.</param>
    internal sealed record Unfinished(string SeedPath) : ImportStep;

    /// <summary>What a row would do.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Key">The key it would overwrite; null when it would make one.</param>
    internal sealed record Planned(KeyFileRow Row, ApiKeyInfo? Key) : ImportStep;
}

/// <summary>What came of a batch.</summary>
/// <param name="Ids">The keys it came to.</param>
/// <param name="Warnings">What AWS warns of, each with the lines it may be about.</param>
/// <param name="Refusal">Why AWS refused it; null when it did not.</param>
internal sealed record BatchOutcome(IReadOnlyList<string> Ids, IReadOnlyList<string> Warnings, BatchRefusal? Refusal = null);

/// <summary>A batch that AWS refused because of its warnings. It takes nothing back, whatever its documentation says: the good rows are
/// keys.</summary>
/// <param name="Failure">What AWS answered.</param>
/// <param name="There">The keys that exist now for the batch's rows.</param>
/// <param name="LookFailure">Why it could not be determined which exist; null when it could.</param>
/// <param name="SeedPath">Where the seed of generated values is; null when there is none.</param>
internal sealed record BatchRefusal(ApiGatewayException Failure, IReadOnlyList<ApiKeyInfo> There, ApiGatewayException? LookFailure,
    string? SeedPath);
