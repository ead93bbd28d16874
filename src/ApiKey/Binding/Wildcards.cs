using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>A text with PowerShell's wildcards, or one without. Upper and lower case differ, as on AWS.</summary>
internal static class Wildcards
{
    private static readonly char[] Characters = ['*', '?', '[', '`'];

    /// <summary>Where the first wildcard, or the escape of one, stands; -1 in a text that stands for itself.</summary>
    public static int IndexIn(string text) => IsPattern(text) ? text.IndexOfAny(Characters) : -1;

    /// <summary>Whether another text is meant by a text.</summary>
    public static Func<string, bool> Of(string text) =>
        IndexIn(text) < 0 ? other => string.Equals(other, text, StringComparison.Ordinal)
            : new WildcardPattern(text, WildcardOptions.None).IsMatch;

    // A bracket that nothing closes is a bracket: a name may have one.
    private static bool IsPattern(string text)
    {
        try
        {
            // It is read when it is first used.
            _ = new WildcardPattern(text).IsMatch("");
            return true;
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }
}
