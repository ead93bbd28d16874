using System.Collections;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>
/// Reads names to look for. They stand where an object may stand, too, which is meant as itself: only text is made names of at once, so
/// that PowerShell binds anything else to -Id, which has the same position.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformNameFilterAttribute : GivenAttribute
{
    /// <summary>What is wrong with objects that nothing else could bind, and which were made an empty name; null when nothing is.</summary>
    public static string? ProblemOf(object? names) => names is string[] given && given is [""]
        ? "accepts only text. What this command emits is read again when it stands alone, without -Name and what filters a listing."
        : null;

    /// <inheritdoc/>
    protected override object? Read(object input)
    {
        object?[] items = Input.Unwrap(input) is IList and not IDictionary ? [.. ((IList)Input.Unwrap(input)!).Cast<object?>()] : [input];
        object?[] objects = [.. items.Where(item => Input.Unwrap(item) is { } there and not (string or char) && !Input.IsNumber(there))];
        return objects.Length == 0 ? LanguagePrimitives.ConvertTo<string[]>(items)
            : objects.Length == items.Length ? new ToConvert(key: null)
            : throw new FormatException($"{Input.Describe(objects[0])} stands among names. Give names or objects, not both.");
    }
}
