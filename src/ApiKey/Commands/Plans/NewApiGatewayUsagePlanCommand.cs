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

/// <summary>Creates a usage plan: which stages its keys open, how fast, and how often. One call, two with a product code.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayUsagePlan", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanInfo))]
public sealed partial class NewApiGatewayUsagePlanCommand : ChangingCmdlet, ICompletesTags
{
    private protected override IDictionary? PipedRow => TransformPipedRowAttribute.Piped(Row);

    private protected override IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => AwsDocument.RowsOf(piped, isOfPlans: true);

    internal override string RemedyFor(IReadOnlyList<string> ids) =>
        Creation.RemedyFor("UsagePlan", ids, PlanOperations().Region, hasValue: false);

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
            Tags = (TagSet?)Tag ?? TagSet.Empty,
        };
        string name = Show.Quote(spec.Name);
        UsagePlanOperations operations = PlanOperations();
        IReadOnlyList<string> problems = UsagePlanRules.ProblemsOf(spec, operations.Policy);
        if (!Refuse(Creation.ProblemOf("InvalidUsagePlan", $"Usage plan {name}", problems), Show.Target(spec.Name))
            && MayProceed("Create", $"usage plan {name} in {operations.Region}"))
        {
            Calls.Start($"Creating usage plan {name}", spec.Name, () => operations.CreateWholeAsync(spec, StopToken), WriteObject,
                untaken: plan => new Untaken($"Usage plan {name} was made: {plan.Id}.", plan.Id));
        }
    }
}
