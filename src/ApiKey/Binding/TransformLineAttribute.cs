using System.Management.Automation;

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
    protected override object Read(object input)
    {
        if (Input.IsRow(input) || Input.Unwrap(input) is FileSystemInfo)
        {
            // Passed over, so that PowerShell looks for a property of it that names a file or is the text.
            string message = $"{Input.Describe(input)} is not text. Give text, or an object with a path or a message.";
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        return input;
    }

    /// <inheritdoc/>
    protected override bool SaysWhatIsMissing(object? input) => input is string;
}
