using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Language;

namespace ApiKey.Binding;

/// <summary>How something is typed as an argument, where a message shows a line that works.</summary>
internal static class TypedId
{
    /// <summary>An id: in quotes where PowerShell would read a number, which no id is. AWS makes ids of digits and letters.</summary>
    [return: NotNullIfNotNull(nameof(id))]
    public static string? Of(string? id) => id is not null && IsNumber(id) ? $"'{id}'" : id;

    /// <summary>Whether PowerShell reads a number: <c>123456</c>, but <c>12345d</c> and <c>1234kb</c> too.</summary>
    public static bool IsNumber(string text)
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        Parser.ParseInput(text, out Token[] tokens, out _);
        return tokens is [NumberToken number, ..] && number.Text.Length == text.Length;
    }
}
