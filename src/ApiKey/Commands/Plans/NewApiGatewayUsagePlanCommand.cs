using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Commands;

/// <summary>Creates a usage plan: which stages its keys open, how fast, and how often. One call, two with a product code.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayUsagePlan", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanInfo))]
public sealed class NewApiGatewayUsagePlanCommand : NewCmdlet
{
    /// <summary>The name. Names need not be unique.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(UsagePlanInfo), IsNeeded = true, Sample = "gold")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The stages the plan opens: apiId:stage, or hashtables with throttles by method.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformApiStage]
    [Alias("ApiStages")]
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
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? ProductCode { get; set; }

    private protected override bool CreatesPlans => true;

    /// <inheritdoc/>
    protected override void Execute()
    {
        UsagePlanSpec spec = new()
        {
            Name = Name!,
            Description = string.IsNullOrEmpty(Description) ? null : Description,
            ApiStages = ApiStage ?? [],
            RateLimit = RateLimit,
            BurstLimit = BurstLimit,
            QuotaLimit = QuotaLimit,
            QuotaPeriod = QuotaPeriod,
            QuotaOffset = QuotaOffset,
            ProductCode = ProductCode,
            Tags = OwnTags ?? TagSet.Empty,
        };
        string name = Show.Quote(spec.Name);
        UsagePlanOperations operations = PlanOperations();
        if (!Refuse("InvalidUsagePlan", $"Usage plan {name}", UsagePlanRules.ProblemsOf(spec, operations.Policy), Show.Target(spec.Name))
            && MayProceed("Create", $"usage plan {name} in {operations.Region}"))
        {
            Calls.Start($"Creating usage plan {name}", spec.Name, () => operations.CreateWholeAsync(spec, StopToken), WriteObject,
                untaken: plan => new Untaken($"Usage plan {name} was made: {plan.Id}.", plan.Id));
        }
    }
}
