using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Rotation;

/// <summary>A key with what rotation made of it.</summary>
/// <param name="Old">The key as it is now; null when it is not there.</param>
/// <param name="Successor">The key that says it came from it, with its value; null for none.</param>
/// <param name="Predecessor">The key it came from itself, when that is still there.</param>
internal sealed record KeyFamily(RawKey? Old, RawKey? Successor, RawKey? Predecessor);

/// <summary>
/// What rotations of one command read. The first keys are looked up one by one, so that results come at once; from then on
/// one listing serves all the others, and the members of all plans are listed once that many single look-ups were made.
/// </summary>
internal sealed class RotationLookup
{
    private const int Few = 8;

    private readonly ApiKeyOperations _keys;
    private readonly UsagePlanOperations _plans;
    private readonly CancellationToken _stop;
    private readonly SharedRead<KeyIndex> _allKeys;
    private readonly SharedRead<IReadOnlyList<UsagePlanInfo>> _allPlans;
    private readonly SharedRead<PlanMembers> _members;
    private int _keysAsked;
    private int _plansAsked;

    public RotationLookup(ApiKeyOperations keys, UsagePlanOperations plans, CancellationToken stop)
    {
        (_keys, _plans, _stop) = (keys, plans, stop);
        _allKeys = new(() => KeyIndex.ReadAsync(_keys, namePrefix: null, _stop));
        _allPlans = new(() => _plans.ListAllAsync(apiKeyId: null, _stop));
        _members = new(async () => await PlanMembers.ReadAsync(_plans, await _allPlans.GetAsync(), _stop));
    }

    /// <summary>Finds a key, its successor and its predecessor: one or two calls, or none once the listing is there.</summary>
    /// <param name="identity">The key.</param>
    /// <param name="mayBeGone">Whether to look for the successor of a key that is not there any more.</param>
    /// <param name="isChanged">Whether it was changed since the listing.</param>
    public async Task<KeyFamily> FindAsync(ApiKeyIdentity identity, bool mayBeGone, bool isChanged = false)
    {
        KeyFamily family = !isChanged && Interlocked.Increment(ref _keysAsked) > Few
            && (await _allKeys.GetAsync()).FamilyOf(identity.Id) is { Old: not null } known
            ? known
            : await FindOneAsync(identity, mayBeGone);
        return family.Successor is null
            && family.Old is { } old
            && RotationMarks.SuccessorOf(old) is { } id
            && await ReadAsync(id, includeValue: true) is { } successor
            && RotationMarks.IsPair(old.Id, RotationMarks.PredecessorOf(successor))
            ? family with { Successor = successor }
            : family;
    }

    /// <summary>The plans a key is in: one call, or none once the members of all plans are known.</summary>
    public async Task<IReadOnlyList<UsagePlanInfo>> PlansOfAsync(string keyId)
    {
        int asked = Interlocked.Increment(ref _plansAsked);
        return asked > Few && asked > (await _allPlans.GetAsync()).Count
            ? (await _members.GetAsync()).PlansOf(keyId)
            : await _plans.ListAllAsync(keyId, _stop);
    }

    private async Task<KeyFamily> FindOneAsync(ApiKeyIdentity identity, bool mayBeGone)
    {
        RawKey? old = null;
        string? name = identity.Key?.Name;
        if (identity.Key is null)
        {
            old = await ReadAsync(identity.Id, includeValue: false);
            name = old?.Name;
            if (old is null && !mayBeGone)
            {
                return new KeyFamily(null, null, null);
            }
        }

        // A successor has the same name, and the query is by the start of names: this finds the key itself too, as it is now.
        KeyFamily family = (await KeyIndex.ReadAsync(_keys, name, _stop)).FamilyOf(identity.Id);
        if (family.Old is null)
        {
            old ??= await ReadAsync(identity.Id, includeValue: false);
            if (old is not null && old.Name != name)
            {
                family = (await KeyIndex.ReadAsync(_keys, old.Name, _stop)).FamilyOf(identity.Id);
            }
        }

        return family with { Old = family.Old ?? old };
    }

    private async Task<RawKey?> ReadAsync(string id, bool includeValue)
    {
        try
        {
            return await _keys.ReadAsync(id, includeValue, _stop);
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Keys of a listing by id and by predecessor. Values are kept of successors alone.</summary>
    private sealed class KeyIndex
    {
        private readonly Dictionary<string, RawKey> _byId = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<RawKey>> _successors = new(StringComparer.Ordinal);

        public static async Task<KeyIndex> ReadAsync(ApiKeyOperations keys, string? namePrefix, CancellationToken cancellationToken)
        {
            KeyIndex index = new();
            ApiKeyQuery query = new(string.IsNullOrEmpty(namePrefix) ? null : namePrefix, IncludeValues: true);
            await foreach (IReadOnlyList<RawKey> page in keys.ListRaw(query, cancellationToken))
            {
                foreach (RawKey key in page)
                {
                    index.Add(key);
                }
            }

            return index;
        }

        public KeyFamily FamilyOf(string id)
        {
            RawKey? old = _byId.GetValueOrDefault(id);
            List<RawKey> candidates = _successors.GetValueOrDefault(id) ?? [];
            string? named = old is null ? null : RotationMarks.SuccessorOf(old);
            RawKey? successor = candidates.Find(key => key.Id == named) ?? candidates.MaxBy(key => key.CreatedDate);
            string? origin = old is null ? null : RotationMarks.PredecessorOf(old);
            return new KeyFamily(old, successor, origin is null ? null : _byId.GetValueOrDefault(origin));
        }

        private void Add(RawKey key)
        {
            _byId[key.Id] = key with { Value = null };
            if (RotationMarks.PredecessorOf(key) is { } origin)
            {
                if (!_successors.TryGetValue(origin, out List<RawKey>? successors))
                {
                    _successors.Add(origin, successors = []);
                }

                successors.Add(key);
            }
        }
    }
}
