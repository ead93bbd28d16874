namespace ApiKey.Binding;

/// <summary>
/// Reads the usage plans of a new key: ids, plan objects, or one text with commas between ids as a key file's column
/// UsagePlanIds has it. An empty cell of a row is not a plan.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformUsagePlanIdAttribute : TransformPlanAttribute
{
    /// <summary>Of a row, where the column may be empty.</summary>
    public TransformUsagePlanIdAttribute()
    {
        IsRequiredOfRows = false;
    }

    /// <inheritdoc/>
    private protected override IEnumerable<object?> Split(object? item) => Input.Unwrap(item) is string text
        && text.Contains(',', StringComparison.Ordinal)
        ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [item];
}
