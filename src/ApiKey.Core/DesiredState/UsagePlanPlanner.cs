using System.Globalization;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// What must be done so that keys, usage plans and the keys in them are as wanted: a pure function, as <see cref="KeyPlanner"/>, which
/// plans the keys of it.
/// </summary>
internal sealed class UsagePlanPlanner
{
    private readonly DesiredEntries _desired;
    private readonly ActualState _actual;
    private readonly TagPolicy _policy;
    private readonly PlanRules _rules;
    private readonly List<PlanProblem> _problems = [];
    private readonly List<PlannedChange> _changes = [];

    // Every plan there is or will be, with the entry that wants it and the id it has or gets.
    private readonly List<Target> _targets = [];

    // Which two plans cannot both open which stage.
    private readonly HashSet<(Target, Target, string)> _reported = [];

    private UsagePlanPlanner(DesiredEntries desired, ActualState actual, TagPolicy policy, PlanRules rules)
    {
        (_desired, _actual, _policy, _rules) = (desired, actual, policy, rules);
    }

    /// <summary>The changes in the order in which they are made; or why there is no plan.</summary>
    public static (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<PlanProblem> Problems) Plan(
        DesiredEntries desired, ActualState actual, TagPolicy policy, PlanRules rules)
    {
        (IReadOnlyList<PlannedChange> keys, IReadOnlyList<PlanProblem> problems) = KeyPlanner.Plan(desired.Keys, actual.Keys, actual.Region,
            policy, desired.ListsKeys ? rules : rules with { PruneTags = null });
        if (!desired.TouchesPlans)
        {
            return (keys, problems);
        }

        UsagePlanPlanner planner = new(desired, actual, policy, rules);
        planner._problems.AddRange(problems);
        planner.PlanPlans();
        if (planner._problems.Count == 0)
        {
            keys = [.. keys.Select(WithHolder)];
            planner.PlanMembers([.. desired.Keys.Zip(keys)]);
            planner.PlanRemovals();
        }

        return planner._problems.Count > 0 ? ([], planner._problems)
            : ([.. planner._changes.Concat(keys).OrderBy(change => change.Turn)], []);
    }

    /// <summary>
    /// The plans whose keys must be read: all of them when a key has a list of its own; otherwise those that are named, and those where a
    /// key may come to have one stage by two plans, which AWS refuses.
    /// </summary>
    public static IReadOnlyList<UsagePlanInfo> PlansToRead(DesiredEntries desired, IReadOnlyList<UsagePlanInfo> plans)
    {
        if (desired.Keys.Any(key => key.UsagePlans is not null))
        {
            return plans;
        }

        UsagePlanInfo[] named = [.. plans.Where(plan => desired.Members.Any(member => Fits(member.Plan, plan.Id, plan.Name)
            || member.Plan.Plan is { Id: null } entry && entry.Spec.Name == plan.Name))];
        (UsagePlanInfo Plan, HashSet<string> Stages)[] after = [.. plans.Select(plan => (plan, StagesAfter(desired, plan)))];
        HashSet<string> contested = [.. after.SelectMany(one => one.Stages.Except(StagesOf(one.Plan.ApiStages), StringComparer.Ordinal))
            .Where(stage => after.Count(one => one.Stages.Contains(stage)) > 1)];
        if (desired.Members.Count > 0)
        {
            contested.UnionWith(after.Where(one => named.Contains(one.Plan)).SelectMany(one => one.Stages)
                .Concat(desired.Plans.Where(entry => entry.Id is null && plans.All(plan => plan.Name != entry.Spec.Name))
                    .SelectMany(entry => StagesOf(entry.Spec.ApiStages))));
        }

        return [.. after.Where(one => named.Contains(one.Plan) || one.Stages.Overlaps(contested)).Select(one => one.Plan)];
    }

    private static HashSet<string> StagesAfter(DesiredEntries desired, UsagePlanInfo plan) => StagesOf(desired.Plans
        .FirstOrDefault(entry => entry.Id is null ? entry.Spec.Name == plan.Name : entry.Id == plan.Id)?.Spec.ApiStages
        ?? plan.ApiStages);

