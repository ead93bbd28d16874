using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>
/// Reads a boolean strictly: $true, $false, a switch, or the words true and false as a CSV file has them. An empty cell means
/// not said. Other text is refused: PowerShell alone would drop it without a word and AWS would take it for false.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformEnabledAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return input switch
            {
                null => null,
                bool said => said,
                SwitchParameter said => said.IsPresent,
                string text when string.IsNullOrWhiteSpace(text) => null,
                string text => ApiKeyField.ReadBoolean(text),
                _ => throw new FormatException($"A value of type {input.GetType().Name} is neither true nor false. Give $true or $false."),
            };
        }
        catch (FormatException fault)
        {
            throw new ArgumentTransformationMetadataException(fault.Message, fault);
        }
    }
}
