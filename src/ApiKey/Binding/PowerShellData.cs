using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiKey.Attributes;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>Reads PowerShell data (.psd1) with the place of everything in it. Nothing is run: what is not data has no meaning
/// here.</summary>
internal static class PowerShellData
{
    /// <summary>How entries are written into PowerShell data.</summary>
    public static EntrySyntax Syntax
    {
        get;
    } = new(Parse, Write, "@{\n    Keys = @()\n}\n", [("<#", "#>"), ("#", null)], NeedsComma: false);

    /// <summary>The document.</summary>
    /// <exception cref="FileProblemException">It does not parse, or is not data.</exception>
    public static DesiredNode Parse(string text)
    {
        ScriptBlockAst script = ParseInput(text, out Token[] tokens, out ParseError[] errors);
        if (errors.Length > 0)
        {
            // The parser looks such code up on this machine, and tells what it did not find there.
            if (Array.Find(tokens, token => token.Kind is TokenKind.Configuration or TokenKind.Using or TokenKind.Class) is { } code)
            {
                throw new FileProblemException(
                    code.Extent.StartLineNumber,
                    code.Extent.StartColumnNumber,
                    $"'{code.Text}' is code, and a PowerShell data file holds one hashtable, for example @{{ Keys = @( @{{ Name = "
                    + $"'partner-acme' }} ) }}.");
            }

            throw new FileProblemException("The PowerShell data",
                [.. errors.Select(error => new FileProblem(error.Extent.StartLineNumber, error.Extent.StartColumnNumber,
                    Show.Plain(error.Message)))]);
        }

        return script.EndBlock?.Statements is [StatementAst only]
            ? Read(only)
            : throw new FileProblemException(1, 1,
                "A PowerShell data file holds one hashtable, for example @{ Keys = @( @{ Name = 'partner-acme' } ) }.");
    }

    // Some invalid text PowerShell's parser meets with an exception that has no place.
    private static ScriptBlockAst ParseInput(string text, out Token[] tokens, out ParseError[] errors)
    {
        try
        {
            return Parser.ParseInput(text, out tokens, out errors);
        }
        catch (ParseException)
        {
            throw new FileProblemException(1, 1, "This is not valid PowerShell data. Look for a missing bracket, quote or line break.");
        }
    }

    private static string Write(ApiKeyInfo key, string indent, string lineEnd)
    {
        IEnumerable<string> lines = ApiKeyField.All
            .Where(field => field.Update != FieldUpdate.Never)
            .Select(field => $"{field.Name} = {(field.Kind switch
            {
                FieldKind.Boolean => $"${field.Current(key)}",
                FieldKind.Tags => Write(key.Tags),
                _ => Quote(field.Current(key)!),
            })}");
        return string.Join(lineEnd + indent + "    ", ["@{", $"Id = {Quote(key.Id)}", .. lines]) + lineEnd + indent + "}";
    }

    // In a hashtable Env and env are one name; on AWS they are two tags. As text they stay two.
    private static string Write(TagSet tags) => tags.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() == tags.Count
        ? $"@{{ {string.Join("; ", tags.Select(tag => $"{Quote(tag.Key)} = {Quote(tag.Value ?? "")}"))} }}"
        : Quote(tags.ToText());

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static DesiredNode Read(StatementAst statement) => statement switch
    {
        PipelineAst pipeline when pipeline.GetPureExpression() is { } expression => Read(expression),
        CommandExpressionAst command => Read(command.Expression),
        _ => Code(statement),
    };

    private static DesiredNode Read(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst text => new TextNode(PlaceOf(text), text.Value),
        ConstantExpressionAst number => new OtherNode(PlaceOf(expression), "a number",
            Convert.ToString(number.Value, CultureInfo.InvariantCulture) ?? ""),
        HashtableAst map => new MapNode(PlaceOf(map), [.. map.KeyValuePairs.Select(pair => (ReadName(pair.Item1), Read(pair.Item2)))]),
        ArrayExpressionAst array => new ListNode(PlaceOf(array), [.. array.SubExpression.Statements.Select(Read).SelectMany(Flatten)]),
        ArrayLiteralAst array => new ListNode(PlaceOf(array), [.. array.Elements.Select(Read)]),
        ParenExpressionAst { Pipeline: PipelineAst inner } => Read(inner),
        VariableExpressionAst variable when Is(variable, "true") || Is(variable, "false")
            => new FlagNode(PlaceOf(variable), Is(variable, "true")),
        VariableExpressionAst variable when Is(variable, "null") => new NullNode(PlaceOf(variable)),
        _ => Code(expression),
    };

    // @( 1, 2 <line break> 3 ) is one list of three.
    private static IEnumerable<DesiredNode> Flatten(DesiredNode node) => node is ListNode list ? list.Items : [node];

    private static TextNode ReadName(ExpressionAst name) =>
        new(PlaceOf(name), name is StringConstantExpressionAst text ? text.Value : name.Extent.Text);

    private static OtherNode Code(Ast ast) => new(PlaceOf(ast), "code, which is not run");

    private static bool Is(VariableExpressionAst variable, string name)
        => string.Equals(variable.VariablePath.UserPath, name, StringComparison.OrdinalIgnoreCase);

    private static NodePlace PlaceOf(Ast ast)
        => new(ast.Extent.StartLineNumber, ast.Extent.StartColumnNumber, ast.Extent.StartOffset, ast.Extent.EndOffset);
}
