namespace ApiKey.Completion;

/// <summary>Suggestions that are all there at once.</summary>
internal static class Suggestions
{
    /// <summary>One after the other.</summary>
    public static async IAsyncEnumerable<Suggestion> InTurn(this IEnumerable<Suggestion> suggestions)
    {
        await Task.CompletedTask;
        foreach (Suggestion suggestion in suggestions)
        {
            yield return suggestion;
        }
    }
}
