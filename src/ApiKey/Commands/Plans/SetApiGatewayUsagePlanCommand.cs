using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Changes usage plans in place: only what differs is sent. What is not specified stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "ApiGatewayUsagePlan", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanInfo))]
public sealed partial class SetApiGatewayUsagePlanCommand : ChangingCmdlet, ICompletesTags
{
    private UsagePlanChange _change = new();

    /// <inheritdoc/>
    protected override void Begin()
    {
        _change = new UsagePlanChange
        {
            Name = Name,
            Description = Description,
            ProductCode = ProductCode,
            Throttle = RateLimit is null && BurstLimit is null ? null : new ThrottleLimits(RateLimit, BurstLimit),
            RemovesThrottle = RemoveThrottle,
            QuotaLimit = QuotaLimit,
            QuotaPeriod = QuotaPeriod,
            QuotaOffset = QuotaOffset,
            RemovesQuota = RemoveQuota,
            ApiStages = ApiStage,
            AddStages = AddApiStage ?? [],
            RemoveStages = RemoveApiStage ?? [],
            Tags = ChangeCheck.TagsOf(Tag, AddTag, RemoveTag),
        };
        new ChangeCheck(this, _change.Tags).Refuse("InvalidUsagePlan", _change.Parts.Count == 0, "-RateLimit with -BurstLimit, "
            + "-RemoveThrottle, -QuotaLimit, -RemoveQuota, -ApiStage, -AddApiStage, -RemoveApiStage, -ProductCode", FindContradiction(),
            policy => UsagePlanRules.ProblemsOf(_change, policy));
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (UsagePlanIdentity given in Id)
        {
            UsagePlanOperations operations = PlanOperations(given.Connection);
            WarnOfStack($"Usage plan '{given}'", given.Plan?.StackName);
            if (FindPlanToAsk("Changing", operations, given) is { } identity
                && MayProceed($"Change {string.Join(", ", _change.Parts)} of", $"usage plan '{identity}' in {operations.Region}"))
            {
                Calls.Start(
                    $"Changing usage plan '{identity}'",
                    given.Target,
                    () => operations.Names.WithAsync(identity, found => operations.UpdateAsync(found.Id, _change, StopToken), StopToken),
                    plan =>
                    {
                        if (PassThru)
                        {
                            WriteObject(plan);
                        }
                    },
                    untaken: _ => new Untaken($"Usage plan '{identity}' was changed."));
            }
        }
    }

    private string? FindContradiction() => this switch
    {
        { RemoveThrottle.IsPresent: true } when _change.Throttle is not null =>
            "-RemoveThrottle removes the rate and the burst; -RateLimit and -BurstLimit set them. Use either the one or the others.",
        { RemoveQuota.IsPresent: true } when QuotaLimit is not null || QuotaPeriod is not null || QuotaOffset is not null =>
            "-RemoveQuota removes the quota; -QuotaLimit, -QuotaPeriod and -QuotaOffset set it. Use either the one or the others.",
        { ApiStage: not null } when AddApiStage is not null || RemoveApiStage is not null =>
            "-ApiStage sets exactly these stages; -AddApiStage and -RemoveApiStage change some of them. Use either the one or the others.",
        _ when _change.AddStages.FirstOrDefault(stage => _change.RemoveStages.Any(other => other.ToString() == stage.ToString()))
            is { } both => $"The stage {both} is in -AddApiStage and in -RemoveApiStage. Leave it out of one of the two.",
        _ => null,
    };
}
