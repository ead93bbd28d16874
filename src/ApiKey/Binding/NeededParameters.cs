using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

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

    // What changes nothing: with -Name and these alone, -Name is meant as the new one.
    private static readonly string[] Aside = [.. TypedLine.Places, "PassThru", "ThrottleLimit", "WhatIf", "Confirm"];

    private static readonly ConcurrentDictionary<Type, Needed[]> Known = new();

    private Needed[]? _all;

    private Needed[] All => _all ??= Known.GetOrAdd(command.GetType(), ReadAll);

    /// <summary>What is missing before the first record: what no record could bring.</summary>
    /// <returns>The error that ends the command; null when there is none.</returns>
    public ErrorRecord? CheckCommandLine()
    {
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        Needed[] missing = [.. All.Where(IsOfThisSet).Where(needed => !bound.ContainsKey(needed.Property.Name))];
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
        // Asked of every record, so nothing is made for one that has all.
        foreach (Needed needed in All)
        {
            if (IsMissing(needed))
            {
                return Problem([.. All.Where(IsMissing)]);
            }
        }

        return null;
    }

    private bool IsMissing(Needed needed)
        => IsOfThisSet(needed) && needed.Property.GetValue(command) is null or "" or ICollection { Count: 0 };

    private bool IsOfThisSet(Needed needed) => needed.Binding.ParameterSetName is ParameterAttribute.AllParameterSets
        || needed.Binding.ParameterSetName == command.ParameterSetName;

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
        string[] given = [.. TypedLine.Parameters(command)];
        bool movesName = isRenamed && given.Except(Aside, StringComparer.Ordinal).Count() > 1;
        string[] before = piped is null ? [] : TypedLine.Places;
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

    private string Typed(string parameter) => TypedLine.Parameter(parameter, command.MyInvocation.BoundParameters[parameter]);

    private sealed record Needed(PropertyInfo Property, GivenAttribute Given, ParameterAttribute Binding)
    {
        public bool IsPiped => NeededParameters.IsPiped(Binding);
    }
}
