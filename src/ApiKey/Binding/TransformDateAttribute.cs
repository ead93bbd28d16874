using System.Globalization;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>
/// Reads a date that was typed as text in the Gregorian calendar whatever the culture: PowerShell itself would take the year of
/// 2026-11-01 for one of the Buddhist era where that is in use.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformDateAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text ? inputData
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date) ? date
        : throw new ArgumentTransformationMetadataException(
            $"'{Text.Show.Escape(text)}' is not a date. Write it as yyyy-MM-dd, for example 2026-11-01.");
}
