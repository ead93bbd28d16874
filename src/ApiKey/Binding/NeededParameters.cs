using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// What a command cannot do without (<see cref="GivenAttribute.IsNeeded"/>). PowerShell knows a word for that, Mandatory, and asks for
/// what is missing at the prompt: for an id, which nobody knows by heart, while the name is typed already. So the parameters are optional
/// to PowerShell, and what is missing is an error that shows the line that works.
/// </summary>
/// <param name="command">The command.</param>
internal sealed class NeededParameters(PSCmdlet command)
{
    private const string ErrorId = "MissingParameter";
    private const string NameParameter = "Name";
    private const string Unknown = "…";

    // Where a piped object comes from is said there, and it remembers it.
    private static readonly string[] Places = ["Region", "ProfileName", "EndpointUrl"];

    // What changes nothing: with -Name and these alone, -Name is meant as the new one.
    private static readonly string[] Aside = [.. Places, "PassThru", "ThrottleLimit", "WhatIf", "Confirm"];

    // An object of the user's own, and what says nothing about the work.
    private static readonly string[] Unsaid = ["Connection", .. Cmdlet.CommonParameters];

    private static readonly ConcurrentDictionary<Type, Needed[]> Known = new();

    private IEnumerable<Needed> OfThisSet => Known.GetOrAdd(command.GetType(), ReadAll).Where(needed => needed.Binding.ParameterSetName
        is ParameterAttribute.AllParameterSets || needed.Binding.ParameterSetName == command.ParameterSetName);

    /// <summary>What is missing before the first record: what no record could bring.</summary>
    /// <returns>The error that ends the command; null when there is none.</returns>
    public ErrorRecord? CheckCommandLine()
    {
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        Needed[] missing = [.. OfThisSet.Where(needed => !bound.ContainsKey(needed.Property.Name))];
        return missing.Any(needed => !command.MyInvocation.ExpectingInput || !MayComeLater(needed)) ? Problem(missing) : null;
    }

    // Which set it is may be for the first record to say, when another one has a parameter that is piped.
    private bool MayComeLater(Needed needed) => needed.IsPiped
        || (needed.Binding.ParameterSetName != ParameterAttribute.AllParameterSets
            && command.GetType().GetProperties().SelectMany(property => property.GetCustomAttributes<ParameterAttribute>())
                .Any(other => IsPiped(other) && other.ParameterSetName is not ParameterAttribute.AllParameterSets
                    && other.ParameterSetName != needed.Binding.ParameterSetName));

    /// <summary>What is missing of a record.</summary>
    /// <returns>Why it cannot be used; null when it can.</returns>
    public ErrorRecord? CheckRecord()
    {
        Needed[] missing = [.. OfThisSet.Where(needed => needed.Property.GetValue(command) is null or "" or ICollection { Count: 0 })];
        return missing.Length > 0 ? Problem(missing) : null;
    }

    private static Needed[] ReadAll(Type type) =>
    [
        .. from property in type.GetProperties()
           let given = GivenAttribute.Of(property)
           where given is { IsNeeded: true }
           from binding in property.GetCustomAttributes<ParameterAttribute>()
           orderby binding.Position < 0 ? int.MaxValue : binding.Position
           select new Needed(property, given, binding),
    ];

    private static bool IsPiped(ParameterAttribute binding) => binding.ValueFromPipeline || binding.ValueFromPipelineByPropertyName;

    private ErrorRecord Problem(Needed[] missing)
    {
        string names = string.Join(" and ", missing.Select(needed => $"-{needed.Property.Name}"));
        Needed? piped = missing.LastOrDefault(needed => needed.Given.Source is not null && needed.IsPiped);
        bool isRenamed = IsBound(NameParameter) && command.MyInvocation.MyCommand.Name.StartsWith("Set-", StringComparison.Ordinal);
        string how = piped?.Given.Source is not { } source ? ""
            : $" Specify the id of {source.Item}, or pipe in what Get-{source.Noun} emits."
                + (isRenamed ? " Here -Name is the new name." : "");
        string message = $"{names} {(missing.Length == 1 ? "is" : "are")} missing.{how} For example: {Example(missing, piped, isRenamed)}";
        return new ErrorRecord(new ArgumentException(message), ErrorId, ErrorCategory.InvalidArgument,
            command.MyInvocation.InvocationName);
    }

    // Whoever says the name of a key to Set means to find it by that, unless the name is all that is to change.
    private string Example(Needed[] missing, Needed? piped, bool isRenamed)
    {
        string[] given = [.. command.MyInvocation.BoundParameters.Keys.Except(Unsaid, StringComparer.Ordinal)];
        bool movesName = isRenamed && given.Except(Aside, StringComparer.Ordinal).Count() > 1;
        string[] before = piped is null ? [] : Places;
        IEnumerable<string> rest =
        [
            .. missing.Where(needed => needed != piped).Select(needed => $"-{needed.Property.Name} {needed.Given.Sample}"),
            .. given.Where(name => !before.Contains(name, StringComparer.Ordinal) && !(movesName && name == NameParameter)).Select(Typed),
        ];
        string line = string.Join(' ', rest.Prepend(command.MyInvocation.MyCommand.Name));
        if (piped?.Given.Source is not { } source)
        {
            return line;
        }

        string name = movesName ? Typed(NameParameter) : $"-{NameParameter} <its name>";
        IEnumerable<string> where = given.Intersect(before, StringComparer.Ordinal).Select(Typed);
        return $"{string.Join(' ', where.Prepend(name).Prepend($"Get-{source.Noun}"))} | {line}";
    }

    private bool IsBound(string parameter) => command.MyInvocation.BoundParameters.ContainsKey(parameter);

    private string Typed(string parameter) => command.MyInvocation.BoundParameters[parameter] switch
    {
        SwitchParameter { IsPresent: true } => $"-{parameter}",
        SwitchParameter => $"-{parameter}:$false",
        var value => $"-{parameter} {Typed(value)}",
    };

    // What may be a key's value is in no message, and what has no short form is left to the user.
    private static string Typed(object? value) => value switch
    {
        bool flag => flag ? "$true" : "$false",
        string text => Quoted(text),
        TagSet tags => Quoted(tags.ToText()),
        Model.ApiKeyIdentity key => Quoted(key.Id),
        Model.UsagePlanIdentity plan => Quoted(plan.Id),
        Enum or Uri => Quoted(value.ToString()!),
        IFormattable number when Input.IsNumber(number) => number.ToString(null, CultureInfo.InvariantCulture),
        object?[] { Length: > 0 } items => string.Join(", ", items.Select(Typed)),
        _ => Unknown,
    };

    private static string Quoted(string text) => !string.Equals(Show.Plain(text), text, StringComparison.Ordinal) ? Unknown
        : IsPlain(text) ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static bool IsPlain(string text) => text.Length > 0 && text[0] != '-' && !TypedId.IsNumber(text)
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '/' or '.' or ':');

    private sealed record Needed(PropertyInfo Property, GivenAttribute Given, ParameterAttribute Binding)
    {
        public bool IsPiped => NeededParameters.IsPiped(Binding);
    }
}
