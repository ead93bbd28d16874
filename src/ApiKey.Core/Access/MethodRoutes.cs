using ApiKey.Calls;

namespace ApiKey.Access;

/// <summary>Which method of an API a request meets.</summary>
internal static class MethodRoutes
{
    /// <summary>The methods that may be meant: the one that a verb and a path meet, or all that agree with what is known.</summary>
    public static IReadOnlyList<ApiMethod> Find(IReadOnlyList<ApiMethod> methods, string? verb, string? path)
    {
        IEnumerable<ApiMethod> some = methods.Where(method => verb is null || method.Verb == verb || method.Verb == "ANY");
        if (path is null)
        {
            return [.. some];
        }

        string[] parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        (ApiMethod Method, string Rank)[] meeting = [.. some.Select(method => (method, RankOf(method.Path, parts)))
            .Where(match => match.Item2 is not null).Select(match => (match.method, match.Item2!))];
        if (meeting.Length == 0)
        {
            return [];
        }

        // Part by part a text beats a variable, and a variable the rest of the path; then the verb beats ANY.
        if (verb is not null)
        {
            return [meeting.MaxBy(match => match.Rank + (match.Method.Verb == verb ? "3" : "2"), StringComparer.Ordinal).Method];
        }

        string best = meeting.Select(match => match.Rank).Max(StringComparer.Ordinal)!;
        return [.. meeting.Where(match => match.Rank == best).Select(match => match.Method)];
    }

    // A digit for each part that meets; null when the path does not.
    private static string? RankOf(string resource, string[] path)
    {
        string[] parts = resource.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string rank = "";
        for (int index = 0; index < parts.Length; index++)
        {
            bool isVariable = parts[index].StartsWith('{');
            if (isVariable && index < path.Length && parts[index].EndsWith("+}", StringComparison.Ordinal))
            {
                return rank + "1";
            }

            if (index >= path.Length || (!isVariable && parts[index] != Uri.UnescapeDataString(path[index])))
            {
                return null;
            }

            rank += isVariable ? "2" : "3";
        }

        return parts.Length == path.Length ? rank : null;
    }
}