    private static HashSet<string> StagesOf(IEnumerable<PlanStage> stages) =>
        stages.Select(stage => stage.ToString()).ToHashSet(StringComparer.Ordinal);

    private static bool Fits(PlanReference reference, string? id, string? name) =>
        (reference.Kind != PlanReferenceKind.Name && reference.Text == id)
        || (reference.Kind != PlanReferenceKind.Id && reference.Text == name);

    private static PlannedChange WithHolder(PlannedChange change) => change with
    {
        Made = new MadeId { Id = change.Action == PlanAction.Replace ? change.Successor?.Id : change.Id },
    };

    private void PlanPlans()
    {
        Dictionary<string, DesiredPlan> assigned = new(StringComparer.Ordinal);
        foreach (DesiredPlan plan in _desired.Plans.Where(plan => plan.Id is not null))
        {
            if (_actual.Plans.Any(there => there.Id == plan.Id))
            {
                assigned[plan.Id!] = plan;
            }
            else
            {
                Refuse("UsagePlanNotFound", $"{plan.Origin} means usage plan {Show.Quote(plan.Spec.Name)} by its id {Show.Plain(plan.Id)}, "
                    + $"which does not exist in {_actual.Region}. Remove the id to mean the plan by its name, and have it created if there "
                    + "is none.", plan.Id!);
            }
        }

        foreach (DesiredPlan plan in _desired.Plans)
        {
            UsagePlanInfo[] there = plan.Id is not null ? [.. _actual.Plans.Where(one => one.Id == plan.Id)]
                : [.. _actual.Plans.Where(one => one.Name == plan.Spec.Name)];
            if (plan.Id is null && there.FirstOrDefault(one => assigned.ContainsKey(one.Id)) is { } taken)
            {
                Refuse("AmbiguousUsagePlan", $"{plan.Origin} means usage plan '{taken}' by its name, and {assigned[taken.Id].Origin} means "
                    + "it by its id. Give this one its id too, or another name.", plan.Spec.Name);
            }
            else if (there.Length > 1)
            {
                Refuse("AmbiguousUsagePlan", $"{there.Length} usage plans in {_actual.Region} have the name {Show.Quote(plan.Spec.Name)} "
                    + $"that {plan.Origin} gives: {Ids(there)}. Give the entry the id of the one that is meant.", plan.Spec.Name);
            }
            else if (plan.Id is null || there.Length > 0)
            {
                PlanOne(plan, there.FirstOrDefault());
            }
        }

        HashSet<string> wanted = [.. _targets.Select(target => target.Current?.Id).OfType<string>()];
        _targets.AddRange(_actual.Plans.Where(plan => !wanted.Contains(plan.Id))
            .Select(plan => new Target(null, plan, new MadeId { Id = plan.Id })));
    }

