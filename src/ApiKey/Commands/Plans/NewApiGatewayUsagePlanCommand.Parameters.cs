using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class NewApiGatewayUsagePlanCommand
{
    /// <summary>The name. Names need not be unique.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(UsagePlanInfo), IsNeeded = true, Sample = "gold")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
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

    /// <summary>The stages the plan opens: apiId:stage, or hashtables with throttles by method.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformApiStage]
    [Alias("ApiStages"), ArgumentCompleter(typeof(StageCompleter))]
    public PlanStage[] ApiStage { get; set; } = [];

    /// <summary>Requests a second that each key may make.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformNumber(AllowsFraction = true)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public double? RateLimit { get; set; }

    /// <summary>How many requests of one key may come at once.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? BurstLimit { get; set; }

    /// <summary>Requests that each key has in a period.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? QuotaLimit { get; set; }

    /// <summary>The period of the quota.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformChoice(typeof(QuotaPeriod))]
    public QuotaPeriod? QuotaPeriod { get; set; }

    /// <summary>Requests taken off the quota in the first period.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? QuotaOffset { get; set; }

    /// <summary>The AWS Marketplace product code: one call more.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    [ArgumentCompleter(typeof(ProductCodeCompleter))]
    public string? ProductCode { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns; or what the AWS CLI lists.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [TransformAwsDocument]
    [TransformPipedRow]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? Row { get; set; }
}
