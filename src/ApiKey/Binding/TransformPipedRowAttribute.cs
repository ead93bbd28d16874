using System.Collections;
using System.Collections.Immutable;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>
/// Stands on the parameter that hashtables of the pipeline bind to. PowerShell tries it with every record, and a record that is
/// none costs it an exception, more than all the rest of the binding; so it gets a hashtable without entries instead.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformPipedRowAttribute : ArgumentTransformationAttribute
{
    private static readonly IDictionary NoRow = ImmutableDictionary<string, object?>.Empty;

    /// <summary>The hashtable that was piped; null when the record is none.</summary>
    public static IDictionary? Piped(IDictionary? bound) => ReferenceEquals(bound, NoRow) ? null : bound;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Input.Unwrap(inputData) is null or IDictionary ? inputData : NoRow;
}
