using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>
/// Makes tags and stages of what the parameters accept where there is only the parameter's type: a proxy function and Pester's mock of a
/// command have its parameters with their types, but without the transformations.
/// </summary>
public sealed class ParameterConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is not null;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            return destinationType == typeof(PlanStage)
                ? TransformApiStageAttribute.ReadOne(sourceValue) : TransformTagAttribute.ReadTags(sourceValue);
        }
        catch (FormatException problem)
        {
            throw new PSInvalidCastException(problem.Message, problem);
        }
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException("Tags and stages are only read.");
}
