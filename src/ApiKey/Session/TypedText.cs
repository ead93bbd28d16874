using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace ApiKey.Session;

/// <summary>What is on the line while somebody presses Tab.</summary>
internal static class TypedText
{
    /// <summary>The parameter, as it was typed and without its dash, whose hashtable the cursor is in; null where there is none, and
    /// while a command runs.</summary>
    public static string? ParameterOfHashtable()
    {
        if (BeforeCursor() is not { } text)
        {
            return null;
        }

        _ = Parser.ParseInput(text, out Token[] tokens, out _);
        string? parameter = null;
        Stack<string?> open = new();
        foreach (Token token in tokens)
        {
            switch (token.Kind)
            {
                case TokenKind.Parameter:
                    parameter = ((ParameterToken)token).ParameterName;
                    break;
                case TokenKind.AtCurly:
                    open.Push(parameter);
                    break;
                case TokenKind.LCurly or TokenKind.LParen or TokenKind.AtParen or TokenKind.DollarParen or TokenKind.LBracket:
                    open.Push(null);
                    break;
                case TokenKind.RCurly or TokenKind.RParen or TokenKind.RBracket:
                    _ = open.TryPop(out _);
                    break;
            }
        }

        return open.TryPeek(out string? last) ? last : null;
    }

    // PowerShell's own function for Tab calls here, and its parameters have the line, as text or parsed.
    private static string? BeforeCursor()
    {
        CallStackFrame? caller = Runspace.DefaultRunspace?.Debugger?.GetCallStack().FirstOrDefault();
        if (caller?.InvocationInfo is not { MyCommand.Name: "TabExpansion2", BoundParameters: { } given })
        {
            return null;
        }

        string text = given.GetValueOrDefault("inputScript") as string ?? (given.GetValueOrDefault("ast") as Ast)?.Extent.Text ?? "";
        int cursor = given.GetValueOrDefault("cursorColumn") as int?
            ?? (given.GetValueOrDefault("positionOfCursor") as IScriptPosition)?.Offset ?? 0;
        return text[..Math.Min(cursor, text.Length)];
    }
}
