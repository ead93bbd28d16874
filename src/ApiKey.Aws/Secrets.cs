using System.Text;

namespace ApiKey.Aws;

/// <summary>What of a request is secret: a key's value, a paging position (AWS writes a key's value into it), a file of keys.</summary>
/// <param name="Text">One secret; null for none.</param>
/// <param name="File">A file full of them; empty for none.</param>
internal readonly record struct Secrets(string? Text, ReadOnlyMemory<byte> File = default)
{
    /// <summary>What a text has in the place of a secret.</summary>
    public const string Hidden = "(hidden)";

    // No value is shorter.
    private const int ShortestSecret = 20;

    /// <summary>A text without the secrets in it.</summary>
    public string Hide(string text)
    {
        string shown = text;
        if (!string.IsNullOrEmpty(Text))
        {
            shown = shown.Replace(Text, Hidden, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(Text), Hidden, StringComparison.Ordinal)
                .Replace(Uri.UnescapeDataString(Text), Hidden, StringComparison.Ordinal);
        }

        if (!File.IsEmpty)
        {
            string file = Encoding.UTF8.GetString(File.Span);
            foreach (string word in shown.Split([' ', '\t', '\n', '\r', ',', ';', ':', '\'', '"', '[', ']', '(', ')', '='])
                .Where(word => word.Length >= ShortestSecret && file.Contains(word, StringComparison.Ordinal)))
            {
                shown = shown.Replace(word, Hidden, StringComparison.Ordinal);
            }
        }

        return shown;
    }
}
