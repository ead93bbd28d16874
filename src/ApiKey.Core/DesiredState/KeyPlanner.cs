using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>What a plan may do.</summary>
/// <param name="AllowReplace">Whether a key whose value differs may be replaced.</param>
/// <param name="PruneTags">Keys with all of these tags are removed when nothing wants them; null removes nothing.</param>
/// <param name="AllowEmptyScope">Whether every key with these tags may be removed.</param>
internal sealed record PlanRules(bool AllowReplace = false, TagSet? PruneTags = null, bool AllowEmptyScope = false);

/// <summary>Why a desired state cannot be planned.</summary>
/// <param name="ErrorId">The stable id of the error.</param>
/// <param name="Lines">What is wrong and what to do, line by line; never a value.</param>
/// <param name="Target">What it is about: a name, an id or tags.</param>
internal sealed record PlanProblem(string ErrorId, IReadOnlyList<string> Lines, object Target);

/// <summary>
/// What must be done so that the keys are as wanted: a pure function of what is wanted, what is there and the tag policy. With
/// one problem nothing is planned: a key that could not be distinguished from another one must not be taken for one nobody wants.
/// </summary>
internal sealed class KeyPlanner
{
    // So many look for themselves: right before and right after each.
    private const int FewCreates = 3;

    private readonly TagPolicy _policy;
    private readonly PlanRules _rules;
    private readonly string _region;
    private readonly IReadOnlyList<ApiKeyInfo> _actual;
    private readonly Dictionary<string, ApiKeyInfo> _byId;
    private readonly ILookup<string, ApiKeyInfo> _byName;
    private readonly ILookup<string, ApiKeyInfo> _byValue;
    private readonly Dictionary<string, DesiredKey> _assigned = new(StringComparer.Ordinal);
    private readonly List<PlanProblem> _problems = [];
    private readonly List<(DesiredKey Wanted, ApiKeyInfo[] Named)> _ambiguous = [];

    private static string AllowReplace => Words.Typed.Setting(nameof(PlanRules.AllowReplace));

    private KeyPlanner(IReadOnlyList<ApiKeyInfo> actual, string region, TagPolicy policy, PlanRules rules)
    {
        (_actual, _region, _policy, _rules) = ([.. actual.DistinctBy(key => key.Id, StringComparer.Ordinal)], region, policy, rules);
        _byId = _actual.ToDictionary(key => key.Id, StringComparer.Ordinal);
        _byName = _actual.Where(key => !HasSuccessor(key) && !(OriginOf(key) is { } origin && origin.Name == key.Name))
            .ToLookup(key => key.Name ?? "", StringComparer.Ordinal);

        // A lookup, not a dictionary: that one would name the value when it came twice.
        _byValue = _actual.Where(key => key.Value is not null).ToLookup(key => key.Value!, StringComparer.Ordinal);
    }

    /// <summary>The changes, those of wanted keys in their order and then removals; or why there is no plan.</summary>
    /// <param name="desired">What should be.</param>
    /// <param name="actual">Every key of the region; with values when anything desired has one.</param>
    /// <param name="region">The region.</param>
    /// <param name="policy">The tag policy.</param>
    /// <param name="rules">What the plan may do.</param>
    public static (IReadOnlyList<PlannedChange> Changes, IReadOnlyList<PlanProblem> Problems) Plan(
        IReadOnlyList<DesiredKey> desired, IReadOnlyList<ApiKeyInfo> actual, string region, TagPolicy policy, PlanRules rules)
    {
        KeyPlanner planner = new(actual, region, policy, rules);
        foreach (DesiredKey key in desired.Where(key => key.Id is not null))
        {
            planner.AssignById(key);
        }

        PlannedChange?[] changes = [.. desired.Select(key => key.Id is null ? planner.PlanByName(key) : planner.PlanById(key))];
        planner.ReportAmbiguous();
        IReadOnlyList<PlannedChange> removals = planner.PlanRemovals();
        return planner._problems.Count > 0 ? ([], planner._problems)
            : ([.. planner.LookTogether([.. changes.Select(change => change!)]), .. removals], []);
    }

