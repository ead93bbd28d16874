using System.Management.Automation;

namespace ApiKey.Shell;

/// <summary>Binds words of the command line to a script's parameters, as pwsh -File does.</summary>
internal static class FileArguments
{
    public static void AddTo(PowerShell shell, IReadOnlyList<string> words)
    {
        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            if (!IsParameter(word))
            {
                shell.AddArgument(word);
                continue;
            }

            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                shell.AddParameter(word[1..colon], Read(word[(colon + 1)..]));
            }
            else if (index + 1 < words.Count && !IsParameter(words[index + 1]))
            {
                shell.AddParameter(word[1..], words[++index]);
            }
            else
            {
                shell.AddParameter(word[1..]);
            }
        }
    }

    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-' && char.IsLetter(word[1]);

    private static object Read(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
