using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ApiKey.Binding;
using ApiKey.Model;

namespace ApiKey.Cmdlets;

/// <summary>
/// The root of every command: a parameter that was given nothing ends the command before it does anything, because a variable
/// that was never set must not widen what the command works on. An empty cell of a pipeline row is not specified instead.
/// </summary>
public abstract class BoundCommand : PlainTextCommand
{
    private HashSet<string> _ofCommandLine = [];

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        // What comes from the pipeline is not bound yet. A script block that is asked for each record is listed, but gave nothing so far.
        _ofCommandLine = [.. MyInvocation.BoundParameters.Where(bound => bound.Value is null || GetType().GetProperty(bound.Key)?.GetValue(this) is not null).Select(bound => bound.Key)];
        if (FindFault(_ofCommandLine, isRow: false) is { } fault)
        {
            ThrowTerminatingError(fault);
        }

        Begin();
    }

    /// <summary>What there is to do before the first pipeline record.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Whether every pipeline record could be used. A command that works on a whole set must not take a part for the whole.</summary>
    private protected bool UsedEveryRecord { get; private set; } = true;

    /// <summary>The hashtable that came down the pipeline as a row; null for none.</summary>
    private protected virtual IDictionary? PipedRow => null;

    /// <summary>Handles a pipeline record, unless it gives nothing where it must give something.</summary>
    private protected void HandleRecord(Action action)
    {
        Dictionary<string, object?> before = [];
        try
        {
            if (PipedRow is { } row)
            {
                Row.Bind(this, row, _ofCommandLine, before);
            }

            IEnumerable<string> ofRecord = MyInvocation.BoundParameters.Keys.Union(before.Keys, StringComparer.Ordinal).Except(_ofCommandLine, StringComparer.Ordinal);
            if (FindFault(ofRecord, isRow: true) is { } fault)
            {
                Refuse(fault);
                return;
            }

            action();
        }
        catch (RowException fault)
        {
            Refuse(new ErrorRecord(new ArgumentException(fault.Message, fault), "InvalidRow", ErrorCategory.InvalidArgument, PipedRow));
        }
        finally
        {
            Row.Restore(this, before);
        }
    }

    private void Refuse(ErrorRecord record)
    {
        UsedEveryRecord = false;
        WriteError(record);
    }

    private ErrorRecord? FindFault(IEnumerable<string> parameters, bool isRow)
    {
        foreach (string name in parameters)
        {
            if (GetType().GetProperty(name) is { } property
                && GivenAttribute.Of(property) is { } given
                && property.GetValue(this) is var value
                && (value is not null || given.IsRequiredOfRows || !isRow)
                && FaultOf(property, value, given) is (string errorId, string fault))
            {
                return new ErrorRecord(new ArgumentException(fault), errorId, ErrorCategory.InvalidArgument, name);
            }
        }

        return null;
    }

    private static (string ErrorId, string Fault)? FaultOf(PropertyInfo property, object? value, GivenAttribute given)
    {
        if (value is not null)
        {
            return Unusable(value) is { } why ? ("InvalidId", $"-{property.Name}: {why}")
                : Emptiness.FirstEmptyItem(value) is > 0 and var item
                    ? (Emptiness.ErrorId, $"Item {item} of -{property.Name} is empty; perhaps a variable was never set. Give every item a value, or leave it out.")
                : null;
        }

        bool isMandatory = property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.Mandatory);
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
}