    // Whether another run makes the same keys is looked for by each create, or for all of them in one listing, whichever is less.
    private PlannedChange[] LookTogether(PlannedChange[] changes)
    {
        int creates = changes.Count(change => change.Action == PlanAction.Create);
        int pages = ((_actual.Count + creates - 1) / ApiKeyQuery.PageSize) + 1;
        if (creates <= FewCreates || pages >= creates * (PlanExecution.CreateCalls - 1))
        {
            return changes;
        }

        int last = Array.FindLastIndex(changes, change => change.Action == PlanAction.Create);
        return
        [
            .. changes.Select((change, at) => change.Action != PlanAction.Create ? change
                : change with { LooksTogether = true, Calls = at == last ? 1 + pages : 1 }),
        ];
    }

    private void AssignById(DesiredKey wanted)
    {
        if (_byId.ContainsKey(wanted.Id!))
        {
            _assigned[wanted.Id!] = wanted;
        }
        else
        {
            Refuse("ApiKeyNotFound",
                $"{wanted.Origin} means API key {Show.Quote(wanted.Spec.Name)} by its id {Show.Plain(wanted.Id)}, which does not exist in "
                + $"{_region}. Remove the id to mean the key by its name, and have it created if there is none.", wanted.Id!);
        }
    }

    private PlannedChange? PlanById(DesiredKey wanted)
    {
        if (!_byId.TryGetValue(wanted.Id!, out ApiKeyInfo? current))
        {
            return null;
        }

        return wanted.Spec.Value is { } value && !string.Equals(value, current.Value, StringComparison.Ordinal)
            ? Refuse("ValueIsImmutable", current.Value is null
                ? $"{wanted.Origin} gives a value for API key '{current}', and AWS did not show which one it has. Remove the value."
                : $"{wanted.Origin} gives another value for API key '{current}' than it has, and a key's value can never change. Remove "
                    + $"the value; or remove the id and allow a new key in its place with {AllowReplace}.", current.Id)
            : Update(wanted, current);
    }

    private PlannedChange? PlanByName(DesiredKey wanted)
    {
        ApiKeyInfo[] named = [.. _byName[wanted.Spec.Name!]];
        if (named.FirstOrDefault(key => _assigned.ContainsKey(key.Id)) is { } takenById)
        {
            return Refuse("AmbiguousApiKey",
                $"{wanted.Origin} means API key '{takenById}' by its name, and {_assigned[takenById.Id].Origin} means it by its id. Give "
                + "this one its id too, or another name.", wanted.Spec.Name!);
        }

        if (wanted.Spec.Value is { } value)
        {
            return PlanByValue(wanted, named, value);
        }

        return named switch
        {
            [] => Create(wanted),
            [var only] => Update(Assign(wanted, only), only),
            _ => RefuseAmbiguous(wanted, named),
        };
    }

    private PlannedChange? PlanByValue(DesiredKey wanted, ApiKeyInfo[] named, string value)
    {
        if (_byValue[value].FirstOrDefault() is { } holder && !named.Contains(holder))
        {
            if (OriginOf(holder) is { } origin)
            {
                return Refuse(
                    "RotationUnfinished",
                    $"The value that {wanted.Origin} specifies for API key {Show.Quote(wanted.Spec.Name)} is that of API key '{holder}', "
                    + "which a rotation of API key "
                    + $"'{origin}' made and has not yet put in its place. Finish the rotation with "
                    + $"{Words.Typed.Command(Act.RotateKey, origin.Id, origin.Name)}, then run this again.",
                    wanted.Spec.Name!);
            }

            return Refuse("ApiKeyConflict",
                $"The value that {wanted.Origin} gives for API key {Show.Quote(wanted.Spec.Name)} is already that of API key '{holder}', "
                + "and AWS accepts a value only once. To rename that key, give this entry its id.", wanted.Spec.Name!);
        }

        holder = named.FirstOrDefault(key => string.Equals(key.Value, value, StringComparison.Ordinal));
        ApiKeyInfo[] others = [.. named.Where(key => key != holder)];
        return (holder, others) switch
        {
            (null, []) => Create(wanted),
            (null, [{ Value: null } unreadable])
                => Refuse("ApiKeyConflict",
                    $"Whether API key '{unreadable}' has the value that {wanted.Origin} gives cannot be determined: AWS did not show it. "
                    + "Remove the value.", wanted.Spec.Name!),
            (null, [var old]) => Replace(Assign(wanted, old), old, successor: null),
            ({ } same, []) => Update(Assign(wanted, same), same),

            // What a replacement leaves that made the new key and could not remove the old one.
            ({ } successor, [var old]) when old.CreatedDate <= successor.CreatedDate
                => Replace(Assign(Assign(wanted, old), successor), old, successor),
            _ => RefuseAmbiguous(wanted, named),
        };
    }

