using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Cmdlets;

/// <summary>
/// A command that says what a key should be. The writable attributes are declared here, once; New-ApiGatewayApiKey only adds
/// that they bind from the pipeline, which Set-ApiGatewayApiKey must not: a piped key would set itself again.
/// </summary>
public abstract class ApiKeyWriteCommand : ApiKeyChangingCommand
{
    /// <summary>The name, 1 to 1024 characters. Names need not be unique.</summary>
    [Parameter]
    [Given]
    public virtual string? Name { get; set; }

    /// <summary>The description, at most 125,000 characters; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    public virtual string? Description { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    [Parameter]
    [TransformEnabled]
    public virtual bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString.</summary>
    [Parameter]
    [TransformSecret]
    public virtual Secret? Value { get; set; }

    /// <summary>The AWS Marketplace customer identifier; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [Alias("customer_id")]
    public virtual string? CustomerId { get; set; }

    /// <summary>The key's own tags. They win over default tags.</summary>
    [Parameter]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    public virtual IDictionary? Tag { get; set; }

    /// <summary>What the parameters say. A property that was not bound is null: not said.</summary>
    protected ApiKeySpec ReadSpec() => new()
    {
        Name = Name,
        Description = Description,
        Enabled = Enabled,
        Value = Value?.Reveal(),
        CustomerId = CustomerId,
        Tags = (TagSet?)Tag,
    };
}
