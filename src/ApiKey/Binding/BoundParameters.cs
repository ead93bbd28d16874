using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// What PowerShell bound to the parameters of a command. A parameter that was given nothing is a problem, because a variable that
/// was never set must not widen what the command works on. An empty cell of a pipeline row is not specified instead.
/// </summary>
/// <param name="command">The command.</param>
internal sealed class BoundParameters(PSCmdlet command)
{
    // Records come by the thousand, and a command's parameters stay what they are.
    private static readonly ConcurrentDictionary<Type, ConcurrentDictionary<string, BoundParameter>> Known = new();

    // What a record of PowerShell's own binding changed of the command: nothing.
    private static readonly Dictionary<string, object?> NoRow = [];

    private readonly ConcurrentDictionary<string, BoundParameter> _known =
        Known.GetOrAdd(command.GetType(), static _ => new(StringComparer.Ordinal));

    private readonly NeededParameters _needed = new(command);
    private HashSet<string> _ofCommandLine = [];

    /// <summary>Checks the command line.</summary>
    /// <returns>The error that ends the command; null when there is none.</returns>
    public ErrorRecord? CheckCommandLine()
    {
        // What comes from the pipeline is not bound yet. A script block that is asked for each record is listed, but gave nothing so far.
        _ofCommandLine = [];
        foreach ((string name, object? value) in command.MyInvocation.BoundParameters)
        {
            if (value is null || Of(name).Property?.GetValue(command) is not null)
            {
                _ofCommandLine.Add(name);
            }
        }

        return FindProblem(_ofCommandLine, isRow: false) ?? _needed.CheckCommandLine();
    }

    /// <summary>What of the command line may not mean what it looks like.</summary>
    public IEnumerable<string> Warnings() => _ofCommandLine.SelectMany(name =>
        Of(name) is ({ } property, TransformTagKeyAttribute given) && property.GetValue(command) is string[] keys
            ? given.WarningsOf(keys) : []);

    /// <summary>Does something with a pipeline record, unless it gives nothing where it must give something.</summary>
    /// <param name="row">The hashtable that is the record; null when PowerShell bound it.</param>
    /// <param name="action">What to do.</param>
    /// <returns>Why the record cannot be used; null when it was.</returns>
    public ErrorRecord? UseRecord(IDictionary? row, Action action)
    {
        Dictionary<string, object?> before = row is null ? NoRow : [];
        try
        {
            if (row is not null)
            {
                Row.Bind(command, row, _ofCommandLine, before);
            }

            if ((FindProblem(command.MyInvocation.BoundParameters.Keys, isRow: true) ?? FindProblem(before.Keys, isRow: true)
                ?? _needed.CheckRecord()) is { } problem)
            {
                return problem;
            }

            action();
            return null;
        }
        catch (RowException problem)
        {
            return InvalidRow(problem, row);
        }
        finally
        {
            Row.Restore(command, before);
        }
    }

    /// <summary>The error about a row that cannot be used.</summary>
    public static ErrorRecord InvalidRow(RowException problem, IDictionary? row) =>
        new(new ArgumentException(Show.Message(problem.Message), problem), "InvalidRow", ErrorCategory.InvalidArgument, row);

    // A parameter may hide the one of a base, with another type.
    private static BoundParameter Find(Type command, string parameter)
    {
        PropertyInfo? property = null;
        for (Type? type = command; property is null && type is not null; type = type.BaseType)
        {
            property = type.GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        }

        return new BoundParameter(property, property is null ? null : GivenAttribute.Of(property));
    }

    private BoundParameter Of(string parameter) =>
        _known.GetOrAdd(parameter, static (parameter, type) => Find(type, parameter), command.GetType());

    private ErrorRecord? FindProblem(IEnumerable<string> parameters, bool isRow)
    {
        foreach (string name in parameters)
        {
            if (!(isRow && _ofCommandLine.Contains(name))
                && Of(name) is ({ } property, { } given)
                && property.GetValue(command) is var value
                && (value is not null || given.IsRequiredOfRows || !isRow)
                && ProblemOf(property, value, given) is (string errorId, string problem))
            {
                return new ErrorRecord(new ArgumentException(problem), errorId, ErrorCategory.InvalidArgument, name);
            }
        }

        return null;
    }

    private static (string ErrorId, string Problem)? ProblemOf(PropertyInfo property, object? value, GivenAttribute given)
    {
        if (value is not null)
        {
            return Unusable(value) is { } why ? ("InvalidId", $"-{property.Name}: {why}")
                : given is TransformNameFilterAttribute && TransformNameFilterAttribute.ProblemOf(value) is { } notNames
                    ? ("InvalidName", $"-{property.Name} {notNames}")
                : Emptiness.FirstEmptyItem(value) is > 0 and var item
                    ? (Emptiness.ErrorId, $"Item {item} of -{property.Name} is empty; perhaps a variable was never set. Give every item a "
                        + "value, or leave it out.")
                : null;
        }

        bool isMandatory = given.IsNeeded || property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.Mandatory);
        string[] meanings =
        [
            .. given.EmptyText is null ? Array.Empty<string>() : [$"'' {given.EmptyText}"],
            .. given.EmptyMap is null ? Array.Empty<string>() : [$"@{{}} {given.EmptyMap}"],
        ];
        return (
            Emptiness.ErrorId,
            $"-{property.Name} was given nothing; perhaps a variable was never set. Give it a value"
                + (isMandatory ? "." : ", or leave it out.")
                + string.Concat(meanings.Select(meaning => $" {meaning}.")));
    }

    private static string? Unusable(object value) => value switch
    {
        ApiKeyIdentity?[] keys => keys.FirstOrDefault(key => key?.Unusable is not null)?.Unusable,
        UsagePlanIdentity?[] plans => plans.FirstOrDefault(plan => plan?.Unusable is not null)?.Unusable,
        _ => null,
    };

    private sealed record BoundParameter(PropertyInfo? Property, GivenAttribute? Given);
}