    private PlannedChange Create(DesiredKey wanted)
    {
        ApiKeySpec spec = wanted.Spec;
        return new PlannedChange
        {
            Action = PlanAction.Create,
            Name = spec.Name!,
            Region = _region,
            Differences = KeyComparison.OfNew(spec, _policy),
            Reason = "No key of this name is there.",
            Calls = PlanExecution.CreateCalls,
            Wanted = spec,
        };
    }

    private PlannedChange Update(DesiredKey wanted, ApiKeyInfo current)
    {
        KeyComparison comparison = new(wanted.Spec, current, _policy);
        return new PlannedChange
        {
            Action = comparison.Change.IsEmpty ? PlanAction.None : PlanAction.Update,
            Name = wanted.Spec.Name!,
            Id = current.Id,
            Region = _region,
            Differences = comparison.Differences,
            Reason = (comparison.Change.IsEmpty ? "The key is as it should be." : "The key differs.")
                + (comparison.Kept.Count > 0 ? " Its customer id stays, as AWS cannot clear one." : ""),
            Calls = comparison.Calls,
            Current = current,
            Key = comparison.Change.IsEmpty ? current with { Value = null } : null,
            Wanted = wanted.Spec,
            Update = comparison.Change.Wanted,
        };
    }

    private PlannedChange? Replace(DesiredKey wanted, ApiKeyInfo old, ApiKeyInfo? successor)
    {
        if (!_rules.AllowReplace)
        {
            return Refuse("ReplaceNotAllowed",
                $"{wanted.Origin} gives another value than API key '{old}' has, and a key's value can never change. {AllowReplace} "
                + "creates a new key and removes this one, and whoever calls with the old value is refused; or remove the value.",
                    wanted.Spec.Name!);
        }

        KeyComparison comparison = new(wanted.Spec, successor ?? old, _policy);
        return new PlannedChange
        {
            Action = PlanAction.Replace,
            Name = wanted.Spec.Name!,
            Id = old.Id,
            Region = _region,
            Differences = [new FieldDifference("Value", FieldDifference.Sensitive, FieldDifference.Sensitive), .. comparison.Differences],
            Reason = successor is null
                ? $"A value cannot change: a new key is made, {(wanted.UsagePlans is null ? "in no usage plan" : "in the plans listed")}, "
                    + $"then this one is removed. Needs {AllowReplace}."
                : $"A replacement did not end: key {successor.Id} has the value already, and this one is removed. Needs "
                    + $"{AllowReplace}.",
            // Whether it leaves plans is looked at before.
            Calls = 1 + (successor is null ? 1 : comparison.Calls) + (successor is null && wanted.UsagePlans is null ? 1 : 0),
            Current = old,
            Successor = successor,
            LeavesPlans = successor is null && wanted.UsagePlans is null,
            Wanted = wanted.Spec,
            Update = successor is null ? null : comparison.Change.Wanted,
        };
    }

