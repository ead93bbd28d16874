using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class SetApiGatewayApiKeyCommand
{
    /// <summary>The keys to change: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The new name. Names need not be unique.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The new description, at most 125,000 characters; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Whether callers can use the keys.</summary>
    [Parameter]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>A value can never change: the error says what to do instead.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>The new AWS Marketplace customer identifier. AWS cannot clear one.</summary>
    [Parameter]
    [Given]
    [Alias("customer_id")]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>Their own tags, exactly these. They win over default tags.</summary>
    [Parameter]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? Tag { get; set; }

    /// <summary>Tags to put on them next to those they have.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? AddTag { get; set; }

    /// <summary>Keys of tags to take off. A default tag that was overridden comes back with its default value.</summary>
    [Parameter]
    [TransformTagKey(TagKeyUse.Remove)]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Emits each key as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
