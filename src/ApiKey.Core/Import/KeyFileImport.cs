using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Import;

/// <summary>
/// The import of one key file, as a stream: a look at the usage plans and keys it is about, batches through ImportApiKeys, then one
/// look at what is there, then what that format cannot carry, and a look at the plans. Every step may be repeated, so an import that
/// was killed is finished by running it again. Each step works on what the one before it made, so their order cannot be another.
/// </summary>
/// <remarks>Whoever takes the stream sends the calls it offers, and at each <see cref="ImportStep.Begin"/> waits for them.</remarks>
/// <param name="operations">Where to.</param>
/// <param name="plans">The usage plans there.</param>
/// <param name="file">The checked file.</param>
/// <param name="options">How.</param>
/// <param name="place">Which account and region it is imported into.</param>
internal sealed partial class KeyFileImport(ApiKeyOperations operations, UsagePlanOperations plans, KeyFile file, ImportOptions options,
    QuotaScope place) : IDisposable
{
    // So many single reads cost less than listing an account that is full (10,000 keys, 20 pages).
    private const int SingleReads = 20;

    private ImportSeed? _seed;
    private volatile bool _isComplete = true;

    /// <summary>Imports the file, or looks at what that would do.</summary>
    /// <exception cref="FileProblemException">A usage plan is not there; every line that names it is reported.</exception>
    /// <exception cref="IOException">The file was changed, or its seed cannot be kept.</exception>
    public async IAsyncEnumerable<ImportStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string column in file.UnknownColumns)
        {
            yield return new ImportStep.UnknownColumn(column);
        }

        bool generates = file.CountWithoutValue > 0;
        if (generates && !options.Repeats && ImportSeed.CompletedAt(file, place) is { } date)
        {
            yield return new ImportStep.AlreadyImported(date);
            yield break;
        }

        ImportConsent consent = ImportConsent.No;
        yield return new ImportStep.Ask(answer => consent = answer);
        if (consent == ImportConsent.No)
        {
            yield break;
        }

        bool isPreview = consent == ImportConsent.Preview;
        _seed = generates && !isPreview ? ImportSeed.Open(file, place) : null;
        KeysByValue before = new(operations);
        await foreach (ImportStep step in Read(ImportPhase.Plans, CheckPlansAsync(cancellationToken)))
        {
            yield return step;
            if (step is ImportStep.Failed)
            {
                yield break;
            }
        }

        if (isPreview || file.HasSilentRows)
        {
            await foreach (ImportStep step in Read(ImportPhase.Listing, before.ReadOwnValuesAsync(file, cancellationToken)))
            {
                yield return step;
                if (step is ImportStep.Failed && !isPreview)
                {
                    yield break;
                }
            }
        }

        if (isPreview)
        {
            foreach (KeyFileRow row in file.Rows())
            {
                yield return new ImportStep.Planned(row, before.Of(row));
            }

            yield break;
        }

        ImportRows rows = new(file, _seed, before);
        SentRows sent = new(rows);
        yield return new ImportStep.Begin(ImportPhase.Sending, file.Count);
        foreach (ImportBatch batch in rows.Batches(options.RowsInCall))
        {
            yield return new ImportStep.Send(batch, () => WatchAsync(SendAsync(batch, cancellationToken)),
                outcome => sent.Accept(batch, outcome));
        }

        yield return new ImportStep.Begin(ImportPhase.ReadingBack, Total: null);
        KeysByValue there = new(operations);
        await foreach (ImportStep step in Read(ImportPhase.ReadingBack, there.ReadIdsAsync(sent.Ids, SingleReads, cancellationToken)))
        {
            yield return step;
        }

        yield return new ImportStep.Begin(ImportPhase.Completing, file.Count);
        foreach (KeyFileRow row in sent.Accepted())
        {
            if (there.Of(row) is { } key)
            {
                yield return new ImportStep.Complete(row, () => WatchAsync(CompleteAsync(row, key, cancellationToken)));
            }
            else
            {
                _isComplete = false;
                yield return new ImportStep.NotImported(row);
            }
        }

        yield return new ImportStep.Begin(ImportPhase.Membership, Total: null);
        OutsidePlans outside = new(file, plans, sent, there);
        await foreach (ImportStep step in Read(ImportPhase.Membership, outside.ReadAsync(SingleReads, cancellationToken)))
        {
            yield return step;
        }

        foreach (ImportStep.NotInPlan step in outside.All)
        {
            _isComplete = false;
            yield return step;
        }

        if (_isComplete)
        {
            _seed?.Complete();
        }
        else if (_seed is not null)
        {
            yield return new ImportStep.Unfinished(_seed.Path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _seed?.Dispose();

    // What fails ends the phase, and what was read until then counts.
    private IAsyncEnumerable<ImportStep> Read(ImportPhase phase, IAsyncEnumerable<int> counts) =>
        FailureAsItem.SelectAsync<int, ImportStep, ApiGatewayException>(counts, count => new ImportStep.Found(count), failure =>
        {
            _isComplete = false;
            return new ImportStep.Failed(phase, failure);
        });

    // Whatever fails keeps the seed.
    private async Task<T> WatchAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (ApiGatewayException)
        {
            _isComplete = false;
            throw;
        }
    }

    // AWS makes the key of a row whose plan is not there all the same, without a warning, in no plan.
    private async IAsyncEnumerable<int> CheckPlansAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (file.PlanLines.Count == 0)
        {
            yield break;
        }

        IReadOnlyList<UsagePlanInfo> there = await plans.ListAllAsync(apiKeyId: null, cancellationToken);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        List<FileProblem> problems = [];
        foreach ((string plan, List<int> lines) in file.PlanLines)
        {
            (string? id, string? problem) = options.Plans.Find(plan, there, operations.Region);
            problems.AddRange(problem is null ? [] : lines.Select(line => new FileProblem(line, 1, problem)));
            ids.Add(plan, id ?? plan);
        }

        if (problems.Count > 0)
        {
            throw new FileProblemException(file.Path,
                [.. problems.OrderBy(problem => problem.Line).Take(FileProblemException.MostProblems)]);
        }

        file.ReplacePlans(ids);
    }

    // One call. When AWS refuses the batch because of warnings, a listing tells what it made all the same.
    private async Task<BatchOutcome> SendAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            ImportAnswer answer = await operations.ImportAsync(batch.ToBody(), options.FailOnWarning, batch.JoinsPlans, cancellationToken);
            return new BatchOutcome(answer.Ids, DescribeWarnings(batch, answer.Warnings));
        }
        catch (ApiGatewayException refused) when (options.FailOnWarning && refused.Kind == ApiGatewayErrorKind.BadRequest)
        {
            _isComplete = false;
            return await LookAfterRefusalAsync(batch, refused, cancellationToken);
        }
    }

    private async Task<BatchOutcome> LookAfterRefusalAsync(ImportBatch batch, ApiGatewayException refused,
        CancellationToken cancellationToken)
    {
        const string Start = "Warnings found during import:";
        IReadOnlyList<string> warnings = DescribeWarnings(batch,
            refused.AnswerLines.Where(line => !line.Equals(Start, StringComparison.OrdinalIgnoreCase)));
        KeysByValue there = new(operations);
        ApiGatewayException? lookFailure = null;
        await foreach (ImportStep step in Read(ImportPhase.Listing, there.ReadValuesAsync(batch.ValueMarks, cancellationToken)))
        {
            lookFailure = (step as ImportStep.Failed)?.Failure;
        }

        return new BatchOutcome([], warnings, new BatchRefusal(refused, [.. there.All], lookFailure, _seed?.Path));
    }

    // AWS counts the rows of a call from 1, after the header: "Skipped invalid record: 2. API Key value should be at least 20 characters".
    private static string[] DescribeWarnings(ImportBatch batch, IEnumerable<string> warnings) =>
        [.. warnings.Select(Show.Message).Select(warning =>
            RowNumber().Match(warning) is { Success: true } match
            && int.TryParse(match.Groups["row"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out int row)
            && row >= 1 && row <= batch.Count
                ? $"line {batch.Lines[row - 1]}: {warning}"
                : $"{(batch.Count == 1 ? $"line {batch.Lines[0]}" : $"lines {batch.Lines[0]} to {batch.Lines[^1]}")}: {warning}")];

    // Customer and tags, default tags too. Only what differs is sent.
    private async Task<ApiKeyInfo> CompleteAsync(KeyFileRow row, ApiKeyInfo key, CancellationToken cancellationToken)
    {
        // A file that was exported may name rotations of other keys.
        TagSet? own = row.Spec.Tags?.Without(RotationMarks.All);
        ApiKeySpec wanted = new()
        {
            CustomerId = row.Spec.CustomerId is { Length: > 0 } customer
                && !string.Equals(customer, key.CustomerId, StringComparison.Ordinal) ? customer : null,
            Tags = own is { } tags && !operations.Policy.WithoutIgnored(operations.Policy.Merge(tags)).Equals(key.TagsAll) ? tags : null,
        };
        TagSet missingDefaults = wanted.Tags is null
            ? operations.Policy.WithoutIgnored(operations.Policy.Defaults).RemovedBy(key.TagsAll) : TagSet.Empty;
        ApiKeyChange change = new(wanted) { AddTags = missingDefaults };
        ApiKeyInfo done = change.IsEmpty ? key : await operations.UpdateAsync(key, change, cancellationToken);
        return done with { Value = key.Value };
    }

    [GeneratedRegex(@"\b(row|record):? (?<row>\d{1,6})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RowNumber();
}
