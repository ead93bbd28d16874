using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Rotation;

/// <summary>What is asked of a rotation.</summary>
/// <param name="OldKey">What becomes of the old key.</param>
/// <param name="Value">The successor's value; null to generate one.</param>
/// <param name="Force">Whether to rotate a key whose own predecessor is still there, and not to wait for the successor.</param>
/// <param name="NoWait">Whether an old key stays as it is when it would have to wait for its successor.</param>
internal sealed record RotationOrder(OldKeyAction OldKey, string? Value = null, bool Force = false, bool NoWait = false);

/// <summary>What came of a rotation: the successor is in place, or the key was left alone because its own predecessor is still
/// there.</summary>
/// <param name="Done">Old and new; null when the key was left alone.</param>
/// <param name="Predecessor">Why it was left alone: the key it came from; null when it was not.</param>
/// <param name="Left">What is left to do once the successor can be relied on; null for nothing.</param>
internal sealed record RotationResult(ApiKeyRotationInfo? Done, ApiKeyInfo? Predecessor, OldKeyStep? Left = null);

/// <summary>The last step of a rotation, which waits for the successor: disabling or removing the old key.</summary>
/// <param name="Rotation">What is reported when it is done.</param>
/// <param name="Action">What is to become of the old key.</param>
internal sealed record OldKeyStep(ApiKeyRotationInfo Rotation, OldKeyAction Action);

/// <summary>
/// Rotates the keys of one command. A successor is created with every attribute, tag and the mark where it came from in one
/// call; it is put into the old key's plans; the old key is marked; and only then disabled or deleted, at once when the
/// successor can be relied on, and otherwise by <see cref="EndAsync"/>. Stopped anywhere, the old key works as before, and the
/// next run finds the successor by its mark and goes on from there.
/// </summary>
/// <remarks>Writes of one rotation, the fewest AWS allows: CreateApiKey, a CreateUsagePlanKey for each plan, TagResource on the
/// old key (not when it is deleted at once), and UpdateApiKey or DeleteApiKey.</remarks>
internal sealed class KeyRotation
{
    private readonly ApiKeyOperations _keys;
    private readonly UsagePlanOperations _plans;
    private readonly RotationLookup _lookup;
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly CancellationToken _stop;

    /// <summary>Rotations over one connection.</summary>
    public KeyRotation(ApiKeyOperations keys, UsagePlanOperations plans, CancellationToken cancellationToken)
    {
        (_keys, _plans, _stop) = (keys, plans, cancellationToken);
        _lookup = new RotationLookup(keys, plans, cancellationToken);
    }

    /// <summary>What time it is.</summary>
    public TimeProvider Clock => _keys.Clock;

    /// <summary>
    /// Begins with a key. False when that was done before, or was made by a rotation of this command: while new keys are made,
    /// a listing that feeds the pipeline may come upon them.
    /// </summary>
    public bool TryBegin(string id)
    {
        lock (_begun)
        {
            return _begun.Add(id);
        }
    }

    /// <summary>Rotates a key, or finishes what an earlier run began.</summary>
    /// <exception cref="ApiGatewayException">A step failed; the text says what was done before it. Running the same again goes
    /// on.</exception>
    public async Task<RotationResult> RotateAsync(ApiKeyIdentity identity, RotationOrder order)
    {
        KeyFamily family = await _lookup.FindAsync(identity, mayBeGone: order.OldKey == OldKeyAction.Remove);
        if (family.Old is not { } old)
        {
            // A deletion is the last step: when only the successor is left, everything was done and its answer was lost.
            return order.OldKey == OldKeyAction.Remove && family.Successor is { } left
                ? new RotationResult(Describe(identity.Key, _keys.Present(left), OldKeyState.Removed, isInPlan: true), null)
                : throw new ApiGatewayException(ApiGatewayErrorKind.NotFound, $"There is no API key '{identity}' in {_keys.Region}.");
        }

        if (family.Predecessor is { } predecessor && !order.Force)
        {
            return new RotationResult(null, _keys.Present(predecessor));
        }

        RequireRoom(old, order);
        IReadOnlyList<UsagePlanInfo> plans = await _lookup.PlansOfAsync(old.Id);
        if (plans.Count == 0 && old.StageKeys.Count > 0)
        {
            throw Refusal($"API key '{old}' opens stages by itself ({string.Join(", ", old.StageKeys)}), as keys did before usage plans, "
                + "and a successor cannot. Put it into a plan of those stages with Add-ApiGatewayUsagePlanKey first.");
        }

        List<string> done = [];
        try
        {
            ApiKeyInfo successor = family.Successor is { } begun ? _keys.Present(Continue(begun, order))
                : await CreateAsync(old, order, done);
            HashSet<string> there = family.Successor is null ? []
                : (await _lookup.PlansOfAsync(successor.Id)).Select(plan => plan.Id).ToHashSet(StringComparer.Ordinal);
            foreach (UsagePlanInfo plan in plans.Where(plan => !there.Contains(plan.Id)))
            {
                await _plans.AddKeyAsync(plan.Id, successor.Id, _stop);
                done.Add($"it is in usage plan '{plan}'");
            }

            return await SettleAsync(old, successor, order, isInPlan: plans.Count > 0, done);
        }
        catch (ApiGatewayException failure) when (done.Count > 0)
        {
            throw failure.AfterOthers(
                $"{failure.Message.TrimEnd('.')}. Done before that: {string.Join(", ", done)}. The old key works as before. Run the same "
                + "command again to finish.");
        }
    }

