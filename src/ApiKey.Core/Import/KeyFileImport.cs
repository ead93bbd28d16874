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
/// The import of one key file: a look at the usage plans and keys it is about, batches through ImportApiKeys, then one look at
/// what is there, then what that format cannot carry. Every step may be repeated, so an import that was killed is finished by
/// running it again.
/// </summary>
internal sealed partial class KeyFileImport : IDisposable
{
    // So many single reads cost less than listing an account that is full (10,000 keys, 20 pages).
    private const int SingleReads = 20;

    // AWS documents no limit for a body; this is as much as one call carries.
    private const int LargestBatchCharacters = 1 << 20;

    private readonly ApiKeyOperations _operations;
    private readonly UsagePlanOperations _plans;
    private readonly int _batchSize;
    private readonly ImportSeed? _seed;
    private readonly Dictionary<UInt128, ApiKeyInfo> _keys = [];
    private readonly Dictionary<UInt128, ApiKeyInfo> _before = [];
    private readonly List<string> _ids = [];
    private readonly HashSet<int> _accepted = [];

    /// <summary>An import. When rows leave the value to be generated, this is where the seed is kept.</summary>
    /// <param name="operations">Where to.</param>
    /// <param name="plans">The usage plans there.</param>
    /// <param name="file">The checked file; disposed with this.</param>
    /// <param name="batchSize">Rows in one call.</param>
    /// <param name="place">Which account and region it is imported into; null when nothing will be sent.</param>
    /// <exception cref="IOException">The seed cannot be kept.</exception>
    public KeyFileImport(ApiKeyOperations operations, UsagePlanOperations plans, KeyFile file, int batchSize, QuotaScope? place)
    {
        (_operations, _plans, File, _batchSize) = (operations, plans, file, batchSize);
        _seed = place is not null && file.CountWithoutValue > 0 ? ImportSeed.Open(file, place) : null;
    }

    /// <summary>The file.</summary>
    public KeyFile File { get; }

    /// <summary>The file that an import which does not end leaves behind; null when there is none.</summary>
    public string? SeedPath => _seed?.Path;

    /// <summary>
    /// Looks whether every usage plan that rows name is there: AWS makes the key of such a row all the same, without a warning,
    /// in no plan. One listing, and only when rows name plans.
    /// </summary>
    /// <exception cref="FileProblemException">One is not; every line that names it is reported.</exception>
    public async Task CheckPlansAsync(CancellationToken cancellationToken)
    {
        if (File.PlanLines.Count == 0)
        {
            return;
        }

        HashSet<string> there = (await _plans.ListAllAsync(apiKeyId: null, cancellationToken)).Select(plan => plan.Id)
            .ToHashSet(StringComparer.Ordinal);
        FileProblem[] unknown =
        [
            .. File.PlanLines.Where(plan => !there.Contains(plan.Key))
                .SelectMany(plan => plan.Value.Select(line => new FileProblem(line, 1,
                    $"There is no usage plan {Show.Quote(plan.Key)} in {_operations.Region}. Get-ApiGatewayUsagePlan lists the plans and "
                    + "their ids.")))
                .OrderBy(problem => problem.Line)
                .Take(FileProblemException.MostProblems),
        ];
        if (unknown.Length > 0)
        {
            throw new FileProblemException(File.Path, unknown);
        }
    }

