using System.Globalization;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>The numbers that a parameter accepts, both ends included. NaN is not one of them.</summary>
/// <param name="least">The least.</param>
/// <param name="most">The greatest.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute(double least, double most) : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        // Nothing is refused by the command, by name.
        if (arguments is not null && Convert.ToDouble(arguments, CultureInfo.InvariantCulture)
            is var number && !(number >= least && number <= most))
        {
            throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture,
                $"{arguments} is not a number from {least:#,0} to {most:#,0}."));
        }
    }
}
