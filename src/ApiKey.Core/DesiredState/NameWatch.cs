using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.DesiredState;

/// <summary>
/// Looks whether another run makes keys of the names that this one creates, for many creates at once. AWS has no lock and takes a name
/// any number of times. The plan's own listing is the first look; a create looks again only when the last look is older than
/// <see cref="MaxAge"/>, and then for all the others too. One listing once all creates are done finds what came twice all the same.
/// </summary>
internal sealed class NameWatch
{
    /// <summary>How long a look is good for: at AWS's pace, fifty creates.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly ApiKeyOperations _operations;
    private readonly object _gate = new();
    private readonly List<PlannedChange> _made = [];
    private DateTimeOffset _lookedAt;
    private Task<ILookup<string, ApiKeyInfo>>? _look;

    /// <summary>A watch that begins right after the plan's listing.</summary>
    public NameWatch(ApiKeyOperations operations) => (_operations, _lookedAt) = (operations, operations.Clock.GetUtcNow());

    /// <summary>How many keys were made since the last look for doubles.</summary>
    public int Made => _made.Count;

    /// <summary>The region.</summary>
    public string Region => _operations.Region;

    /// <summary>A key of a name that appeared after the plan was made; null when none was seen.</summary>
    public async Task<ApiKeyInfo?> FindAsync(string name, CancellationToken cancellationToken)
    {
        Task<ILookup<string, ApiKeyInfo>>? look;
        lock (_gate)
        {
            DateTimeOffset now = _operations.Clock.GetUtcNow();
            if (now - _lookedAt > MaxAge || _look is { IsFaulted: true } or { IsCanceled: true })
            {
                (_lookedAt, _look) = (now, PlanExecution.ListNamesAsync(_operations, namePrefix: null, cancellationToken));
            }

            look = _look;
        }

        return look is null ? null : (await look)[name].FirstOrDefault();
    }

    /// <summary>Remembers a key that was made, for <see cref="FindDoublesAsync"/>.</summary>
    public void Add(PlannedChange made) => _made.Add(made);

    /// <summary>Finds what another run made at the same time as this one: one listing.</summary>
    /// <returns>What came twice, and what to do.</returns>
    /// <exception cref="ApiGatewayException">It could not be determined.</exception>
    public async Task<IReadOnlyList<(PlannedChange Change, ApiGatewayException Doubt)>> FindDoublesAsync(
        CancellationToken cancellationToken)
    {
        PlannedChange[] made = [.. _made];
        _made.Clear();
        try
        {
            ILookup<string, ApiKeyInfo> there = await PlanExecution.ListNamesAsync(_operations, namePrefix: null, cancellationToken);
            return
            [
                .. made.Select(change => (change, PlanExecution.FindDoubt(change.Key!, there[change.Name])))
                    .Where(one => one.Item2 is not null).Select(one => (one.change, one.Item2!)),
            ];
        }
        catch (ApiGatewayException failure)
        {
            throw failure.AfterOthers(
                $"{made.Length} API keys were created in {Region}, but whether another run made keys of the same names at the same time "
                + $"could not be determined: {failure.Message}");
        }
    }
}
