using System.Collections;
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

/// <summary>Creates a usage plan: which stages its keys open, how fast, and how often. One call.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayUsagePlan", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanInfo))]
public sealed class NewApiGatewayUsagePlanCommand : ChangingCmdlet
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

    /// <summary>The plan's own tags. They win over default tags.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns; or what the AWS CLI lists.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [TransformAwsDocument]
    [TransformPipedRow]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? Row { get; set; }

    private protected override IDictionary? PipedRow => TransformPipedRowAttribute.Piped(Row);

    private protected override IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => AwsDocument.RowsOf(piped, isOfPlans: true);

    internal override string? RemedyFor(IReadOnlyList<string> ids) =>
        $"Get-ApiGatewayUsagePlan -Id {string.Join(", ", ids)} -Region {PlanOperations().Region} reads them; Remove-ApiGatewayUsagePlan "
        + $"{string.Join(", ", ids)} -Region {PlanOperations().Region} removes them.";

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
            Tags = (TagSet?)Tag ?? TagSet.Empty,
        };
        UsagePlanOperations operations = PlanOperations();
        if (UsagePlanRules.ProblemsOf(spec, operations.Policy) is { Count: > 0 } problems)
        {
            WriteProblem("InvalidUsagePlan", $"Usage plan {Show.Quote(spec.Name)} was not created. {string.Join(' ', problems)}",
                Show.Target(spec.Name));
            return;
        }

        if (MayProceed("Create", $"usage plan {Show.Quote(spec.Name)} in {operations.Region}"))
        {
            Calls.Start(
                $"Creating usage plan {Show.Quote(spec.Name)}",
                spec.Name,
                () => operations.CreateAsync(spec, StopToken),
                WriteObject,
                untaken: plan => new Untaken($"Usage plan {Show.Quote(spec.Name)} was made: {plan.Id}.", plan.Id));
        }
    }
}
