using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What -Tag, -AddTag and -RemoveTag mean together, for every command that changes tags.</summary>
internal static class TagParameters
{
    /// <summary>Why they exclude each other; null when they do not.</summary>
    /// <param name="change">What they ask for.</param>
    /// <param name="isPartial">Whether -AddTag or -RemoveTag was given.</param>
    public static string? FindContradiction(TagChange change, bool isPartial) =>
        change.Exactly is not null && isPartial
            ? "-Tag sets exactly these tags; -AddTag and -RemoveTag change some of them. Use either the one or the others."
        : change.Remove.FirstOrDefault(change.Add.ContainsKey) is { } both
            ? $"The tag {Show.Quote(both)} is in -AddTag and in -RemoveTag. To change its value, -AddTag is enough."
        : null;

    /// <summary>A warning for each tag that stays as it is, because the connection ignores it.</summary>
    public static IEnumerable<string> WarningsOf(TagChange change, TagPolicy policy) => change.Named.Where(policy.IsForeign)
        .Select(key => $"The tag {Show.Quote(key)} is ignored by this connection (-IgnoreTag, -IgnoreTagPrefix) and stays as it is.");
}
