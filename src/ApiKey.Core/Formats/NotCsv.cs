using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>What a file is that was given as a key file and cannot be one: as CSV it would have faults that say nothing.</summary>
internal static class NotCsv
{
    /// <summary>How much of a file decides it.</summary>
    public const int Start = 64;

    // What a spreadsheet program writes: a ZIP archive, or before that a compound file.
    private static readonly byte[][] Workbooks = [[(byte)'P', (byte)'K', 3, 4], [0xD0, 0xCF, 0x11, 0xE0]];

    private static readonly string[] DesiredStates = [".json", ".tfstate", ".template", ".psd1", ".yaml", ".yml"];
    private static readonly string[] TerraformsLanguage = [".tf", ".tfvars", ".hcl", ".tf.json", ".tfvars.json"];

    /// <summary>Whether a file is in Terraform's language, which can be written as JSON, too.</summary>
    public static bool IsTerraformsLanguage(string path) => Array.Exists(TerraformsLanguage,
        ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses a workbook, and a file of a format that desired states are written in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first bytes.</param>
    /// <exception cref="FileProblemException">It is one.</exception>
    public static void Check(string path, byte[] start)
    {
        if (Array.Exists(Workbooks, workbook => start.AsSpan().StartsWith(workbook)))
        {
            throw Problem("a workbook of a spreadsheet program, not text. Save it as CSV UTF-8.");
        }

        if (IsTerraformsLanguage(path))
        {
            throw Problem($"Terraform's language, and a key file is CSV. {Words.Typed.Command(Act.ApplyState)} makes the keys of a state "
                + "or a plan: give it the output of terraform show -json in a .json file.");
        }

        // In whatever encoding, and after a byte order mark.
        byte first = Array.Find(start, letter => letter is not (0 or 0xEF or 0xBB or 0xBF or 0xFE or 0xFF) && letter > ' ');
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (first is (byte)'{' or (byte)'[' || DesiredStates.Contains(extension, StringComparer.Ordinal))
        {
            throw Problem($"{(first is (byte)'{' or (byte)'[' ? "JSON" : $"a {extension} file")}, and a key file is CSV. "
                + $"{Words.Typed.Command(Act.ApplyState)} makes the keys that such a file describes; "
                + $"{Words.Typed.Command(Act.PlanState)} shows what that would change.");
        }
    }

    private static FileProblemException Problem(string what) => new(1, 1, $"This is {what}");
}
