using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>What a user gave to a command, typed again: for messages that show a line that works.</summary>
internal static class TypedLine
{
    private const string Unknown = "…";

    // An object of the user's own, and what says nothing about the work.
    private static readonly string[] Ignored = ["Connection", .. Cmdlet.CommonParameters];

    /// <summary>Where a piped object comes from is specified where it is read, and it remembers it.</summary>
    public static string[] Places { get; } = ["Region", "ProfileName", "EndpointUrl"];

    /// <summary>The parameters that say something about the work.</summary>
    public static IEnumerable<string> Parameters(PSCmdlet command) =>
        command.MyInvocation.BoundParameters.Keys.Except(Ignored, StringComparer.Ordinal);

    /// <summary>The line that does the same to the keys of a name: they are got where the command would look, and piped into it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">The name.</param>
    public static string ByName(PSCmdlet command, string name)
    {
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        string[] given = [.. Parameters(command).Where(parameter => bound[parameter] is not ApiKeyIdentity[])];
        string quoted = InQuotes(Show.Plain(WildcardPattern.Escape(name)));
        string itself = command.MyInvocation.MyCommand.Name;
        bool asksByName = itself.StartsWith("Get-", StringComparison.Ordinal) && command.GetType().GetProperty("Name") is not null
            && bound.GetValueOrDefault("Id") is ApiKeyIdentity[];
        string[] rest = [.. given.Except(Places, StringComparer.Ordinal).Select(parameter => Parameter(parameter, bound[parameter]))];
        string[] where = [.. given.Intersect(Places, StringComparer.Ordinal).Select(parameter => Parameter(parameter, bound[parameter]))];
        return asksByName ? string.Join(' ', [itself, .. rest, $"-Name {quoted}", .. where])
            : $"{string.Join(' ', ["Get-ApiGatewayApiKey", quoted, .. where])} | {string.Join(' ', [itself, .. rest])}";
    }

    /// <summary>A parameter and its argument.</summary>
    public static string Parameter(string name, object value) => value switch
    {
        SwitchParameter { IsPresent: true } => $"-{name}",
        SwitchParameter => $"-{name}:$false",
        _ => $"-{name} {Argument(value)}",
    };

    // What may be a key's value is in no message, and what has no short form is left to the user.
    private static string Argument(object? value) => value switch
    {
        bool flag => flag ? "$true" : "$false",
        string text => Quoted(text),
        TagSet tags => Quoted(tags.ToText()),
        ApiKeyIdentity key => Quoted(key.Id),
        UsagePlanIdentity plan => Quoted(plan.Id),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum or Uri => Quoted(value.ToString()!),
        IFormattable number when Input.IsNumber(number) => number.ToString(null, CultureInfo.InvariantCulture),
        object?[] { Length: > 0 } items => string.Join(", ", items.Select(Argument)),
        _ => Unknown,
    };

    private static string Quoted(string text) => !string.Equals(Show.Plain(text), text, StringComparison.Ordinal) ? Unknown
        : IsPlain(text) ? text
        : InQuotes(text);

    private static string InQuotes(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static bool IsPlain(string text) => text.Length > 0 && text[0] != '-' && !TypedId.IsNumber(text)
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '/' or '.' or ':');
}