    private static ApiGatewayException Refusal(string message) => new(ApiGatewayErrorKind.BadRequest, message);

    private static void RequireRoom(RawKey old, RotationOrder order)
    {
        TagSet onOld = old.AllTags.WithoutSystem().Merge(RotationMarks.Mark(RotationMarks.To, ""));
        if (RotationMarks.TagsForSuccessorOf(old)
            .Count > TagRules.MaxTags || (order.OldKey != OldKeyAction.Remove && onOld.Count > TagRules.MaxTags))
        {
            throw Refusal($"API key '{old}' has {old.AllTags.WithoutSystem().Count} tags, and rotation puts one more on each key; AWS "
                + $"allows {TagRules.MaxTags}. Remove one with Set-ApiGatewayApiKey -RemoveTag.");
        }
    }

    private RawKey Continue(RawKey successor, RotationOrder order)
    {
        TryBegin(successor.Id);
        return order.Value is null || successor.Value is null || string.Equals(order.Value, successor.Value, StringComparison.Ordinal)
            ? successor
            : throw new ApiGatewayException(ApiGatewayErrorKind.Conflict,
                $"API key '{successor}' is the successor already, and it has another value than the one given. Leave -Value out to finish "
                + "with that successor, or remove it first.");
    }

    private async Task<ApiKeyInfo> CreateAsync(RawKey old, RotationOrder order, List<string> done)
    {
        ApiKeySpec spec = new()
        {
            Name = old.Name,
            Description = old.Description,
            CustomerId = old.CustomerId,
            Enabled = old.Enabled,
            Tags = RotationMarks.TagsForSuccessorOf(old),
            Value = order.Value ?? ApiKeyValue.Generate(),
        };
        ApiKeyInfo successor = await _keys.CreateExactlyAsync(spec, isOwnValue: order.Value is null, _stop);
        TryBegin(successor.Id);
        done.Add($"successor '{successor}' was made");
        return successor;
    }

    // Nobody is cut off when the successor is known everywhere, or when nobody can call with the old key anyway.
    private async Task<RotationResult> SettleAsync(RawKey old, ApiKeyInfo successor, RotationOrder order, bool isInPlan, List<string> done)
    {
        ApiKeyRotationInfo rotation = Describe(_keys.Present(old), successor, old.Enabled ? OldKeyState.Kept : OldKeyState.Disabled,
            isInPlan);
        bool ends = order.OldKey == OldKeyAction.Remove || (order.OldKey == OldKeyAction.Disable && old.Enabled);
        bool endsNow = ends && (order.Force || !old.Enabled || rotation.ReliableFrom <= Clock.GetUtcNow());
        if (RotationMarks.SuccessorOf(old) != successor.Id && !(endsNow && order.OldKey == OldKeyAction.Remove))
        {
            TagSet mark = RotationMarks.Mark(RotationMarks.To, successor.Id);
            await _keys.MarkAsync(old.Id, mark, _stop);
            done.Add("the old key is marked");
            rotation.Old = _keys.Present(old with { AllTags = old.AllTags.Merge(mark) });
        }

        OldKeyStep step = new(rotation, order.OldKey);
        if (endsNow)
        {
            await CarryOutAsync(step);
        }
        else if (ends)
        {
            rotation.OldKey = order.NoWait ? OldKeyState.Kept : OldKeyState.Waiting;
            return new RotationResult(rotation, null, step);
        }

        return new RotationResult(rotation, null);
    }

    /// <summary>Disables or removes the old key of a rotation; what was reported about it changes with it.</summary>
    /// <exception cref="ApiGatewayException">It was not done; the old key is as it was, and running the same again goes on.</exception>
    public async Task EndAsync(OldKeyStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            await CarryOutAsync(step);
        }
        catch (ApiGatewayException gone) when (gone.Kind == ApiGatewayErrorKind.NotFound && step.Action == OldKeyAction.Remove)
        {
            // Somebody else removed it meanwhile.
            step.Rotation.OldKey = OldKeyState.Removed;
        }
        catch (ApiGatewayException failure)
        {
            step.Rotation.OldKey = OldKeyState.Kept;
            throw failure.Because($"{failure.Message.TrimEnd('.')}. Its successor '{step.Rotation.New}' is in place. Run the same command "
                + "again to finish.");
        }
    }

    private async Task CarryOutAsync(OldKeyStep step)
    {
        ApiKeyInfo old = step.Rotation.Old!;
        if (step.Action == OldKeyAction.Remove)
        {
            await _keys.DeleteAsync(old.Id, _stop);
            step.Rotation.OldKey = OldKeyState.Removed;
            return;
        }

        RawKey disabled = await _keys.DisableAsync(old.Id, _stop);
        step.Rotation.Old = _keys.Present(disabled) with { Value = null };
        step.Rotation.OldKey = OldKeyState.Disabled;
    }

    private ApiKeyRotationInfo Describe(ApiKeyInfo? old, ApiKeyInfo successor, OldKeyState state, bool isInPlan) => new()
    {
        Old = old is null ? null : old with { Value = null },
        New = successor,
        OldKey = state,
        ReliableFrom = PlanJoins.ReliableFrom(successor.Id, successor.CreatedDate, isInPlan, Clock.GetUtcNow()),
    };
}
