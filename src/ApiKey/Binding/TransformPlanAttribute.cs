using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>Reads which usage plans are meant.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class TransformPlanAttribute : TransformIdentityAttribute<UsagePlanIdentity>
{
    private static readonly string[] PlanColumns = ["UsagePlanId"];
    private static readonly string[] IdColumns = ["UsagePlanId", "Id"];

    /// <summary>Whether a column Id holds the plan's id. It is a key's where keys come down the same pipeline.</summary>
    public bool IsIdColumn { get; init; }

    /// <inheritdoc/>
    private protected sealed override string What => "a usage plan";

    /// <inheritdoc/>
    private protected sealed override string Noun => "ApiGatewayUsagePlan";

    /// <inheritdoc/>
    private protected sealed override string[] ColumnsOf(object input) =>
        IsIdColumn || TransformKeyAttribute.IsOwn(input, nameof(UsagePlanInfo)) ? IdColumns : PlanColumns;

    /// <inheritdoc/>
    private protected sealed override string? OtherKind(object input) =>
        TransformKeyAttribute.IsOwn(input, nameof(ApiKeyInfo)) || Input.Unwrap(input) is ApiKeyIdentity ? "an API key" : null;

    /// <inheritdoc/>
    private protected sealed override UsagePlanIdentity FromId(string id) => new(id);

    /// <inheritdoc/>
    private protected sealed override UsagePlanIdentity Refused(string why) => UsagePlanIdentity.Refused(why);

    /// <inheritdoc/>
    private protected sealed override UsagePlanIdentity? FromOwn(object input) => input switch
    {
        UsagePlanIdentity identity => identity,
        UsagePlanInfo plan => new UsagePlanIdentity(plan),
        _ => null,
    };
}