    private void PlanOne(DesiredPlan plan, UsagePlanInfo? current)
    {
        MadeId made = new() { Id = current?.Id };
        _targets.Add(new Target(plan, current, made));
        PlannedChange line = new()
        {
            Resource = PlannedResource.UsagePlan,
            Action = PlanAction.Create,
            Name = plan.Spec.Name,
            Id = current?.Id,
            Region = _actual.Region,
            Reason = "No usage plan of this name is there.",
            Made = made,
            WantedPlan = plan.Spec,
            CurrentPlan = current,
        };
        if (current is null)
        {
            _changes.Add(line with
            {
                Differences = UsagePlanComparison.OfNew(plan.Spec, _policy),
                Calls = PlanExecution.CreateCalls + (plan.Spec.ProductCode is null ? 0 : 1),
            });
            return;
        }

        // AWS refuses a stage for a plan while a key of it has the stage by another plan. Where that may be, the stage comes when keys have
        // left, and other plans have lost it. Another plan may have it now, or get it in the same run.
        HashSet<string> elsewhere = [.. _actual.Plans.Where(other => other.Id != current.Id)
            .SelectMany(other => StagesOf(other.ApiStages).Concat(StagesAfter(_desired, other)))];
        HashSet<string> here = StagesOf(current.ApiStages);
        UsagePlanSpec early = plan.Spec with
        {
            ApiStages = [.. plan.Spec.ApiStages.Where(stage => here.Contains(stage.ToString()) || !elsewhere.Contains(stage.ToString()))],
        };
        UsagePlanComparison first = new(early, current, _policy);
        bool hasLate = early.ApiStages.Count < plan.Spec.ApiStages.Count;
        if (first.Calls > 0 || !hasLate)
        {
            _changes.Add(line with
            {
                Action = first.Calls > 0 ? PlanAction.Update : PlanAction.None,
                Reason = first.Calls > 0 ? "The usage plan differs." : "The usage plan is as it should be.",
                Differences = first.Differences,
                Calls = first.Calls,
                WantedPlan = early,
                Plan = first.Calls > 0 ? null : current,
            });
        }

        if (hasLate)
        {
            UsagePlanInfo between = current with
            {
                Name = early.Name,
                Description = early.Description,
                ProductCode = early.ProductCode,
                ApiStages = early.ApiStages,
                RateLimit = early.RateLimit,
                BurstLimit = early.BurstLimit,
                QuotaLimit = early.QuotaLimit,
                QuotaPeriod = early.QuotaPeriod,
                QuotaOffset = early.QuotaOffset,
                TagsAll = _policy.Managed(_policy.Merge(early.Tags)),
            };
            UsagePlanComparison second = new(plan.Spec, between, _policy);
            _changes.Add(line with
            {
                Action = PlanAction.Update,
                Reason = "The usage plan opens a stage that another one opens: keys leave that one first.",
                Differences = second.Differences,
                Calls = second.Calls,
                CurrentPlan = between,
                IsLate = true,
            });
        }
    }

    private void PlanMembers(IReadOnlyList<(DesiredKey Wanted, PlannedChange Line)> keys)
    {
        Dictionary<DesiredKey, PlannedChange> lines = new(ReferenceEqualityComparer.Instance);
        Dictionary<string, (MadeId Key, string Name, List<(Target Plan, DesiredSource Source, NodePlace Place)> Wanted, bool IsExact)>
            all = new(StringComparer.Ordinal);
        int number = 0;
        foreach ((DesiredKey wanted, PlannedChange line) in keys)
        {
            lines[wanted] = line;
            if (wanted.UsagePlans is { } plans)
            {
                all[line.Made!.Id ?? $"new {number++}"] = (line.Made, line.Name,
                    [.. plans.Select(plan => (Find(plan, wanted.Source), wanted.Source, plan.Place)).Where(plan => plan.Item1 is not null)
                        .Select(plan => (plan.Item1!, plan.Source, plan.Place))], true);
            }
        }

        foreach (DesiredMember member in _desired.Members)
        {
            PlannedChange? line = member.Key is null ? keys.FirstOrDefault(key => key.Line.Id == member.KeyId).Line
                : lines.GetValueOrDefault(member.Key);
            ApiKeyInfo? there = line is null ? _actual.Keys.FirstOrDefault(key => key.Id == member.KeyId) : null;
            if (line is null && there is null)
            {
                Refuse("ApiKeyNotFound", $"{Where(member.Source, member.Place)} puts API key {Show.Plain(member.KeyId)} into a usage plan, "
                    + $"and there is no such key in {_actual.Region}.", member.KeyId ?? "");
                continue;
            }

            if (Find(member.Plan, member.Source) is not { } target)
            {
                continue;
            }

            MadeId made = line?.Made ?? new MadeId { Id = there!.Id };
            string which = all.FirstOrDefault(one => ReferenceEquals(one.Value.Key, made)).Key ?? made.Id ?? $"new {number++}";
            if (!all.TryGetValue(which, out var known))
            {
                known = all[which] = (made, line?.Name ?? there!.Name ?? "", [], false);
            }

            known.Wanted.Add((target, member.Source, member.Place));
        }

        foreach ((MadeId key, string name, var wanted, bool isExact) in all.Values)
        {
            PlanKey(key, name, wanted, isExact);
        }

        // A key that is replaced leaves its plans before they change.
        RefuseSharedStages([.. all.Keys, .. keys.Where(key => key.Line.Action == PlanAction.Replace).Select(key => key.Line.Id!)]);
    }

