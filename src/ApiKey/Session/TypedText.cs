using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiKey.Session;

/// <summary>What is on the line while somebody presses Tab.</summary>
internal static class TypedText
{
    /// <summary>The parameter, as it was typed and without its dash, whose hashtable the cursor is in; null where there is none, and
    /// while a command runs.</summary>
    public static string? ParameterOfHashtable(CommandInvocationIntrinsics engine)
    {
        if (BeforeCursor(engine) is not { } text)
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
    private static string? BeforeCursor(CommandInvocationIntrinsics engine)
    {
        // Nobody's command is looked for in vain: that would be an error on the user's list.
        if (engine.GetCommand("Get-PSCallStack", CommandTypes.Cmdlet) is not { } ask)
        {
            return null;
        }

        CallStackFrame? caller = engine.InvokeScript("& $args[0]", ask)
            .Select(frame => frame.BaseObject).OfType<CallStackFrame>().Skip(1).FirstOrDefault();
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
