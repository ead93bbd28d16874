using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ApiKey.Session;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// Stands on every parameter that is not a switch, and is the base of all transformations: input that is nothing (a variable
/// that was never set) becomes null, so that it binds whatever the parameter's type, and <see cref="BoundParameters"/>
/// refuses it by name. Only what is declared here to mean something gets through.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class GivenAttribute : ArgumentTransformationAttribute
{
    /// <summary>What an empty text means, for example <c>clears it</c>; null when it means nothing and is refused.</summary>
    public string? EmptyText { get; init; }

    /// <summary>What a hashtable without entries means, for example <c>no tags</c>; null when it means nothing and is refused.</summary>
    public string? EmptyMap { get; init; }

    /// <summary>Whether a row of the pipeline must give it too. Otherwise an empty cell of a row is not specified.</summary>
    public bool IsRequiredOfRows { get; init; }

    /// <summary>Whether the command cannot do without it. The word that PowerShell has for it, Mandatory, asks at the prompt; see
    /// <see cref="NeededParameters"/>.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>What may be given, for the example in the error about a parameter that is missing.</summary>
    public string Sample { get; init; } = "<id>";

    /// <summary>What an object that may be piped in is, and the noun of the command that emits it; null for none.</summary>
    internal virtual (string Item, string Noun)? Source => null;

    /// <summary>What stands on a parameter itself, not on one it overrides; null for a switch.</summary>
    public static GivenAttribute? Of(PropertyInfo parameter)
        => (GivenAttribute?)parameter.GetCustomAttributes(typeof(GivenAttribute), inherit: false).SingleOrDefault();

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if ((EmptyText is not null && input is "") || (EmptyMap is not null && input is IDictionary { Count: 0 }))
        {
            return Read(inputData!);
        }

        try
        {
            return Emptiness.IsNothing(input) && !SaysWhatIsMissing(input) ? null : Read(inputData!);
        }
        catch (Exception problem) when (problem is FormatException or GetValueException)
        {
            // While a hashtable is typed, PowerShell gives the text of one that it cannot read yet.
            return input is string text && text.StartsWith("@{", StringComparison.Ordinal)
                && TypedText.ParameterOfHashtable() is not null
                ? null : throw new ArgumentTransformationMetadataException(Show.Message(problem.Message), problem);
        }
    }

    /// <summary>Whether the parameter accepts hashtables and objects with properties. PowerShell would make a text of one, which says
    /// nothing.</summary>
    public bool AcceptsRows { get; init; }

    /// <summary>Reads what was given, which is something.</summary>
    /// <exception cref="FormatException">It is not what the parameter accepts; the text says what is.</exception>
    protected virtual object? Read(object input) => AcceptsRows || FirstRow(input) is not { } row
        ? input
        : throw new FormatException($"{Input.Describe(row)} is not accepted here. Give text or a number, for example a property of it.");

    /// <summary>Whether <see cref="Read"/> has a better word on an input that holds nothing, for example the name of the tag that has no
    /// value.</summary>
    protected virtual bool SaysWhatIsMissing(object? input) => false;

    private static object? FirstRow(object input) =>
        IsNoText(input) ? input : (Input.Unwrap(input) as object?[])?.FirstOrDefault(IsNoText);

    // What the commands emit has a text form, too, which is for reading.
    private static bool IsNoText(object? input) =>
        Input.IsRow(input) || Input.Unwrap(input)?.GetType().Namespace == typeof(Model.ApiKeyInfo).Namespace;
}
