using System.Collections;
using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>
/// Reads ids of usage plans from texts, plan objects, or one text with commas between ids as a key file's column UsagePlanIds
/// has it. Nothing, or an empty cell, is no plan.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformUsagePlanIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Read(inputData).Distinct(StringComparer.Ordinal).ToArray();

    private static IEnumerable<string> Read(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        null => [],
        string text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        UsagePlanInfo plan => [plan.Id],
        UsagePlanIdentity plan => [plan.Id],
        IEnumerable many => many.Cast<object?>().SelectMany(Read),
        object other => throw new ArgumentTransformationMetadataException($"A {other.GetType().Name} is no usage plan. Give ids, or what Get-ApiGatewayUsagePlan emits."),
    };
}
