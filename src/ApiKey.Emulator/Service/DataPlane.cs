using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>
/// Requests of callers to stages, <c>/_aws/execute-api/{api}/{stage}/{path}</c>: whether the key in <c>x-api-key</c> opens the
/// stage, the throttles and the quota of its plan, and what the method answers.
/// </summary>
internal static class DataPlane
{
    private const string Prefix = "/_aws/execute-api/";

    /// <summary>Where a request goes; null when it is not a caller's.</summary>
    public static string? PathOf(EmulatorRequest request)
    {
        string path = Operation.PathOf(request.Target).Split('?')[0];
        return path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : null;
    }

    /// <summary>The target of a request to a stage.</summary>
    public static string TargetOf(string api, string stage, string path) =>
        $"{Prefix}{Uri.EscapeDataString(api)}/{Uri.EscapeDataString(stage)}/{path.TrimStart('/')}";

    /// <summary>Answers a caller.</summary>
    /// <param name="regions">Where APIs are; their ids differ.</param>
    /// <param name="request">The request.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="requestId">The id of the answer.</param>
    /// <param name="now">What time it is.</param>
    public static EmulatorResponse Answer(IEnumerable<RegionStore> regions, EmulatorRequest request, string path, string requestId,
        DateTimeOffset now)
    {
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        foreach (RegionStore store in regions)
        {
            lock (store.Gate)
            {
                if (parts.Length > 1 && store.FindApi(parts[0]) is { } api && api.Stages.TryGetValue(parts[1], out JsonObject? stage))
                {
                    Route route = Route.Find(api, stage, request.Method, parts[2..]) ?? throw ServiceError.MissingToken();

                    // With the authorizer for a source nobody reads the header, and authorizers name no key here.
                    string value = (string?)api.Shape["apiKeySource"] == "AUTHORIZER" ? "" : request.Header("x-api-key") ?? "";
                    Enter(store, route, $"{parts[0]}:{parts[1]}", value,
                        DateOnly.FromDateTime(now.UtcDateTime));
                    return MockAnswer.Of(route, requestId);
                }
            }
        }

        throw Forbidden();
    }

    // A key that comes along counts on every method, also on one that needs none.
    private static void Enter(RegionStore store, Route route, string stage, string value, DateOnly today)
    {
        if (store.Access.Find(value, stage) is not { } way)
        {
            if (route.NeedsKey)
            {
                throw Forbidden();
            }

            return;
        }

        if (!store.Throttle.TryEnter(way, stage, route.Name))
        {
            throw new ServiceError(429, "TooManyRequestsException", "Too Many Requests");
        }

        if (way.Plan.Settings.Quota is not null && UsageOperations.Remaining(way.Plan, way.Key.Id, today) <= 0)
        {
            throw new ServiceError(429, "LimitExceededException", "Limit Exceeded");
        }

        way.Plan.Used[(way.Key.Id, today)] = way.Plan.Used.GetValueOrDefault((way.Key.Id, today)) + 1;
    }

    // Whatever is wrong with a key, a caller does not learn what.
    private static ServiceError Forbidden() => new(403, "ForbiddenException", "Forbidden");
}
