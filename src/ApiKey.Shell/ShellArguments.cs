namespace ApiKey.Shell;

/// <summary>The command line, in the words of pwsh.</summary>
internal sealed record ShellArguments
{
    public const string Usage = """
        Usage: ApiKey.Shell [-NoLogo] [-NonInteractive] [-NoExit] [-File <script> [<arguments>] | -Command <text> | -Command -]
        Without -File or -Command: a prompt. The ApiKey module is imported already.
        """;

    /// <summary>The script to run; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The script's own arguments.</summary>
    public IReadOnlyList<string> FileArguments { get; init; } = [];

    /// <summary>The text to run; "-" reads it from standard input; null for none.</summary>
    public string? Command { get; init; }

    /// <summary>Whether to greet.</summary>
    public bool NoLogo { get; init; }

    /// <summary>Whether questions are errors.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Whether a prompt follows the script or text.</summary>
    public bool NoExit { get; init; }

    /// <summary>Whether only the usage is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>Reads the command line.</summary>
    public static bool TryParse(string[] args, out ShellArguments parsed, out string fault)
    {
        parsed = new ShellArguments();
        fault = "";
        for (int index = 0; index < args.Length; index++)
        {
            string[] rest = args[(index + 1)..];
            switch (args[index].ToUpperInvariant())
            {
                case "-NOLOGO":
                    parsed = parsed with { NoLogo = true };
                    break;
                case "-NONINTERACTIVE":
                    parsed = parsed with { NonInteractive = true };
                    break;
                case "-NOEXIT":
                    parsed = parsed with { NoExit = true };
                    break;
                case "-NOPROFILE":
                    // There are no profiles here; scripts written for pwsh say it anyway.
                    break;
                case "-HELP" or "-H" or "-?" or "/?":
                    parsed = parsed with { Help = true };
                    return true;
                case "-FILE" or "-F" when rest.Length > 0:
                    parsed = parsed with { File = rest[0], FileArguments = rest[1..] };
                    return true;
                case "-COMMAND" or "-C" when rest.Length > 0:
                    parsed = parsed with { Command = string.Join(' ', rest) };
                    return true;
                case "-FILE" or "-F" or "-COMMAND" or "-C":
                    fault = $"{args[index]} needs a value.";
                    return false;
                case var word when !word.StartsWith('-'):
                    parsed = parsed with { File = args[index], FileArguments = rest };
                    return true;
                default:
                    fault = $"{args[index]} is not known.";
                    return false;
            }
        }

        return true;
    }
}
