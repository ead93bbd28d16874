using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Keys;

/// <summary>
/// What can be done with keys over one connection: the port's calls with the tag policy applied, in as few calls as AWS
/// allows. Every key that comes out shows Tags and TagsAll as Terraform would.
/// </summary>
internal sealed class ApiKeyOperations
{
    private readonly CallRunner _calls;
    private readonly ApiGatewayConnection _here;

    /// <summary>Operations over a connection.</summary>
    /// <param name="calls">Sends the calls.</param>
    /// <param name="connection">The connection they go over; emitted keys remember it.</param>
    /// <param name="policy">The tag policy, the environment counted in.</param>
    internal ApiKeyOperations(CallRunner calls, ApiGatewayConnection connection, TagPolicy policy)
    {
        _calls = calls;
        _here = connection with { Region = calls.Region };
        Policy = policy;
    }

    /// <summary>The region the keys live in.</summary>
    public string Region => _calls.Region;

    /// <summary>What time it is.</summary>
    internal TimeProvider Clock => _here.Clock ?? TimeProvider.System;

    /// <summary>The tag policy in force.</summary>
    public TagPolicy Policy { get; }

    /// <summary>
    /// Creates a key: one call. What is not specified gets Terraform's defaults, and a value made here: AWS takes a value only once,
    /// so however often the call is repeated after a lost answer, one key comes of it.
    /// </summary>
    public async Task<ApiKeyInfo> CreateAsync(ApiKeySpec spec, CancellationToken cancellationToken)
    {
        // A copy of a key that was rotated is not part of that rotation, though its tags say so.
        TagSet own = (spec.Tags ?? TagSet.Empty).Without(RotationMarks.All);
        ApiKeySpec complete = spec with
        {
            Description = spec.Description ?? ApiKeySpec.DefaultDescription,
            Enabled = spec.Enabled ?? true,
            Value = spec.Value ?? ApiKeyValue.Generate(),
            Tags = Policy.Merge(own).Without(RotationMarks.All),
        };
        ApiKeyInfo key = await CreateExactlyAsync(complete, isOwnValue: spec.Value is null, cancellationToken);
        return key.Tags.Equals(own) ? key : key with { Tags = own };
    }

    /// <summary>Which account, or endpoint, and region the keys live in. Needs the credentials, and no call to API Gateway.</summary>
    public Task<QuotaScope> FindPlaceAsync(CancellationToken cancellationToken) => _calls.FindQuotaScopeAsync(cancellationToken);

    /// <summary>Sends a batch of a key file: one call for all its rows.</summary>
    public Task<ImportAnswer> ImportAsync(ReadOnlyMemory<byte> keyFile, bool failOnWarnings, bool joinsPlans,
        CancellationToken cancellationToken) =>
        _calls.SendAsync(new ImportKeys(keyFile, failOnWarnings, joinsPlans), cancellationToken);

    /// <summary>Reads a key: one call.</summary>
    public async Task<ApiKeyInfo> GetAsync(string id, bool includeValue, CancellationToken cancellationToken) =>
        Present(await ReadAsync(id, includeValue, cancellationToken));

    /// <summary>The usage plans a key is in. For a missing key AWS answers none, too, so a key in none is read: one call more.</summary>
    /// <exception cref="ApiGatewayException">There is no such key.</exception>
    public async Task<IReadOnlyList<UsagePlanInfo>> ListPlansAsync(ApiKeyIdentity identity, UsagePlanOperations plans,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<UsagePlanInfo> found = await plans.ListAllAsync(identity.Id, cancellationToken);
        if (found.Count == 0 && identity.Key is null)
        {
            await GetAsync(identity.Id, includeValue: false, cancellationToken);
        }

        return found;
    }

