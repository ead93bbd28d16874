using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>Reads keys of tags. A wildcard among them would silently mean no tag at all: AWS allows letters, digits, blanks and
/// <c>+ - = . _ : / @</c> in a key.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformTagKeyAttribute : GivenAttribute
{
    private static readonly char[] Wild = ['*', '?', '['];

    /// <summary>What to give instead of a wildcard.</summary>
    public string Instead { get; init; } = "Specify each key in full, for example env.";

    /// <inheritdoc/>
    protected override object? Read(object input)
    {
        object? keys = base.Read(input);
        object?[] items = Input.Unwrap(input) is object?[] many ? many : [input];
        return items.Select(Input.Unwrap).OfType<string>().FirstOrDefault(key => key.IndexOfAny(Wild) >= 0) is { } pattern
            ? throw new FormatException($"{Show.Quote(pattern)} has a wildcard, and no key of a tag on AWS has such a character. {Instead}")
            : keys;
    }
}
