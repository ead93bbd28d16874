using System.Collections;

namespace ApiKey.Shell;

/// <summary>Reads words of the command line as a script's arguments, as pwsh -File does.</summary>
internal static class FileArguments
{
    public static (Hashtable Named, object[] Positional) Read(IReadOnlyList<string> words)
    {
        Hashtable named = new(StringComparer.OrdinalIgnoreCase);
        List<object> positional = [];
        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (!IsParameter(word))
            {
                positional.Add(word);
            }
            else if (colon > 0)
            {
                named[word[1..colon]] = ReadValue(word[(colon + 1)..]);
            }
            else if (index + 1 < words.Count && !IsParameter(words[index + 1]) && !words[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                named[word[1..]] = words[++index];
            }
            else
            {
                named[word[1..]] = true;
            }
        }

        return (named, [.. positional]);
    }

    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-' && char.IsLetter(word[1]);

    private static object ReadValue(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
