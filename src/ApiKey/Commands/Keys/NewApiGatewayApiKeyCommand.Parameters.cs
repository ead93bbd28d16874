using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class NewApiGatewayApiKeyCommand
{
    /// <summary>The name, 1 to 1024 characters. Names need not be unique.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(ApiKeyInfo), IsNeeded = true, Sample = "partner-acme")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The description, at most 125,000 characters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given(EmptyText = "means none")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Its own tags. They win over default tags.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? Tag { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString; generated if omitted. It can never change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformSecret]
    [Alias("Key")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>The AWS Marketplace customer identifier.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    [Alias("customer_id")]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The usage plans the key is put into: ids or plan objects. A key grants no access until it is in one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformUsagePlanId]
    [Alias("UsagePlanIds", "usage_plans")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[]? UsagePlanId { get; set; }

    /// <summary>Tells a copy of a key from a row that describes a new one. It only binds from the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Arn { get; set; }

    /// <summary>Leaves the check of the value's length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns; or what the AWS CLI lists.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [TransformAwsDocument]
    [TransformPipedRow]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? Row { get; set; }
}
