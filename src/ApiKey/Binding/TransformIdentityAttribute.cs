using System.Collections;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>
/// Reads which keys or plans are meant: ids as text, objects that the commands emit, or rows and objects of any origin with the
/// id in a column. Anything else is refused: its text would be taken for an id.
/// </summary>
/// <typeparam name="T">The identity.</typeparam>
internal abstract class TransformIdentityAttribute<T> : GivenAttribute
    where T : class
{
    private protected TransformIdentityAttribute()
    {
        IsRequiredOfRows = true;
    }

    /// <summary>
    /// Whether the other kind may come down the pipeline too, into another parameter. Such an object is passed over then, so that
    /// PowerShell binds it there.
    /// </summary>
    public bool IsPassedOver { get; init; }

    /// <inheritdoc/>
    internal sealed override (string Item, string Noun)? Source => (What, Noun);

    /// <summary>What is identified, for example <c>an API key</c>.</summary>
    private protected abstract string What { get; }

    /// <summary>The columns that may hold its id, the surest first.</summary>
    private protected abstract string[] ColumnsOf(object input);

    /// <summary>What of the other kind an object is, for example <c>a usage plan</c>; null when it is not of that kind.</summary>
    private protected abstract string? OtherKind(object input);

    /// <inheritdoc/>
    protected sealed override object Read(object input)
    {
        T?[] read = Input.Unwrap(input) is IList and not IDictionary
            ? [.. ((IList)Input.Unwrap(input)!).Cast<object?>().SelectMany(Split).Select(ReadOne)]
            : [.. Split(input).Select(ReadOne)];
        return Bindable(read);
    }

    /// <summary>How the identities are to bind: as they are, or late.</summary>
    private protected virtual object Bindable(T?[] read) => read;

    /// <summary>What one item holds: itself, or several ids in one text.</summary>
    private protected virtual IEnumerable<object?> Split(object? item) => [item];

    /// <summary>The identity of an id.</summary>
    private protected abstract T FromId(string id);

    /// <summary>What is not an identity, and why.</summary>
    private protected abstract T Refused(string why);

    /// <summary>The identity of an object that one of the commands emitted; null when it is none of them.</summary>
    private protected abstract T? FromOwn(object input);

    private T? ReadOne(object? given)
    {
        object? input = Input.Unwrap(given);
        switch (input)
        {
            case null:
                return null;
            case string text:
                return string.IsNullOrWhiteSpace(text) ? null : FromId(text);
            case object when FromOwn(input) is { } identity:
                return identity;
        }

        if (OtherKind(given!) is { } other)
        {
            string message = $"This is {other}, not {What}. {Advice}";
            return IsPassedOver ? throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message))
                : Refused(message);
        }

        object? id;
        try
        {
            if (!Input.TryFind(given!, ColumnsOf(given!), out id))
            {
                return Refused(Input.IsRow(given) ? $"{Row.Lacks(given!, ColumnsOf(given!))} {Advice}"
                    : $"{Input.Describe(given)} is not {What}. {Advice}");
            }
        }
        catch (FormatException problem)
        {
            return Refused(problem.Message);
        }

        return Input.Unwrap(id) switch
        {
            null => null,
            string text => string.IsNullOrWhiteSpace(text) ? null : FromId(text),
            object wrong => Refused($"{Input.Describe(wrong)} is not an id of {What}. {Advice}"),
        };
    }

    private string Advice => $"Give the id of {What} as text, in quotes when it has digits only, or what Get-{Noun} emits.";

    /// <summary>The noun of the command that emits it.</summary>
    private protected abstract string Noun { get; }
}