    /// <summary>
    /// Reads the keys that rows will overwrite, in one listing. AWS clears what such a row leaves out, and enables the key;
    /// here an empty cell says nothing, so that the key keeps what it has.
    /// </summary>
    public async IAsyncEnumerable<int> CollectOverwrittenAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.HasSilentRows)
        {
            yield break;
        }

        HashSet<UInt128> marks = OwnValueMarks();
        await foreach (int found in CollectWhereAsync(_before, key => marks.Contains(KeyFileRow.MarkOf(key.Value!)), cancellationToken))
        {
            yield return found;
        }
    }

    /// <summary>The rows with their values, generated ones included, and with what the keys they overwrite keep.</summary>
    public IEnumerable<KeyFileRow> Rows()
    {
        int number = 0;
        foreach (KeyFileRow row in File.Rows())
        {
            number++;
            if (row.Spec.Value is null)
            {
                yield return _seed is null ? row : row with { Spec = row.Spec with { Value = _seed.ValueOf(number) } };
            }
            else if (_before.Count > 0 && _before.TryGetValue(row.ValueMark, out ApiKeyInfo? old))
            {
                yield return row with
                {
                    Spec = row.Spec with
                    {
                        Name = row.Spec.Name ?? old.Name,
                        Description = row.Spec.Description ?? old.Description,
                        Enabled = row.Spec.Enabled ?? old.Enabled,
                    },
                };
            }
            else
            {
                yield return row;
            }
        }
    }

    /// <summary>The rows in batches, each ready to be sent.</summary>
    public IEnumerable<ImportBatch> Batches()
    {
        ImportBatch batch = new();
        foreach (KeyFileRow row in Rows())
        {
            if (batch.Count > 0 && (batch.Count >= _batchSize || (batch.Length >= LargestBatchCharacters && _batchSize < int.MaxValue)))
            {
                yield return batch;
                batch = new ImportBatch();
            }

            batch.Add(row);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Sends a batch: one call. When AWS refuses it because of warnings, a listing tells what it made all the same.</summary>
    public async Task<ImportAnswer> SendAsync(ImportBatch batch, bool failOnWarnings, CancellationToken cancellationToken)
    {
        try
        {
            return await _operations.ImportAsync(batch.ToBody(), failOnWarnings, batch.JoinsPlans, cancellationToken);
        }
        catch (ApiGatewayException refused) when (failOnWarnings && refused.Kind == ApiGatewayErrorKind.BadRequest)
        {
            throw await ExplainRefusalAsync(batch, refused, cancellationToken);
        }
    }

    /// <summary>Records which keys a batch came to.</summary>
    public void Accept(ImportBatch batch, ImportAnswer answer)
    {
        _ids.AddRange(answer.Ids);
        _accepted.UnionWith(batch.Lines);
    }

    /// <summary>How many rows were in batches that AWS accepted.</summary>
    public int CountAccepted => _accepted.Count;

    /// <summary>Whether AWS accepted the batch a row was in.</summary>
    public bool WasAccepted(KeyFileRow row) => _accepted.Contains(row.Line);

    /// <summary>
    /// What AWS warns of, each with the lines it may be about. AWS counts the rows of a call from 1, after the header:
    /// <c>Skipped invalid record: 2. API Key value should be at least 20 characters</c>.
    /// </summary>
    public static IEnumerable<string> DescribeWarnings(ImportBatch batch, IEnumerable<string> warnings)
        => warnings.Select(Show.Message).Select(warning =>
        RowNumber().Match(warning) is { Success: true } match
            && int.TryParse(match.Groups["row"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out int row) && row >= 1
                && row <= batch.Count
            ? $"line {batch.Lines[row - 1]}: {warning}"
            : $"{(batch.Count == 1 ? $"line {batch.Lines[0]}" : $"lines {batch.Lines[0]} to {batch.Lines[^1]}")}: {warning}");

    /// <summary>Reads the keys that are there for the rows, with their values: a few by id, many in one listing.</summary>
    public async IAsyncEnumerable<int> CollectAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_ids.Count <= SingleReads)
        {
            foreach (string id in _ids)
            {
                ApiKeyInfo key = await _operations.GetAsync(id, includeValue: true, cancellationToken);
                _keys[KeyFileRow.MarkOf(key.Value!)] = key;
                yield return 1;
            }

            yield break;
        }

        HashSet<string> ids = _ids.ToHashSet(StringComparer.Ordinal);
        await foreach (int found in CollectWhereAsync(_keys, key => ids.Contains(key.Id), cancellationToken))
        {
            yield return found;
        }
    }

    /// <summary>Reads which rows have a key already: one listing. For -WhatIf.</summary>
    public IAsyncEnumerable<int> CollectExistingAsync(CancellationToken cancellationToken)
    {
        HashSet<UInt128> marks = OwnValueMarks();
        return CollectWhereAsync(_keys, key => marks.Contains(KeyFileRow.MarkOf(key.Value!)), cancellationToken);
    }

    /// <summary>The key of a row; null when there is none.</summary>
    public ApiKeyInfo? KeyOf(KeyFileRow row) => row.Spec.Value is null ? null : _keys.GetValueOrDefault(row.ValueMark);

    /// <summary>Gives a key what ImportApiKeys cannot carry: customer and tags, default tags too. Only what differs is sent.</summary>
    public async Task<ApiKeyInfo> CompleteAsync(KeyFileRow row, ApiKeyInfo key, CancellationToken cancellationToken)
    {
        // A file that was exported may name rotations of other keys.
        TagSet? own = row.Spec.Tags?.Without(RotationMarks.All);
        ApiKeySpec wanted = new()
        {
            CustomerId = row.Spec.CustomerId is { Length: > 0 } customer
                && !string.Equals(customer, key.CustomerId, StringComparison.Ordinal) ? customer : null,
            Tags = own is { } tags && !_operations.Policy.WithoutIgnored(_operations.Policy.Merge(tags)).Equals(key.TagsAll) ? tags : null,
        };
        TagSet missingDefaults = wanted.Tags is null
            ? _operations.Policy.WithoutIgnored(_operations.Policy.Defaults).Without(key.TagsAll.Keys) : TagSet.Empty;
        ApiKeyChange change = new(wanted) { AddTags = missingDefaults };
        ApiKeyInfo done = change.IsEmpty ? key : await _operations.UpdateAsync(key, change, cancellationToken);
        return done with { Value = key.Value };
    }

    /// <summary>
    /// The rows whose keys are not in a usage plan that the rows name, although AWS accepted them. A few keys are asked for their
    /// plans one by one; of many, the keys of each plan are listed.
    /// </summary>
    public async Task<IReadOnlyList<(KeyFileRow Row, ApiKeyInfo Key, string PlanId)>> FindOutsidePlansAsync(
        CancellationToken cancellationToken)
    {
        if (File.PlanLines.Count == 0)
        {
            return [];
        }

        (KeyFileRow Row, ApiKeyInfo Key)[] taken = [.. Rows()
            .Where(row => row.PlanIds.Count > 0 && WasAccepted(row) && KeyOf(row) is not null).Select(row => (row, KeyOf(row)!))];
        HashSet<(string PlanId, string KeyId)> members = [];
        if (taken.Length <= SingleReads)
        {
            foreach ((_, ApiKeyInfo key) in taken)
            {
                members.UnionWith((await _plans.ListAllAsync(key.Id, cancellationToken)).Select(plan => (plan.Id, key.Id)));
            }
        }
        else
        {
            foreach (string plan in File.PlanLines.Keys)
            {
                await foreach (IReadOnlyList<UsagePlanKeyInfo> page in _plans.ListKeysAsync(plan, namePrefix: null, cancellationToken))
                {
                    members.UnionWith(page.Select(member => (plan, member.Id)));
                }
            }
        }

        return [.. taken.SelectMany(one => one.Row.PlanIds.Where(plan => !members.Contains((plan, one.Key.Id)))
            .Select(plan => (one.Row, one.Key, plan)))];
    }

    /// <summary>Forgets the seed: everything is done.</summary>
    public void Complete() => _seed?.Complete();

    /// <inheritdoc/>
    public void Dispose()
    {
        _seed?.Dispose();
        File.Dispose();
    }

    [GeneratedRegex(@"\b(row|record):? (?<row>\d{1,6})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowNumber();

    private HashSet<UInt128> OwnValueMarks()
        => File.Rows().Where(row => row.Spec.Value is not null).Select(row => row.ValueMark).ToHashSet();

    // AWS takes nothing back, whatever its documentation says: the good rows are keys.
    private async Task<ApiGatewayException> ExplainRefusalAsync(ImportBatch batch, ApiGatewayException refused,
        CancellationToken cancellationToken)
    {
        const string Start = "Warnings found during import:";
        string[] warnings = [.. refused.AnswerLines.Where(line => !line.Equals(Start, StringComparison.OrdinalIgnoreCase))];
        string[] warned = [$"AWS warns of {(warnings.Length == 1 ? "a row" : $"{warnings.Length} rows")} of this file:",
            .. DescribeWarnings(batch, warnings).Select(warning => $"  {warning.TrimEnd('.')}.")];
        Dictionary<UInt128, ApiKeyInfo> there = [];
        try
        {
            await foreach (int _ in CollectWhereAsync(there, key => batch.ValueMarks.Contains(KeyFileRow.MarkOf(key.Value!)),
                cancellationToken))
            {
            }
        }
        catch (ApiGatewayException failure)
        {
            return refused.Because([.. warned,
                $"AWS may have imported the other rows all the same, and which could not be determined: {failure.Message} Look with "
                + "Get-ApiGatewayApiKey."]);
        }

        if (there.Count == 0)
        {
            return refused.Because([.. warned, "No key of this file exists."]);
        }

        (string these, string them) = there.Count == 1 ? ("this key exists", "it") : ("these keys exist", "them");
        string undo = $"To undo that, remove {them} with Remove-ApiGatewayApiKey "
            + $"{string.Join(", ", there.Values.Select(key => key.Id))}{(_seed is null ? "" : $" and delete {_seed.Path}")}.";
        string goOn = _seed is null
            ? "To go on, fix the rows and run the command again: a row whose value a key already has creates no second key."
            : "To go on, run the command again without -FailOnWarning: it creates the same keys, and reports the rows that are not among "
                + "them.";
        return refused.Because(
            [.. warned, $"AWS imported the other rows all the same, so {these} now:",
                .. there.Values.Select(key => $"  {key}{(key.Enabled ? "" : ", disabled")}."), undo, goOn]);
    }

    private async IAsyncEnumerable<int> CollectWhereAsync(Dictionary<UInt128, ApiKeyInfo> keys, Func<ApiKeyInfo, bool> isMeant,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<ApiKeyInfo> page in _operations.ListAsync(new ApiKeyQuery(IncludeValues: true), cancellationToken))
        {
            int found = 0;
            foreach (ApiKeyInfo key in page.Where(key => key.Value is not null && isMeant(key)))
            {
                keys[KeyFileRow.MarkOf(key.Value!)] = key;
                found++;
            }

            yield return found;
        }
    }
}