    /// <summary>
    /// Lists keys, page by page: ceil(n/500) calls, none for pages nobody asks for. A key that is made or removed meanwhile can
    /// shift the pages, so that a key comes twice; it is handed on once.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> ListAsync(ApiKeyQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<RawKey> page in ListRaw(query, cancellationToken))
        {
            yield return [.. page.Select(Present)];
        }
    }

    /// <summary>
    /// Changes a key: one call for its fields, and for its tags at most a read, an untag and a tag. The answer to the field
    /// change serves as the read. Nothing is read when nobody needs it.
    /// </summary>
    /// <returns>The key as it is now; null when <paramref name="wantResult"/> is false and it was not read.</returns>
    public Task<ApiKeyInfo?> UpdateAsync(string id, ApiKeyChange change, bool wantResult, CancellationToken cancellationToken) =>
        UpdateAsync(id, change, known: null, wantResult, cancellationToken);

    /// <summary>Changes a key that was just read: it is not read again.</summary>
    public async Task<ApiKeyInfo> UpdateAsync(ApiKeyInfo known, ApiKeyChange change, CancellationToken cancellationToken) =>
        (await UpdateAsync(known.Id, change, Recall(known), wantResult: true, cancellationToken))!;

    /// <summary>Deletes a key: one call.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _calls.SendAsync(new DeleteKey(id), cancellationToken);

    /// <summary>A key with every tag on it: one call.</summary>
    internal Task<RawKey> ReadAsync(string id, bool includeValue, CancellationToken cancellationToken) =>
        _calls.SendAsync(new GetKey(id, includeValue), cancellationToken);

    /// <summary>Lists keys with every tag on them, as <see cref="ListAsync"/> does.</summary>
    internal IAsyncEnumerable<IReadOnlyList<RawKey>> ListRaw(ApiKeyQuery query, CancellationToken cancellationToken) =>
        Pages.ReadAsync(position => _calls.SendAsync(new ListKeys(query, position), cancellationToken), key => key.Id);

    /// <summary>Puts tags on a key whatever the tag policy is, as a rotation does with its marks: one call.</summary>
    internal Task MarkAsync(string id, TagSet marks, CancellationToken cancellationToken)
        => _calls.SendAsync(new TagKey(id, marks), cancellationToken);

    /// <summary>Disables a key: one call. What comes back has every tag on it.</summary>
    internal Task<RawKey> DisableAsync(string id, CancellationToken cancellationToken) =>
        _calls.SendAsync(new UpdateKey(id, new ApiKeyChange(new ApiKeySpec { Enabled = false }).Fields), cancellationToken);

    /// <summary>Finds the keys that hold certain values: one listing, however many values. Compared case-sensitively.</summary>
    public async IAsyncEnumerable<ApiKeyInfo> FindHoldersAsync(IReadOnlySet<string> values,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int missing = values.Count;
        await foreach (IReadOnlyList<ApiKeyInfo> page in ListAsync(new ApiKeyQuery(IncludeValues: true), cancellationToken))
        {
            foreach (ApiKeyInfo key in page.Where(key => key.Value is not null && values.Contains(key.Value)))
            {
                missing--;
                yield return key;
            }

            if (missing == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Creates a key with exactly these attributes and tags, default tags not counted in.</summary>
    /// <param name="complete">Everything that is asked for, the value included.</param>
    /// <param name="isOwnValue">Whether the value was generated for this create alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<ApiKeyInfo> CreateExactlyAsync(ApiKeySpec complete, bool isOwnValue, CancellationToken cancellationToken)
    {
        try
        {
            return Present(await _calls.SendAsync(new CreateKey(complete), cancellationToken));
        }
        catch (ApiGatewayException lost) when (lost.MayHaveHappened)
        {
            return await new LostCreate(this, complete, isOwnValue).FindAsync(lost, cancellationToken);
        }
        catch (ApiGatewayException conflict) when (conflict.Kind == ApiGatewayErrorKind.Conflict && !isOwnValue)
        {
            throw await NameHolderAsync(conflict, complete.Value!, cancellationToken);
        }
    }

    /// <summary>The conflict, with the key that holds the value. AWS says only that it is used; finding out by whom costs a
    /// listing.</summary>
    internal async Task<ApiGatewayException> NameHolderAsync(ApiGatewayException conflict, string value,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ApiKeyInfo holder in FindHoldersAsync(new HashSet<string>(StringComparer.Ordinal) { value }, cancellationToken))
            {
                return conflict.Because(
                    $"This value is already the value of API key '{holder}' in {Region}. Give another value, or change that key with "
                    + $"{Words.Typed.Command(Act.ChangeKey, holder.Id, holder.Name)}.");
            }
        }
        catch (ApiGatewayException failure)
        {
            return conflict.Because($"{conflict.Message}. Which key holds this value could not be determined: {failure.Message}");
        }

        return conflict.Because(
            $"{conflict.Message}. The key that holds this value is not among those of {Region} that these credentials can list.");
    }

    private async Task<ApiKeyInfo?> UpdateAsync(string id, ApiKeyChange change, RawKey? known, bool wantResult,
        CancellationToken cancellationToken)
    {
        List<string> done = [];
        try
        {
            RawKey? key = known;
            if (change.Fields.Count > 0)
            {
                key = await _calls.SendAsync(new UpdateKey(id, change.Fields), cancellationToken);
                done.AddRange(change.Fields.Select(field => field.Path[1..]));
            }

            if (change.ChangesTags)
            {
                if (key is null && (wantResult || change.Wanted.Tags is not null))
                {
                    key = await _calls.SendAsync(new GetKey(id, IncludeValue: false), cancellationToken);
                }

                TagSet? tags = await UpdateTagsAsync(id, change, key?.AllTags, done, cancellationToken);
                key = key is null ? null : key with { AllTags = tags! };
            }

            return key is null ? null : Present(key);
        }
        catch (ApiGatewayException failure) when (done.Count > 0)
        {
            throw failure.After(done);
        }
    }

    private async Task<TagSet?> UpdateTagsAsync(string id, ApiKeyChange change, TagSet? onKey, List<string> done,
        CancellationToken cancellationToken)
    {
        (IReadOnlyCollection<string> remove, TagSet add) = change.TagSteps(Policy, onKey);
        if (remove.Count > 0)
        {
            await _calls.SendAsync(new UntagKey(id, remove), cancellationToken);
            done.Add("removed tags");
        }

        if (add.Count > 0)
        {
            await _calls.SendAsync(new TagKey(id, add), cancellationToken);
        }

        return onKey?.Without(remove).Merge(add);
    }

    /// <summary>What users hold of a key: the tag policy is applied to what is on it. The one place where that is done.</summary>
    internal ApiKeyInfo Present(RawKey key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Description = key.Description,
        Enabled = key.Enabled,
        CustomerId = key.CustomerId,
        Value = key.Value,
        CreatedDate = key.CreatedDate,
        LastUpdatedDate = key.LastUpdatedDate,
        Arn = key.Arn,
        Region = key.Region,
        StageKeys = key.StageKeys,
        Tags = Policy.Own(key.AllTags),
        TagsAll = Policy.Managed(key.AllTags),
        RotatedFrom = RotationMarks.PredecessorOf(key),
        RotatedTo = RotationMarks.SuccessorOf(key),
        StackName = StackOwner.Of(key.AllTags),
        Connection = _here,
    };

    // What is known to be on a key that was read before: the tags that somebody manages here, and the marks of a rotation.
    private static RawKey Recall(ApiKeyInfo known) => new()
    {
        Id = known.Id,
        Name = known.Name,
        Description = known.Description,
        Enabled = known.Enabled,
        CustomerId = known.CustomerId,
        Value = known.Value,
        CreatedDate = known.CreatedDate,
        LastUpdatedDate = known.LastUpdatedDate,
        Arn = known.Arn,
        Region = known.Region,
        StageKeys = known.StageKeys,
        AllTags = known.TagsAll.Merge(RotationMarks.Of(known)).Merge(StackOwner.Tag(known.StackName)),
    };
}
