using System.Buffers;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiKey.Text;

namespace ApiKey.Completion;

/// <summary>One thing to offer after Tab.</summary>
/// <param name="Text">What is put on the line; quoted when PowerShell needs it.</param>
/// <param name="ListText">What the menu shows.</param>
/// <param name="ToolTip">What is shown about it.</param>
internal sealed record Suggestion(string Text, string ListText, string ToolTip)
{
    // Typographic quotes are quotes to PowerShell.
    private static readonly SearchValues<char> NeedsQuotes =
        SearchValues.Create(" \t\r\n'\"`$,;|&(){}@#<>\u2018\u2019\u201A\u201B\u201C\u201D\u201E");

    public Suggestion(string text, string toolTip)
        : this(text, text, toolTip)
    {
    }

    /// <summary>As PowerShell wants it.</summary>
    /// <param name="quote">The quote that was typed already; none for <c>'\0'</c>.</param>
    public CompletionResult ToResult(char quote)
    {
        string text = quote switch
        {
            '"' => $"\"{Text
                .Replace("`", "``", StringComparison.Ordinal)
                .Replace("$", "`$", StringComparison.Ordinal)
                .Replace("\"", "`\"", StringComparison.Ordinal)}\"",
            '\'' => InQuotes(),
            _ => IsPlain(Text) ? Text : InQuotes(),
        };
        return new CompletionResult(text, OneLine(ListText), CompletionResultType.ParameterValue, OneLine(ToolTip));
    }

    private string InQuotes() => $"'{CodeGeneration.EscapeSingleQuotedStringContent(Text)}'";

    // A leading dash would be read as a parameter.
    private static bool IsPlain(string text) => text.Length > 0 && text[0] != '-' && text.AsSpan().IndexOfAny(NeedsQuotes) < 0;

    // Control characters of somebody else's data do not reach the terminal; an empty text is not allowed.
    private static string OneLine(string text)
    {
        string line = Show.Escape(text);
        return string.IsNullOrWhiteSpace(line) ? "(empty)" : line;
    }
}
