using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace ApiKey.Shell;

/// <summary>Writes to the console and asks its user. Errors, warnings and the like go to standard error only where pwsh sends them.</summary>
internal sealed class ConsoleInterface(bool nonInteractive) : PSHostUserInterface
{
    private const string Reset = "\u001b[0m";

    private bool _progressShown;

    public override PSHostRawUserInterface RawUI { get; } = new RawInterface();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected && !NoColor;

    private static bool NoColor => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public override void Write(string value)
    {
        ClearProgress();
        Console.Out.Write(Plain(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(SupportsVirtualTerminal ? Ansi(foregroundColor) + value + Reset : value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Write(foregroundColor, backgroundColor, value);
        WriteLine("");
    }

    public override void WriteErrorLine(string value)
    {
        ClearProgress();
        Console.Error.WriteLine(Plain(value));
    }

    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (Console.IsOutputRedirected || !SupportsVirtualTerminal)
        {
            return;
        }

        ClearProgress();
        if (record.RecordType == ProgressRecordType.Processing)
        {
            string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
            string text = $"{record.Activity}: {record.StatusDescription}{percent}";
            int width = Math.Max(10, RawUI.BufferSize.Width - 1);
            Console.Out.Write(text.Length > width ? text[..width] : text);
            _progressShown = true;
        }
    }

    public override string ReadLine()
    {
        RefuseWhenNonInteractive("Read-Host");
        return Console.ReadLine() ?? "";
    }

    public override SecureString ReadLineAsSecureString()
    {
        RefuseWhenNonInteractive("Read-Host");
        SecureString secret = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                if (secret.Length > 0)
                {
                    secret.RemoveAt(secret.Length - 1);
                }
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        WriteLine("");
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseWhenNonInteractive(message);
        WriteHeading(caption, message);
        Dictionary<string, PSObject> answers = new(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            Write($"{field.Label ?? field.Name}: ");
            object answer = field.ParameterTypeFullName == typeof(SecureString).FullName ? ReadLineAsSecureString() : ReadLine();
            answers[field.Name] = PSObject.AsPSObject(answer);
        }

        return answers;
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RefuseWhenNonInteractive(message);
        WriteHeading(caption, message);
        string name = userName;
        if (string.IsNullOrEmpty(name))
        {
            Write("User: ");
            name = ReadLine();
        }

        Write($"Password for user {name}: ");
        return new PSCredential(name, ReadLineAsSecureString());
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseWhenNonInteractive(message);
        WriteHeading(caption, message);
        (string Key, string Label)[] labels = [.. choices.Select(choice => Split(choice.Label))];
        while (true)
        {
            string offer = string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Label}"));
            Write(defaultChoice >= 0 ? $"{offer}  [?] Help (default is \"{labels[defaultChoice].Key}\"): " : $"{offer}  [?] Help: ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                foreach ((ChoiceDescription choice, (string key, _)) in choices.Zip(labels))
                {
                    WriteLine($"{key} - {choice.HelpMessage}");
                }

                continue;
            }

            int chosen = Array.FindIndex(labels, label => answer.Equals(label.Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(label.Label, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    // The engine decorates for a terminal and leaves it to the host to take that off for a file or a pipe.
    private string Plain(string text) => SupportsVirtualTerminal ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    private static (string Key, string Label) Split(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        string plain = label.Replace("&", "", StringComparison.Ordinal);
        return (mark >= 0 && mark + 1 < label.Length ? label[mark + 1].ToString().ToUpperInvariant() : plain, plain);
    }

    private static string Ansi(ConsoleColor color)
    {
        int[] codes = [30, 34, 32, 36, 31, 35, 33, 37, 90, 94, 92, 96, 91, 95, 93, 97];
        return $"\u001b[{codes[(int)color]}m";
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine(caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(message);
        }
    }

    private void RefuseWhenNonInteractive(string question)
    {
        if (nonInteractive || Console.IsInputRedirected)
        {
            throw new HostException($"The session is not interactive, so nobody can answer: {question} Say what is asked for on the command line (for a confirmation: -Confirm:$false).");
        }
    }

    private void ClearProgress()
    {
        if (_progressShown)
        {
            Console.Out.Write("\r\u001b[K");
            _progressShown = false;
        }
    }
}
