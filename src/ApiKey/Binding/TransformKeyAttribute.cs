using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>Reads which API keys are meant.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformKeyAttribute : TransformIdentityAttribute<ApiKeyIdentity>
{
    private static readonly string[] IdColumns = ["ApiKeyId", "KeyId", "Id"];

    /// <summary>Whether another parameter comes first where both could bind what is piped, for example text.</summary>
    public bool ComesSecond { get; init; }

    /// <inheritdoc/>
    private protected override object Bindable(ApiKeyIdentity?[] read) => ComesSecond ? Array.ConvertAll(read, object? (key) =>
        key is null ? null : new ToConvert(key)) : read;

    /// <inheritdoc/>
    private protected override string What => "an API key";

    /// <inheritdoc/>
    private protected override string Noun => "ApiGatewayApiKey";

    /// <inheritdoc/>
    private protected override string[] ColumnsOf(object input) => IdColumns;

    /// <summary>Whether an object that one of the commands emitted, also one that came back from a job, is of a type.</summary>
    internal static bool IsOwn(object input, string type) =>
        PSObject.AsPSObject(input).TypeNames.Any(name => name.EndsWith($"ApiKey.Model.{type}", StringComparison.Ordinal));

    /// <inheritdoc/>
    private protected override string? OtherKind(object input) => IsOwn(input, nameof(UsagePlanInfo))
        || Input.Unwrap(input) is UsagePlanIdentity ? "a usage plan" : null;

    /// <inheritdoc/>
    private protected override ApiKeyIdentity FromId(string id) => new(id);

    /// <inheritdoc/>
    private protected override ApiKeyIdentity Refused(string why) => ApiKeyIdentity.Refused(why);

    /// <inheritdoc/>
    private protected override ApiKeyIdentity? FromOwn(object input) => input switch
    {
        ApiKeyIdentity identity => identity,
        ApiKeyInfo key => new ApiKeyIdentity(key),
        UsagePlanKeyInfo key => new ApiKeyIdentity(key),
        ApiKeyUsageInfo usage => new ApiKeyIdentity(usage),
        ApiKeyLeakInfo leak => new ApiKeyIdentity(leak),
        _ => null,
    };
}
