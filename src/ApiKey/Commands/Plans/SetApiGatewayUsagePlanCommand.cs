using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Changes usage plans in place: only what differs is sent. What is not specified stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "ApiGatewayUsagePlan", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanInfo))]
public sealed class SetApiGatewayUsagePlanCommand : ChangingCmdlet
{
    private UsagePlanChange _change = new();

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
    [Alias("ApiStages")]
    public PlanStage[]? ApiStage { get; set; }

    /// <summary>Stages to open; of one that is open already, throttles of methods to set.</summary>
    [Parameter]
    [TransformApiStage]
    public PlanStage[]? AddApiStage { get; set; }

    /// <summary>Stages to open no more.</summary>
    [Parameter]
    [TransformApiStage]
    public PlanStage[]? RemoveApiStage { get; set; }

    /// <summary>The AWS Marketplace product code; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? ProductCode { get; set; }

    /// <summary>The plans' own tags, exactly these. They win over default tags.</summary>
    [Parameter]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>Tags to put on the plans next to those they have.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? AddTag { get; set; }

    /// <summary>Keys of tags to take off. A default tag that was overridden comes back with its default value.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Emits each plan as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        // Everything but the identity comes from the command line, so it is judged once, before any call.
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
            Tags = new TagChange((TagSet?)Tag, (TagSet?)AddTag ?? TagSet.Empty, RemoveTag ?? []),
        };
        TagPolicy policy = SessionPolicy;
        if (FindProblem(policy) is (string errorId, string message))
        {
            ThrowProblem(errorId, message, MyInvocation.InvocationName);
        }

        foreach (string warning in TagParameters.WarningsOf(_change.Tags, policy))
        {
            WriteWarning(warning);
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (UsagePlanIdentity given in Id)
        {
            UsagePlanOperations operations = PlanOperations(given.Connection);
            WarnOfStack($"Usage plan '{given}'", given.Plan?.StackName);
            if (FindPlanToAsk("Changing", operations, given) is { } identity
                && MayProceed($"Change {string.Join(", ", Summary())} of", $"usage plan '{identity}' in {operations.Region}"))
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

    private IEnumerable<string> Summary()
    {
        (string What, bool IsSaid)[] parts =
        [
            ("name", Name is not null),
            ("description", Description is not null),
            ("rate and burst", RateLimit is not null || RemoveThrottle),
            ("quota", QuotaLimit is not null || QuotaPeriod is not null || QuotaOffset is not null || RemoveQuota),
            ("stages", ApiStage is not null || AddApiStage is not null || RemoveApiStage is not null),
            ("product code", ProductCode is not null),
            ("tags", !_change.Tags.IsEmpty),
        ];
        return parts.Where(part => part.IsSaid).Select(part => part.What);
    }

    private (string ErrorId, string Message)? FindProblem(TagPolicy policy)
    {
        string? contradiction = this switch
        {
            { RemoveThrottle.IsPresent: true } when _change.Throttle is not null =>
                "-RemoveThrottle removes the rate and the burst; -RateLimit and -BurstLimit set them. Use either the one or the others.",
            { RemoveQuota.IsPresent: true } when QuotaLimit is not null || QuotaPeriod is not null || QuotaOffset is not null =>
                "-RemoveQuota removes the quota; -QuotaLimit, -QuotaPeriod and -QuotaOffset set it. Use either the one or the others.",
            { ApiStage: not null } when AddApiStage is not null || RemoveApiStage is not null =>
                "-ApiStage sets exactly these stages; -AddApiStage and -RemoveApiStage change some of them. Use either the one or the "
                + "others.",
            _ when TagParameters.FindContradiction(_change.Tags, AddTag is not null || RemoveTag is not null) is { } ofTags => ofTags,
            _ when _change.AddStages.FirstOrDefault(stage => _change.RemoveStages.Any(other => other.ToString() == stage.ToString()))
                is { } both => $"The stage {both} is in -AddApiStage and in -RemoveApiStage. Leave it out of one of the two.",
            _ => null,
        };
        if (contradiction is not null)
        {
            return ("ContradictoryParameters", contradiction);
        }

        if (!_change.ChangesSettings && _change.Tags.IsEmpty)
        {
            return ("NothingToChange", "Nothing to change was given. Specify at least one of -Name, -Description, -RateLimit with "
                + "-BurstLimit, -RemoveThrottle, -QuotaLimit, -RemoveQuota, -ApiStage, -AddApiStage, -RemoveApiStage, -ProductCode, -Tag, "
                + "-AddTag, -RemoveTag.");
        }

        IReadOnlyList<string> problems = UsagePlanRules.ProblemsOf(_change, policy);
        return problems.Count == 0 ? null : ("InvalidUsagePlan", string.Join(' ', problems));
    }
}
