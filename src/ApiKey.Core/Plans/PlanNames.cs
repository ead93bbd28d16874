using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Plans;

/// <summary>
/// Which plan a text means: the one with that id, or else the only one with that name. A text that looks like an id is used as one, so
/// that an id costs no call more; names are looked up in a listing, read once for a command.
/// </summary>
/// <param name="list">Lists every plan of the region.</param>
/// <param name="region">The region.</param>
internal sealed class PlanNames(Func<CancellationToken, Task<IReadOnlyList<UsagePlanInfo>>> list, string region)
{
    // AWS's ids have six lower-case letters and digits, other servers' ten or more.
    private const int ShortestId = 6;

    // So many plans are named when none of them is meant.
    private const int MostNamed = 10;

    private readonly object _gate = new();
    private SharedRead<IReadOnlyList<UsagePlanInfo>>? _plans;
    private volatile bool _isRead;

    /// <summary>Whether what was given may be used as it is: an object, or a text that looks like an id while no listing says
    /// more.</summary>
    public bool MayBeId(UsagePlanIdentity given) => given.Plan is not null || (!_isRead && given.Id.Length >= ShortestId
        && given.Id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));

    /// <summary>Does something with the plan that is meant. What looks like an id and turns out to be none is looked up as a
    /// name.</summary>
    /// <exception cref="ApiGatewayException">No plan is meant, or several are, or the call failed.</exception>
    public async Task<T> WithAsync<T>(UsagePlanIdentity given, Func<UsagePlanIdentity, Task<T>> call, CancellationToken cancellationToken)
    {
        ApiGatewayException? missing = null;
        if (MayBeId(given))
        {
            try
            {
                return await call(given);
            }
            catch (ApiGatewayException failure) when (given.Plan is null && failure
                is { Kind: ApiGatewayErrorKind.NotFound, Resource: ApiGatewayResource.UsagePlan, IsPartial: false })
            {
                missing = failure;
            }
        }

        return await call(await FindAsync(given, missing, cancellationToken));
    }

    /// <summary>Finds the plan that is meant before anything is done with it: no call for an object, and one listing for all texts of a
    /// command. Who may not list plans gets the text back as an id.</summary>
    /// <exception cref="ApiGatewayException">No plan is meant, or several are.</exception>
    public Task<UsagePlanIdentity> FindAsync(UsagePlanIdentity given, CancellationToken cancellationToken) =>
        given.Plan is null ? FindAsync(given, missing: null, cancellationToken) : Task.FromResult(given);

    private async Task<UsagePlanIdentity> FindAsync(UsagePlanIdentity given, ApiGatewayException? missing,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<UsagePlanInfo> plans;
        try
        {
            plans = await ReadAsync(cancellationToken);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            return missing is null ? given
                : throw missing.Because($"{missing.Message.TrimEnd('.')}. Whether a plan has that name could not be determined: "
                    + denied.Message);
        }

        if (plans.FirstOrDefault(plan => plan.Id == given.Id) is { } same)
        {
            return new UsagePlanIdentity(same);
        }

        UsagePlanInfo[] named = [.. plans.Where(plan => plan.Name == given.Id)];
        return named switch
        {
            [var one] => new UsagePlanIdentity(one),
            [] => throw Missing(missing, $"There is no usage plan {Show.Quote(given.Id)} in {region}, neither with that id nor with that "
                + $"name. {Describe(plans)}"),
            _ => throw new ApiGatewayException(ApiGatewayErrorKind.Ambiguous, $"{named.Length} usage plans in {region} have the name "
                + $"{Show.Quote(given.Id)}: {string.Join(", ", named.Select(plan => plan.Id))}. Specify the id of the one that is meant.")
            { Resource = ApiGatewayResource.UsagePlan },
        };
    }

    private Task<IReadOnlyList<UsagePlanInfo>> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _plans ??= new SharedRead<IReadOnlyList<UsagePlanInfo>>(async () =>
            {
                IReadOnlyList<UsagePlanInfo> plans = await list(cancellationToken);
                _isRead = true;
                return plans;
            });
        }

        return _plans.GetAsync();
    }

    private static string Describe(IReadOnlyList<UsagePlanInfo> plans)
    {
        if (plans.Count == 0)
        {
            return "The region has none.";
        }

        string more = plans.Count > MostNamed ? $" and {plans.Count - MostNamed} more" : "";
        return $"The region has {string.Join(", ", plans.Take(MostNamed))}{more}.";
    }

    private static ApiGatewayException Missing(ApiGatewayException? missing, string message) => missing?.Because(message)
        ?? new ApiGatewayException(ApiGatewayErrorKind.NotFound, message) { Resource = ApiGatewayResource.UsagePlan };
}
