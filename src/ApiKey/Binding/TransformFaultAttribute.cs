using System.Collections;

namespace ApiKey.Binding;

/// <summary>Reads descriptions of faults. An entry of a hashtable that is $null is refused by name: it would widen when the fault
/// happens.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformFaultAttribute : GivenAttribute
{
    /// <inheritdoc/>
    protected override object? Read(object input)
    {
        IEnumerable<object?> faults = Input.Unwrap(input) is IList and not IDictionary ? ((IList)Input.Unwrap(input)!).Cast<object?>()
            : [input];
        foreach (IDictionary fault in faults.Select(Input.Unwrap).OfType<IDictionary>())
        {
            if (fault.Keys.Cast<object>().FirstOrDefault(key => Emptiness.IsNothing(fault[key])) is { } empty)
            {
                throw new FormatException(
                    $"{empty} of a fault is empty; perhaps a variable was never set. Give it a value, or leave it out.");
            }
        }

        return input;
    }
}
