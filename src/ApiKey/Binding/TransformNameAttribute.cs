namespace ApiKey.Binding;

/// <summary>
/// Reads the name of something new: text, or the column Name of a row. Only text is a name; PowerShell alone would make a name
/// of a date, a number or a whole hashtable.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformNameAttribute : GivenAttribute
{
    private static readonly string[] NameColumns = ["Name"];

    /// <summary>Of a row too.</summary>
    public TransformNameAttribute()
    {
        IsRequiredOfRows = true;
    }

    /// <summary>The type of the module's objects that can be copied.</summary>
    public required string Own { get; init; }

    /// <inheritdoc/>
    protected override object? Read(object input)
    {
        if (Input.Unwrap(input) is string)
        {
            return input;
        }

        // Its items have the names.
        if (AwsDocument.Is(input))
        {
            return null;
        }

        if (!Row.Is(input, Own))
        {
            throw NotText(input);
        }

        return !Input.TryFind(input, NameColumns, out object? name) ? throw new FormatException(Row.Lacks(input, NameColumns))
            : Input.Unwrap(name) is null or string ? name
            : throw NotText(name);
    }

    private static FormatException NotText(object? input) =>
        new($"{Input.Describe(input)} is not a name; only text is. Put the name in quotes, or pipe rows with a column Name.");
}
