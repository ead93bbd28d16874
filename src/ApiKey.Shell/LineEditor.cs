using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;

namespace ApiKey.Shell;

/// <summary>Reads a line at the prompt: cursor keys, history, completion through the engine, and more lines while the input is not complete.</summary>
internal sealed class LineEditor(Runspace runspace)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private int _cursor;
    private int _top;
    private string _prompt = "";
    private CommandCompletion? _completion;

    /// <summary>The next complete input; null when input has ended (Ctrl+D).</summary>
    public string? ReadInput(string prompt)
    {
        StringBuilder input = new();
        string next = prompt;
        while (true)
        {
            string? line = ReadLine(next);
            if (line is null)
            {
                return null;
            }

            input.Append(line);
            Parser.ParseInput(input.ToString(), out _, out ParseError[] errors);
            if (!Array.Exists(errors, error => error.IncompleteInput))
            {
                string complete = input.ToString();
                if (complete.Trim().Length > 0)
                {
                    _history.Add(complete);
                }

                return complete;
            }

            input.Append('\n');
            next = ">> ";
        }
    }

    private string? ReadLine(string prompt)
    {
        bool treatedAsInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            _prompt = prompt;
            _line.Clear();
            _cursor = 0;
            _completion = null;
            int recalled = _history.Count;
            Console.Write(prompt);
            _top = Console.CursorTop - (prompt.Length / Math.Max(1, Console.WindowWidth));
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (key.Key != ConsoleKey.Tab)
                {
                    _completion = null;
                }

                switch (key)
                {
                    case { Key: ConsoleKey.Enter }:
                        MoveTo(_line.Length);
                        Console.WriteLine();
                        return _line.ToString();
                    case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                        MoveTo(_line.Length);
                        Console.WriteLine("^C");
                        return "";
                    case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _line.Length == 0:
                        Console.WriteLine();
                        return null;
                    case { Key: ConsoleKey.Tab }:
                        Complete(forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                        break;
                    case { Key: ConsoleKey.UpArrow } when recalled > 0:
                        Replace(_history[--recalled]);
                        break;
                    case { Key: ConsoleKey.DownArrow } when recalled < _history.Count:
                        Replace(++recalled < _history.Count ? _history[recalled] : "");
                        break;
                    default:
                        Edit(key);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = treatedAsInput;
        }
    }

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow when _cursor > 0:
                MoveTo(_cursor - 1);
                break;
            case ConsoleKey.RightArrow when _cursor < _line.Length:
                MoveTo(_cursor + 1);
                break;
            case ConsoleKey.Home:
                MoveTo(0);
                break;
            case ConsoleKey.End:
                MoveTo(_line.Length);
                break;
            case ConsoleKey.Escape:
                Replace("");
                break;
            case ConsoleKey.Backspace when _cursor > 0:
                _line.Remove(--_cursor, 1);
                Redraw();
                break;
            case ConsoleKey.Delete when _cursor < _line.Length:
                _line.Remove(_cursor, 1);
                Redraw();
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(_cursor++, key.KeyChar);
                    Redraw();
                }

                break;
        }
    }

    private void Complete(bool forward)
    {
        if (_completion is null)
        {
            using PowerShell shell = PowerShell.Create(runspace);
            _completion = CommandCompletion.CompleteInput(_line.ToString(), _cursor, null, shell);
        }

        if (_completion.GetNextResult(forward) is { } match)
        {
            _line.Remove(_completion.ReplacementIndex, _completion.ReplacementLength).Insert(_completion.ReplacementIndex, match.CompletionText);
            _completion.ReplacementLength = match.CompletionText.Length;
            _cursor = _completion.ReplacementIndex + match.CompletionText.Length;
            Redraw();
        }
    }

    private void Replace(string text)
    {
        _line.Clear().Append(text);
        _cursor = _line.Length;
        Redraw();
    }

    private void Redraw()
    {
        Console.SetCursorPosition(0, _top);
        Console.Write(_prompt + _line + "\u001b[J");

        // Text that reached the bottom made the terminal scroll, and the prompt's line moved up with it.
        int rows = (_prompt.Length + _line.Length) / Console.WindowWidth;
        _top = Math.Min(_top, Console.WindowHeight - 1 - rows);
        MoveTo(_cursor);
    }

    private void MoveTo(int cursor)
    {
        _cursor = cursor;
        int cell = _prompt.Length + cursor;
        Console.SetCursorPosition(cell % Console.WindowWidth, _top + (cell / Console.WindowWidth));
    }
}
