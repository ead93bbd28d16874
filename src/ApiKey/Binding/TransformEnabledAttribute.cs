using System.Management.Automation;
using ApiKey.Attributes;

namespace ApiKey.Binding;

/// <summary>
/// Reads a boolean strictly: $true, $false, a switch, or the words true and false as a CSV file has them. Other text is
/// refused: PowerShell alone would drop it without a word and AWS would take it for false.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformEnabledAttribute : GivenAttribute
{
    /// <inheritdoc/>
    protected override object Read(object input) => Input.Unwrap(input) switch
    {
        bool given => given,
        SwitchParameter given => given.IsPresent,
        string text => ApiKeyField.ReadBoolean(text),
        object other => throw new FormatException($"{Input.Describe(other)} is neither true nor false. Give $true or $false."),
        null => throw new FormatException("Nothing is neither true nor false. Give $true or $false."),
    };
}