    // A stage that a plan gets is one of every key in it, also of those that the desired state does not speak of.
    private void RefuseSharedStages(HashSet<string> planned)
    {
        (Target Plan, HashSet<string> Stages, IReadOnlySet<string> Keys)[] read = [.. _targets
            .Where(target => target.Current is not null && _actual.KeysByPlan.ContainsKey(target.Current.Id))
            .Select(target => (target, StagesOf(target.Stages), _actual.KeysByPlan[target.Current!.Id]))];
        foreach ((Target plan, HashSet<string> stages, IReadOnlySet<string> members) in read.Where(one => one.Plan.Wanted is not null))
        {
            string[] added = [.. stages.Except(StagesOf(plan.Current!.ApiStages), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            foreach ((Target other, HashSet<string> others, IReadOnlySet<string> theirs) in added.Length == 0 ? [] : read)
            {
                // Where both get the stage, the one that comes first is reported.
                string? stage = added.FirstOrDefault(others.Contains);
                string[] shared = stage is null || other == plan || _reported.Contains((other, plan, stage)) ? []
                    : [.. members.Where(key => theirs.Contains(key) && !planned.Contains(key)).Order(StringComparer.Ordinal)];
                if (shared.Length > 0)
                {
                    _reported.Add((plan, other, stage!));
                    ApiKeyInfo? key = _actual.Keys.FirstOrDefault(key => key.Id == shared[0]);
                    Refuse("UsagePlanConflict", $"{plan.Wanted!.Origin} gives usage plan {Show.Quote(plan.Name)} the stage {stage}, which "
                        + $"usage plan {Show.Quote(other.Name)} opens too, and API key '{key?.ToString() ?? Show.Plain(shared[0])}'"
                        + (shared.Length == 1 ? " is" : string.Create(CultureInfo.InvariantCulture, $" and {shared.Length - 1} more are"))
                        + " in both: AWS allows a key in one plan for each stage. Remove the "
                        + (shared.Length == 1 ? "key from one of the plans" : "keys from one of the plans")
                        + ", or leave the stage to one of them.", plan.Name);
                }
            }
        }
    }

    private void PlanKey(MadeId key, string name, IReadOnlyList<(Target Plan, DesiredSource Source, NodePlace Place)> wanted, bool isExact)
    {
        foreach ((Target plan, DesiredSource source, NodePlace place) in wanted.GroupBy(one => one.Plan)
            .SelectMany(same => isExact ? same.Skip(1) : []))
        {
            Refuse("InvalidDesiredState", $"{Where(source, place)} names usage plan {Show.Quote(plan.Name)} a second time for API key "
                + $"{Show.Quote(name)}. Keep one of the two.", name);
        }

        Target[] targets = [.. wanted.Select(one => one.Plan).Distinct()];
        Target[] present = key.Id is null ? [] : [.. _targets.Where(target => target.Current is { } plan
            && _actual.KeysByPlan.TryGetValue(plan.Id, out IReadOnlySet<string>? members) && members.Contains(key.Id))];
        Target[] final = isExact ? targets : [.. targets.Union(present)];
        IGrouping<string, (string Stage, Target Plan)>? shared = final
            .SelectMany(target => target.Stages.Select(stage => (Stage: stage.ToString(), Plan: target)))
            .GroupBy(one => one.Stage, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (shared is not null && wanted.Count > 0)
        {
            Refuse("UsagePlanConflict", $"{Where(wanted[0].Source, wanted[0].Place)}: API key {Show.Quote(name)} would be in the usage "
                + $"plans {string.Join(" and ", shared.Select(one => Show.Quote(one.Plan.Name)))}, which both open the stage {shared.Key}, "
                + "and AWS allows a key in one plan for each stage. Keep the key in one of them.", name);
            return;
        }

        foreach (Target plan in targets.Except(present))
        {
            _changes.Add(Member(key, name, plan, PlanAction.Create, "The key is not in the usage plan."));
        }

        foreach (Target plan in isExact ? present.Except(targets) : [])
        {
            _changes.Add(Member(key, name, plan, PlanAction.Remove, "The desired state does not have the key in the usage plan."));
        }
    }

    private PlannedChange Member(MadeId key, string name, Target plan, PlanAction action, string reason) => new()
    {
        Resource = PlannedResource.UsagePlanKey,
        Action = action,
        Name = name,
        Id = key.Id,
        UsagePlan = plan.Current is null ? plan.Name : $"{plan.Name} ({plan.Current.Id})",
        Region = _actual.Region,
        Reason = reason,
        Calls = 1,
        Made = key,
        MadePlan = plan.Made,
    };

    private Target? Find(PlanReference reference, DesiredSource source)
    {
        Target[] found = reference.Plan is { } entry ? [.. _targets.Where(target => ReferenceEquals(target.Wanted, entry))]
            : [.. _targets.Where(target => reference.Kind != PlanReferenceKind.Name && target.Current?.Id == reference.Text)];
        if (found.Length == 0 && reference.Kind != PlanReferenceKind.Id)
        {
            found = [.. _targets.Where(target => target.Name == reference.Text)];
        }

        if (found is [var only])
        {
            only.IsReferred = true;
            return only;
        }

        Refuse(
            found.Length == 0 ? "UsagePlanNotFound" : "AmbiguousUsagePlan",
            found.Length == 0
                ? $"{Where(source, reference.Place)} names usage plan {Show.Quote(reference.Text)}, which is neither in the desired state "
                    + $"nor in {_actual.Region}. Add it to usage_plans, or give the name or id of one that exists."
                : $"{Where(source, reference.Place)} names usage plan {Show.Quote(reference.Text)}, and {found.Length} have that name: "
                    + $"{Ids(found.Select(target => target.Current).OfType<UsagePlanInfo>())}. Give the id of the one that is meant.",
            reference.Text);
        return null;
    }

    private void PlanRemovals()
    {
        if (!_desired.ListsPlans || _rules.PruneTags is not { } tags)
        {
            return;
        }

        Target[] scope = [.. _targets.Where(target => target.Current?.TagsAll.ContainsAll(tags) is true)];
        Target[] unwanted = [.. scope.Where(target => target is { Wanted: null, IsReferred: false })];
        if (unwanted.Length > 0 && unwanted.Length == scope.Length && !_rules.AllowEmptyScope)
        {
            (string which, string them) = unwanted.Length == 1 ? ("The only usage plan", "it")
                : ($"Every one of the {unwanted.Length} usage plans", "them");
            Refuse("WouldEmptyScope", $"{which} with the tags {tags} would be removed, because the desired state has none of them. Check "
                + $"{Words.Typed.Setting(nameof(PlanRules.PruneTags))} and the desired state; use "
                + $"{Words.Typed.Setting(nameof(PlanRules.AllowEmptyScope))} to remove {them}.", tags);
        }

        _changes.AddRange(unwanted.OrderBy(target => target.Name, StringComparer.Ordinal)
            .ThenBy(target => target.Current!.Id, StringComparer.Ordinal).Select(target => new PlannedChange
            {
                Resource = PlannedResource.UsagePlan,
                Action = PlanAction.Remove,
                Name = target.Name,
                Id = target.Current!.Id,
                Region = _actual.Region,
                Reason = $"The desired state does not have it, and it has the tags {tags}.",
                Calls = target.Current.ApiStages.Count > 0 ? 2 : 1,
                CurrentPlan = target.Current,
            }));
    }

    private static string Where(DesiredSource source, NodePlace place) => place.Column == 0 ? source.Origin(place)
        : string.Create(CultureInfo.InvariantCulture, $"Line {place.Line}, column {place.Column} of {Path.GetFileName(source.Name)}");

    private static string Ids(IEnumerable<UsagePlanInfo> plans) =>
        string.Join(", ", plans.Select(plan => Show.Plain(plan.Id)).Order(StringComparer.Ordinal));

    private void Refuse(string errorId, string message, object target) => _problems.Add(new PlanProblem(errorId, [message], target));

    private sealed class Target(DesiredPlan? wanted, UsagePlanInfo? current, MadeId made)
    {
        public DesiredPlan? Wanted => wanted;

        public UsagePlanInfo? Current => current;

        public MadeId Made => made;

        public bool IsReferred { get; set; }

        public string Name => wanted?.Spec.Name ?? current?.Name ?? "";

        public IReadOnlyList<PlanStage> Stages => wanted?.Spec.ApiStages ?? current!.ApiStages;
    }
}
