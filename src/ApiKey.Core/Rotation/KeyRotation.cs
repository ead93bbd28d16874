using System.Collections.Concurrent;
using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Rotation;

/// <summary>
/// Rotates the keys of one connection. A successor is created with every attribute, tag and the mark where it came from in one
/// call; it is put into the old key's plans; the old key is marked; and only then disabled or deleted, at once when the
/// successor can be relied on, and otherwise by an <see cref="OldKeyStep"/>. Stopped anywhere, the old key works as before, and
/// the next run finds the successor by its mark and goes on from there.
/// </summary>
/// <remarks>Writes of one rotation, the fewest AWS allows: CreateApiKey, a CreateUsagePlanKey for each plan, TagResource on the
/// old key (not when it is deleted at once), and UpdateApiKey or DeleteApiKey.</remarks>
internal sealed class KeyRotation
{
    private readonly ApiKeyOperations _keys;
    private readonly UsagePlanOperations _plans;
    private readonly RotationLookup _lookup;

    // Every key that was begun with, or is a successor; whether it is one.
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);

    // The end of every rotation that was started, by its key, numbered in that order; not what came of it, which may be thousands of keys.
    private readonly ConcurrentDictionary<string, (int Turn, Task End)> _started = new(StringComparer.Ordinal);
    private readonly RotationOrder _order;
    private readonly CancellationToken _stop;

    /// <summary>Rotations over one connection.</summary>
    public KeyRotation(ApiKeyOperations keys, UsagePlanOperations plans, RotationOrder order, CancellationToken cancellationToken)
    {
        (_keys, _plans, _order, _stop) = (keys, plans, order, cancellationToken);
        _lookup = new RotationLookup(keys, plans, cancellationToken);
    }

    /// <summary>
    /// Begins with a key. False when that was done before, or was made by a rotation of this command: while new keys are made,
    /// a listing that feeds the pipeline may come upon them.
    /// </summary>
    public bool TryBegin(string id) => _begun.TryAdd(id, false);

    /// <summary>Rotates a key, or finishes what an earlier run began. Several may be under way at once; what comes of a key and its
    /// successor is the same as one after the other, in the order they were started.</summary>
    /// <exception cref="ApiGatewayException">A step failed; the text says what was done before it. Running the same again goes
    /// on.</exception>
    public Task<RotationStep> RotateAsync(ApiKeyIdentity identity)
    {
        int turn = _started.Count;
        Task<RotationStep> rotation = RotateAsync(identity, turn);
        _started[identity.Id] = (turn, EndOfAsync(rotation));
        return rotation;
    }

    private async Task<RotationStep> RotateAsync(ApiKeyIdentity identity, int turn)
    {
        bool removes = _order.OldKey == OldKeyAction.Remove;
        KeyFamily family = await _lookup.FindAsync(identity, mayBeGone: removes);
        if (family.Successor is { } next && await HasEndedBeforeAsync(next.Id, turn))
        {
            family = await _lookup.FindAsync(identity, mayBeGone: removes, isChanged: true);
        }

        if (family.Old is { } one && RotationMarks.PredecessorOf(one) is { } origin)
        {
            await HasEndedBeforeAsync(origin, turn);
        }

        // Begun with before it was known as a successor, and its old key may be gone already.
        if (_begun.GetValueOrDefault(identity.Id))
        {
            return new RotationStep.LeftAlone(identity, Predecessor: null);
        }

        if (family.Old is not { } old)
        {
            // A deletion is the last step: when only the successor is left, everything was done and its answer was lost.
            return removes && family.Successor is { } left
                ? new RotationStep.Rotated(identity, Describe(identity.Key, _keys.Present(left), OldKeyState.Removed, isInPlan: true))
                : throw new ApiGatewayException(ApiGatewayErrorKind.NotFound, $"There is no API key '{identity}' in {_keys.Region}.");
        }

        if (family.Predecessor is { } predecessor && !_order.Force)
        {
            return new RotationStep.LeftAlone(identity, _keys.Present(predecessor));
        }

        IReadOnlyList<UsagePlanInfo> plans = await _lookup.PlansOfAsync(old.Id);
        RequireRoom(old, isInPlan: plans.Count > 0);
        if (plans.Count == 0 && old.StageKeys.Count > 0)
        {
            throw Refusal($"API key '{old}' opens stages by itself ({string.Join(", ", old.StageKeys)}), as keys did before usage plans, "
                + $"and a successor cannot. Put it into a plan of those stages with {Words.Typed.Command(Act.JoinPlan)} first.");
        }

        List<string> done = [];
        try
        {
            ApiKeyInfo successor = family.Successor is { } begun ? _keys.Present(Continue(begun)) : await CreateAsync(old, done);
            HashSet<string> there = family.Successor is null ? []
                : (await _lookup.PlansOfAsync(successor.Id)).Select(plan => plan.Id).ToHashSet(StringComparer.Ordinal);
            foreach (UsagePlanInfo plan in plans.Where(plan => !there.Contains(plan.Id)))
            {
                await _plans.AddKeyAsync(plan.Id, successor.Id, _stop);
                done.Add($"it is in usage plan '{plan}'");
            }

            return await SettleAsync(identity, old, successor, isInPlan: plans.Count > 0, done);
        }
        catch (ApiGatewayException failure) when (done.Count > 0)
        {
            // What is not there may be the old key.
            string oldKey = failure.Kind == ApiGatewayErrorKind.NotFound ? "" : "The old key works as before. ";
            throw failure.AfterOthers(
                $"{failure.Message.TrimEnd('.')}. Done before that: {string.Join(", ", done)}. {oldKey}Run the same command again to "
                + "finish.");
        }
    }

    // The rotation of another key, if it was started before this one.
    private async Task<bool> HasEndedBeforeAsync(string id, int turn)
    {
        if (!_started.TryGetValue(id, out (int Turn, Task End) other) || other.Turn >= turn)
        {
            return false;
        }

        await other.End;
        return true;
    }

    // How it ended is reported for its key.
    private static async Task EndOfAsync(Task rotation) => await Task.WhenAny(rotation);

    private static ApiGatewayException Refusal(string message) => new(ApiGatewayErrorKind.BadRequest, message);

    // A key that is removed at once gets no mark.
    private void RequireRoom(RawKey old, bool isInPlan)
    {
        bool isMarked = _order.OldKey != OldKeyAction.Remove || (isInPlan && old.Enabled && !_order.Force);
        TagSet onOld = old.AllTags.WithoutSystem().Merge(RotationMarks.Mark(RotationMarks.To, ""));
        if (RotationMarks.TagsForSuccessorOf(old).Count > TagRules.MaxTags
            || (isMarked && onOld.Count > TagRules.MaxTags))
        {
            throw Refusal($"API key '{old}' has {old.AllTags.WithoutSystem().Count} tags, and rotation puts one more on each key; AWS "
                + $"allows {TagRules.MaxTags}. Remove one with {Words.Typed.Command(Act.ChangeKey)} "
                + $"{Words.Typed.Setting(nameof(ApiKeyChange.RemoveTags))}.");
        }
    }

    private RawKey Continue(RawKey successor)
    {
        _begun[successor.Id] = true;
        return _order.Value is null || successor.Value is null || string.Equals(_order.Value, successor.Value, StringComparison.Ordinal)
            ? successor
            : throw new ApiGatewayException(ApiGatewayErrorKind.Conflict,
                $"API key '{successor}' is the successor already, and it has another value than the one given. Leave "
                + $"{Words.Typed.Setting(nameof(RotationOrder.Value))} out to finish with that successor, or remove it first.");
    }

    private async Task<ApiKeyInfo> CreateAsync(RawKey old, List<string> done)
    {
        ApiKeySpec spec = new()
        {
            Name = old.Name,
            Description = old.Description,
            CustomerId = old.CustomerId,
            Enabled = old.Enabled,
            Tags = RotationMarks.TagsForSuccessorOf(old),
            Value = _order.Value ?? ApiKeyValue.Generate(),
        };
        ApiKeyInfo successor = await _keys.CreateExactlyAsync(spec, isOwnValue: _order.Value is null, _stop);
        _begun[successor.Id] = true;
        done.Add($"successor '{successor}' was made");
        return successor;
    }

    // Nobody is cut off when the successor is known everywhere, or when nobody can call with the old key anyway.
    private async Task<RotationStep> SettleAsync(ApiKeyIdentity identity, RawKey old, ApiKeyInfo successor, bool isInPlan,
        List<string> done)
    {
        ApiKeyRotationInfo rotation = Describe(_keys.Present(old), successor, old.Enabled ? OldKeyState.Kept : OldKeyState.Disabled,
            isInPlan);
        OldKeyStep step = new(_keys, rotation, _order.OldKey, _stop);
        bool ends = _order.OldKey == OldKeyAction.Remove || (_order.OldKey == OldKeyAction.Disable && old.Enabled);
        bool endsNow = ends && (_order.Force || !old.Enabled || step.TimeLeft <= TimeSpan.Zero);
        if (RotationMarks.SuccessorOf(old) != successor.Id && !(endsNow && _order.OldKey == OldKeyAction.Remove))
        {
            TagSet mark = RotationMarks.Mark(RotationMarks.To, successor.Id);
            await _keys.MarkAsync(old.Id, mark, _stop);
            done.Add("the old key is marked");
            rotation.Old = _keys.Present(old with { AllTags = old.AllTags.Merge(mark) });
        }

        if (endsNow)
        {
            await step.CarryOutAsync();
        }
        else if (ends)
        {
            rotation.OldKey = _order.NoWait ? OldKeyState.Kept : OldKeyState.Waiting;
            return new RotationStep.Rotated(identity, rotation, step);
        }

        return new RotationStep.Rotated(identity, rotation);
    }

    private ApiKeyRotationInfo Describe(ApiKeyInfo? old, ApiKeyInfo successor, OldKeyState state, bool isInPlan) => new()
    {
        Old = old is null ? null : old with { Value = null },
        New = successor,
        OldKey = state,
        ReliableFrom = PlanJoins.By(_keys.Clock).ReliableFrom(successor.Id, successor.CreatedDate, isInPlan),
    };
}
