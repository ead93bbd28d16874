namespace ApiKey.Binding;

/// <summary>Reads a line of text. A line without anything, or of blanks, is a line: it counts.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformLineAttribute : GivenAttribute
{
    /// <summary>A line.</summary>
    public TransformLineAttribute()
    {
        IsRequiredOfRows = true;
    }

    /// <inheritdoc/>
    protected override bool SaysWhatIsMissing(object? input) => input is string;
}
