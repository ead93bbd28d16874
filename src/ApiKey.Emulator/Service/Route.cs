using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>The method of a stage that a request meets.</summary>
/// <param name="Name">Its path and verb: <c>/orders/{id}/GET</c>.</param>
/// <param name="Method">The method as it was deployed; null in an API that was seeded.</param>
internal sealed record Route(string Name, JsonObject? Method)
{
    /// <summary>Whether it needs a key; in an API that was seeded every method does.</summary>
    public bool NeedsKey => Method is null || (bool?)Method["apiKeyRequired"] == true;

    /// <summary>Finds the method for a request; null when the stage has none.</summary>
    /// <param name="api">The API.</param>
    /// <param name="stage">The stage, which says which deployment is live.</param>
    /// <param name="verb">The request's verb.</param>
    /// <param name="path">The parts of its path, decoded.</param>
    public static Route? Find(StoredApi api, JsonObject stage, string verb, string[] path)
    {
        if (api.IsOpen)
        {
            return new Route($"/{string.Join('/', path)}/{verb}", null);
        }

        Route? best = null;
        string bestRank = "";
        foreach ((string name, JsonNode? method) in api.Snapshots.GetValueOrDefault((string?)stage["deploymentId"] ?? "") ?? [])
        {
            int slash = name.LastIndexOf('/');
            string candidate = name[(slash + 1)..];
            if ((candidate == verb || candidate == "ANY") && Rank(name[..slash].Split('/', StringSplitOptions.RemoveEmptyEntries), path)
                is { } rank)
            {
                // Part by part a text beats a variable, and a variable the rest of the path; then the verb beats ANY.
                rank += candidate == verb ? "3" : "2";
                if (best is null || string.CompareOrdinal(rank, bestRank) > 0)
                {
                    (best, bestRank) = (new Route(name, (JsonObject)method!), rank);
                }
            }
        }

        return best;
    }

    // How well a resource's path meets a request's, a digit for each part; null when it does not.
    private static string? Rank(string[] resource, string[] path)
    {
        string rank = "";
        for (int index = 0; index < resource.Length; index++)
        {
            if (index < path.Length && resource[index].StartsWith('{') && resource[index].EndsWith("+}", StringComparison.Ordinal))
            {
                return rank + "1";
            }

            if (index >= path.Length || (!resource[index].StartsWith('{') && resource[index] != path[index]))
            {
                return null;
            }

            rank += resource[index].StartsWith('{') ? "2" : "3";
        }

        return resource.Length == path.Length ? rank : null;
    }
}