    private List<PlannedChange> PlanRemovals()
    {
        if (_rules.PruneTags is not { } tags)
        {
            return [];
        }

        ApiKeyInfo[] scope = [.. _actual.Where(key => key.TagsAll.ContainsAll(tags))];
        ApiKeyInfo[] unwanted = [.. scope.Where(key => !_assigned.ContainsKey(key.Id) && !HasSuccessor(key) && OriginOf(key) is null)];
        if (_problems.Count == 0 && unwanted.Length > 0 && !scope.Any(key => _assigned.ContainsKey(key.Id)) && !_rules.AllowEmptyScope)
        {
            (string which, string what, string them) = unwanted.Length == 1 ? ("The only key", "no such key", "it")
                : ($"Every one of the {unwanted.Length} keys", "none of them", "them");
            Refuse("WouldEmptyScope",
                $"{which} with the tags {tags} would be removed, because the desired state has {what}. Check "
                + $"{Words.Typed.Setting(nameof(PlanRules.PruneTags))} and the desired state; use "
                + $"{Words.Typed.Setting(nameof(PlanRules.AllowEmptyScope))} to remove {them}.", tags);
        }

        return
        [
            .. unwanted.OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal)
                .Select(key => new PlannedChange
            {
                Action = PlanAction.Remove,
                Name = key.Name ?? "",
                Id = key.Id,
                Region = _region,
                Reason = $"The desired state does not have it, and it has the tags {tags}.",
                Calls = 1,
                Current = key,
            }),
        ];
    }

    // Callers still use it until its rotation ends: a name means the successor, and nothing here removes the old key.
    private bool HasSuccessor(ApiKeyInfo key) =>
        key.RotatedTo is { } id && id != key.Id && _byId.GetValueOrDefault(id) is { } successor
            && RotationMarks.IsPair(key.Id, successor.RotatedFrom);

    // The key that this one is to take the place of, while their rotation has made this one and not come to the mark on the
    // old key. Until then a name means the old key, and nothing here removes the new one: callers may have its value already.
    private ApiKeyInfo? OriginOf(ApiKeyInfo key) =>
        key.RotatedFrom is { } origin && origin != key.Id && _byId.GetValueOrDefault(origin) is { } old && !HasSuccessor(old) ? old : null;

    private DesiredKey Assign(DesiredKey wanted, ApiKeyInfo key)
    {
        _assigned[key.Id] = wanted;
        return wanted;
    }

    private PlannedChange? RefuseAmbiguous(DesiredKey wanted, ApiKeyInfo[] named)
    {
        _ambiguous.Add((wanted, named));
        return null;
    }

    // Two runs at once can leave every key twice; hundreds of errors would say less than one.
    private void ReportAmbiguous()
    {
        const int MostShown = 20;
        if (_ambiguous is [(DesiredKey only, ApiKeyInfo[] named)])
        {
            Refuse("AmbiguousApiKey",
                $"{named.Length} keys in {_region} have the name {Show.Quote(only.Spec.Name)} that {only.Origin} gives: {Ids(named)}. Give "
                + "the entry the id of the one that is meant.", only.Spec.Name!);
        }
        else if (_ambiguous.Count > 1)
        {
            IEnumerable<string> lines = _ambiguous.Take(MostShown)
                .Select(one => $"  {Show.Quote(one.Wanted.Spec.Name)} ({one.Wanted.Origin}): {Ids(one.Named)}.");
            string[] more = _ambiguous.Count > MostShown ? [$"  and {_ambiguous.Count - MostShown} more."] : [];
            Refuse(
                "AmbiguousApiKey",
                "Give these entries the ids of the keys that are meant. If two runs at the same time made each key twice, remove the keys "
                + "that nobody uses: "
                + $"{Words.Typed.Command(Act.ShowNamesakes)} shows them, {Words.Typed.Command(Act.ShowUsage)} which ones are used.",
                _ambiguous.Select(one => one.Wanted.Spec.Name!).ToArray(),
                [$"{_ambiguous.Count} names of the desired state are those of several keys in {_region} each:", .. lines, .. more]);
        }
    }

    private static string Ids(IEnumerable<ApiKeyInfo> keys)
        => string.Join(", ", keys.Select(key => Show.Plain(key.Id)).Order(StringComparer.Ordinal));

    private PlannedChange? Refuse(string errorId, string message, object target, IReadOnlyList<string>? before = null)
    {
        _problems.Add(new PlanProblem(errorId, [.. before ?? [], message], target));
        return null;
    }
}
