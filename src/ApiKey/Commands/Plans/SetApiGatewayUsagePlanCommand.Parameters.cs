using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <content>The parameters.</content>
public sealed partial class SetApiGatewayUsagePlanCommand
{
    /// <summary>The plans to change: ids, names that only one plan has, or plan objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsIdColumn = true, IsNeeded = true)]
    [Alias("UsagePlanId")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] Id { get; set; } = [];

    /// <summary>The new name. Names need not be unique.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The new description; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Requests a second that each key may make. Goes with BurstLimit.</summary>
    [Parameter]
    [TransformNumber(AllowsFraction = true)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public double? RateLimit { get; set; }

    /// <summary>How many requests of one key may come at once. Goes with RateLimit.</summary>
    [Parameter]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? BurstLimit { get; set; }

    /// <summary>Takes the rate and the burst off.</summary>
    [Parameter]
    public SwitchParameter RemoveThrottle { get; set; }

    /// <summary>Requests that each key has in a period.</summary>
    [Parameter]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? QuotaLimit { get; set; }

    /// <summary>The period of the quota.</summary>
    [Parameter]
    [TransformChoice(typeof(QuotaPeriod))]
    public QuotaPeriod? QuotaPeriod { get; set; }

    /// <summary>Requests taken off the quota in the first period.</summary>
    [Parameter]
    [TransformNumber]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? QuotaOffset { get; set; }

    /// <summary>Takes the quota off.</summary>
    [Parameter]
    public SwitchParameter RemoveQuota { get; set; }

    /// <summary>The stages the plans open, exactly these, with exactly these throttles of methods.</summary>
    [Parameter]
    [TransformApiStage(EmptyMap = "means no stages")]
    [Alias("ApiStages"), ArgumentCompleter(typeof(StageCompleter))]
    public PlanStage[]? ApiStage { get; set; }

    /// <summary>Stages to open; of one that is open already, throttles of methods to set.</summary>
    [Parameter]
    [TransformApiStage, ArgumentCompleter(typeof(StageCompleter))]
    public PlanStage[]? AddApiStage { get; set; }

    /// <summary>Stages to open no more.</summary>
    [Parameter]
    [TransformApiStage, ArgumentCompleter(typeof(StageCompleter))]
    public PlanStage[]? RemoveApiStage { get; set; }

    /// <summary>The AWS Marketplace product code; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(ProductCodeCompleter))]
    public string? ProductCode { get; set; }

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

    /// <summary>Emits each plan as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
