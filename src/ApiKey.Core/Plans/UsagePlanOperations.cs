using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Plans;

/// <summary>What can be done with usage plans over one connection: the port's calls, with the tag policy applied and failures reported with
/// ids.</summary>
internal sealed partial class UsagePlanOperations
{
    private readonly CallRunner _calls;
    private readonly ApiGatewayConnection _here;

    /// <summary>Operations over a connection.</summary>
    /// <param name="calls">Sends the calls.</param>
    /// <param name="connection">The connection they go over; emitted objects remember it.</param>
    /// <param name="policy">The tag policy, the environment counted in.</param>
    internal UsagePlanOperations(CallRunner calls, ApiGatewayConnection connection, TagPolicy policy)
    {
        _calls = calls;
        _here = connection with { Region = calls.Region };
        Policy = policy;
        Names = new PlanNames(stop => ListAllAsync(apiKeyId: null, stop), Region);
    }

    /// <summary>Which plans texts mean: ids and names.</summary>
    public PlanNames Names { get; }

    /// <summary>The region the plans live in.</summary>
    public string Region => _calls.Region;

    /// <summary>The tag policy in force.</summary>
    public TagPolicy Policy { get; }

    private PlanJoins Joins => PlanJoins.By(_here.Clock ?? TimeProvider.System);

    /// <summary>Creates a plan: one call. When its answer is lost nobody can tell whether it was made, as names are not unique.</summary>
    public async Task<UsagePlanInfo> CreateAsync(UsagePlanSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return Present(await _calls.SendAsync(new CreatePlan(spec with { Tags = Policy.Merge(spec.Tags) }), cancellationToken))
                with
            { Tags = spec.Tags };
        }
        catch (ApiGatewayException lost) when (lost.MayHaveHappened)
        {
            throw new ApiGatewayException(
                ApiGatewayErrorKind.OutcomeUnknown,
                $"The answer was lost ({lost.Message.TrimEnd('.')}), so the plan may or may not have been made. Before you repeat this, "
                + $"look with {Words.Typed.Command(Act.ShowPlans, name: spec.Name)}, and remove any duplicates.",
                lost)
            {
                Resource = ApiGatewayResource.UsagePlan,
                StatusCode = lost.StatusCode,
                RequestId = lost.RequestId,
            };
        }
        catch (ApiGatewayException failure)
        {
            throw Explain(failure, planId: null, keyId: null);
        }
    }

    /// <summary>Creates a plan with all that it should have: AWS accepts a product code of an existing plan only, which is one call
    /// more.</summary>
    /// <exception cref="ApiGatewayException">It failed; what there is then is in the message.</exception>
    public async Task<UsagePlanInfo> CreateWholeAsync(UsagePlanSpec spec, CancellationToken cancellationToken)
    {
        UsagePlanInfo made = await CreateAsync(spec, cancellationToken);
        if (spec.ProductCode is null)
        {
            return made;
        }

        try
        {
            UsagePlanSpec whole = new UsagePlanChange { ProductCode = spec.ProductCode }.Over(made);
            return await UpdateAsync(made, PlanPatches.Between(made, whole), [], TagSet.Empty, cancellationToken) with { Tags = made.Tags };
        }
        catch (ApiGatewayException failure)
        {
            throw failure.AfterOthers($"Usage plan '{made}' was created, but its product code was not set: {failure.Message} Set it on "
                + "that plan instead of creating another one.");
        }
    }

    /// <summary>Reads a plan: one call.</summary>
    public async Task<UsagePlanInfo> GetAsync(string id, CancellationToken cancellationToken) =>
        Present(await ExplainAsync(_calls.SendAsync(new GetPlan(id), cancellationToken), id));

    /// <summary>Reads the plan that is meant, by id or by name: one call; one or two more for a name.</summary>
    public Task<UsagePlanInfo> GetAsync(UsagePlanIdentity given, CancellationToken cancellationToken) => Names.WithAsync(
        given,
        found => given.Plan is null && found.Plan is { } listed ? Task.FromResult(listed) : GetAsync(found.Id, cancellationToken),
        cancellationToken);

    /// <summary>
    /// Changes a plan: a read, and one call for all settings that differ (AWS allows one in 20 seconds after the first few); for its tags
    /// at most an untag and a tag.
    /// </summary>
    /// <exception cref="ApiGatewayException">It failed, or the plan would not be one that AWS accepts.</exception>
    public async Task<UsagePlanInfo> UpdateAsync(string id, UsagePlanChange change, CancellationToken cancellationToken)
    {
        RawPlan plan = await ExplainAsync(_calls.SendAsync(new GetPlan(id), cancellationToken), id);
        UsagePlanSpec wanted = change.Over(plan.Untagged);
        if (change.ChangesSettings && UsagePlanRules.ProblemsOf(wanted, TagPolicy.None) is { Count: > 0 } problems)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.BadRequest, $"Nothing was changed. {string.Join(' ', problems)}")
            {
                Resource = ApiGatewayResource.UsagePlan,
            };
        }

        (IReadOnlyCollection<string> remove, TagSet add) = change.Tags.Steps(Policy, plan.AllTags, kept: []);
        return Present(await SendAsync(plan, change.ChangesSettings ? PlanPatches.Between(plan.Untagged, wanted) : [], remove, add,
            cancellationToken));
    }

    /// <summary>Changes a plan that was just read: it is not read again. At most one call for its settings, one to take tags off and one to
    /// put tags on.</summary>
    public async Task<UsagePlanInfo> UpdateAsync(UsagePlanInfo known, IReadOnlyList<PlanPatch> patches, IReadOnlyCollection<string> remove,
        TagSet add, CancellationToken cancellationToken) =>
        Present(await SendAsync(new RawPlan(known, known.TagsAll), patches, remove, add, cancellationToken));

    private async Task<RawPlan> SendAsync(RawPlan plan, IReadOnlyList<PlanPatch> patches, IReadOnlyCollection<string> remove, TagSet add,
        CancellationToken cancellationToken)
    {
        List<string> done = [];
        try
        {
            if (patches.Count > 0)
            {
                plan = await ExplainAsync(_calls.SendAsync(new UpdatePlan(plan.Id, patches), cancellationToken), plan.Id);
                Joins.Add(plan.Id);
                done.Add("settings");
            }

            if (remove.Count > 0)
            {
                await ExplainAsync(_calls.SendAsync(new UntagPlan(plan.Id, remove), cancellationToken), plan.Id);
                done.Add("removed tags");
            }

            if (add.Count > 0)
            {
                await ExplainAsync(_calls.SendAsync(new TagPlan(plan.Id, add), cancellationToken), plan.Id);
            }

            return plan with { AllTags = plan.AllTags.Without(remove).Merge(add) };
        }
        catch (ApiGatewayException failure) when (done.Count > 0)
        {
            throw failure.After(done);
        }
    }

    /// <summary>Lists plans, or those a key is in, page by page: ceil(n/500) calls.</summary>
    public async IAsyncEnumerable<IReadOnlyList<UsagePlanInfo>> ListAsync(string? apiKeyId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<RawPlan> page in Pages.ReadAsync(position => _calls.SendAsync(new ListPlans(apiKeyId, position),
            cancellationToken), plan => plan.Id))
        {
            yield return [.. page.Select(Present)];
        }
    }

    /// <summary>Every plan, or every plan a key is in.</summary>
    public async Task<IReadOnlyList<UsagePlanInfo>> ListAllAsync(string? apiKeyId, CancellationToken cancellationToken)
    {
        List<UsagePlanInfo> plans = [];
        await foreach (IReadOnlyList<UsagePlanInfo> page in ListAsync(apiKeyId, cancellationToken))
        {
            plans.AddRange(page);
        }

        return plans;
    }

    /// <summary>
    /// Deletes a plan: one call. AWS refuses it while the plan has stages, so those are taken off first, in one call (AWS
    /// allows one in 20 seconds after the first few).
    /// </summary>
    public async Task DeleteAsync(UsagePlanIdentity identity, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlanStage> stages = identity.Plan?.ApiStages ?? [];
        bool mustRead = false;
        List<PlanStage> removed = [];
        while (true)
        {
            try
            {
                stages = mustRead ? (await GetAsync(identity.Id, cancellationToken)).ApiStages : stages;
                if (stages.Count > 0)
                {
                    await ExplainAsync(_calls.SendAsync(new UpdatePlan(identity.Id, PlanPatches.Removing(stages)), cancellationToken),
                        identity.Id);
                    removed.AddRange(stages);
                }

                await ExplainAsync(_calls.SendAsync(new DeletePlan(identity.Id), cancellationToken), identity.Id);
                return;
            }
            catch (ApiGatewayException refused) when (!mustRead && IsAboutStages(refused))
            {
                // The object that was given is older than the plan, or there was only an id.
                mustRead = true;
            }
            catch (ApiGatewayException failure) when (removed.Count > 0)
            {
                throw failure.After([$"{string.Join(", ", removed)} taken off usage plan '{identity}'"]);
            }
        }
    }

    /// <summary>Puts a key into a plan: one call. A refusal is reported with what stands in the way, which takes one or two more.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="isThere">Called where the key is in the plan already, which is as good; to see that it is takes one call more. Null
    /// where that is a conflict.</param>
    public async Task<UsagePlanKeyInfo> AddKeyAsync(string planId, string keyId, CancellationToken cancellationToken,
        Action? isThere = null)
    {
        try
        {
            UsagePlanKeyInfo member = await _calls.SendAsync(new AddPlanKey(planId, keyId), cancellationToken);
            Joins.Add(keyId);
            return Present(member);
        }
        catch (ApiGatewayException conflict) when (conflict.Kind == ApiGatewayErrorKind.Conflict)
        {
            // AWS answers the same to a key that is in the plan as to one that another plan gives the same stage.
            if (isThere is not null && await FindKeyAsync(planId, keyId, cancellationToken) is { } there)
            {
                isThere();
                return there;
            }

            throw await ExplainConflictAsync(conflict, planId, keyId, cancellationToken);
        }
        catch (ApiGatewayException failure)
        {
            throw Explain(failure, planId, keyId);
        }
    }

    /// <summary>Reads a key's place in a plan: one call.</summary>
    public async Task<UsagePlanKeyInfo> GetKeyAsync(string planId, string keyId, CancellationToken cancellationToken) =>
        Present(await ExplainMemberAsync(() => _calls.SendAsync(new GetPlanKey(planId, keyId), cancellationToken), planId, keyId,
            cancellationToken));

    private async Task<UsagePlanKeyInfo?> FindKeyAsync(string planId, string keyId, CancellationToken cancellationToken)
    {
        try
        {
            return Present(await _calls.SendAsync(new GetPlanKey(planId, keyId), cancellationToken));
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Lists the keys in a plan, page by page: ceil(n/500) calls. AWS answers nothing, not an error, for a plan that is not
    /// there.</summary>
    public async IAsyncEnumerable<IReadOnlyList<UsagePlanKeyInfo>> ListKeysAsync(string planId, string? namePrefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<UsagePlanKeyInfo> page in Pages.ReadAsync(position
            => ExplainAsync(_calls.SendAsync(new ListPlanKeys(planId, namePrefix, position), cancellationToken), planId), key => key.Id))
        {
            yield return [.. page.Select(Present)];
        }
    }

    /// <summary>Takes a key out of a plan: one call.</summary>
    public Task RemoveKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => ExplainMemberAsync(
        async () =>
        {
            await _calls.SendAsync(new RemovePlanKey(planId, keyId), cancellationToken);
            Joins.Add(keyId);
            return true;
        },
        planId,
        keyId,
        cancellationToken);

    /// <summary>Reads usage, page by page: ceil(n/500) calls for n keys.</summary>
    public IAsyncEnumerable<IReadOnlyList<KeyUsage>> GetUsageAsync(UsageQuery query, CancellationToken cancellationToken) =>
        Pages.ReadAsync(position => ExplainAsync(_calls.SendAsync(new GetPlanUsage(query, position), cancellationToken), query.PlanId,
            query.KeyId), usage => usage.KeyId);

    /// <summary>Sets how many requests a key has left in the current period: one call.</summary>
    public Task<KeyUsage?> SetRemainingAsync(string planId, string keyId, long remaining, CancellationToken cancellationToken) =>
        ExplainAsync(_calls.SendAsync(new SetRemaining(planId, keyId, remaining), cancellationToken), planId, keyId);

    /// <summary>An object as the port gives it, that remembers where it came from.</summary>
    internal ApiKeyUsageInfo Present(ApiKeyUsageInfo usage) => usage with { Connection = _here };

    private async Task ExplainAsync(Task call, string planId, string? keyId = null)
    {
        try
        {
            await call;
        }
        catch (ApiGatewayException failure)
        {
            throw Explain(failure, planId, keyId);
        }
    }

    private async Task<T> ExplainAsync<T>(Task<T> call, string planId, string? keyId = null)
    {
        await ExplainAsync((Task)call, planId, keyId);
        return await call;
    }

    // AWS says "Invalid Usage Plan ID specified" also when the plan is there and the key is not in it. A look at the plan tells.
    private async Task<T> ExplainMemberAsync<T>(Func<Task<T>> call, string planId, string keyId, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound && IsAboutThePlan(missing))
        {
            throw await ExistsAsync(planId, cancellationToken) switch
            {
                true => missing.About(ApiGatewayResource.UsagePlanKey,
                    $"API key {Show.Quote(keyId)} is not in usage plan {Show.Quote(planId)} in {Region}."),
                false => Explain(missing, planId, keyId),
                null => missing.About(ApiGatewayResource.UsagePlanKey,
                    $"There is no usage plan {Show.Quote(planId)} in {Region}, or API key {Show.Quote(keyId)} is not in it."),
            };
        }
        catch (ApiGatewayException failure)
        {
            throw Explain(failure, planId, keyId);
        }
    }

    // Null when it could not be determined: who may change a plan's keys need not be allowed to read the plan.
    private async Task<bool?> ExistsAsync(string planId, CancellationToken cancellationToken)
    {
        try
        {
            await _calls.SendAsync(new GetPlan(planId), cancellationToken);
            return true;
        }
        catch (ApiGatewayException failure)
        {
            return failure.Kind == ApiGatewayErrorKind.NotFound ? false : null;
        }
    }

    private static bool IsAboutThePlan(ApiGatewayException failure)
        => failure.Message.Contains("Usage Plan ID", StringComparison.OrdinalIgnoreCase);

    private static bool IsAboutStages(ApiGatewayException failure) =>
        failure.Resource == ApiGatewayResource.ApiStage
            || (failure.Kind == ApiGatewayErrorKind.BadRequest
                && failure.Message.Contains("API Stages", StringComparison.OrdinalIgnoreCase));

    // AWS names neither plan nor key, only what kind of thing it did not find; a stage it does name.
    private ApiGatewayException Explain(ApiGatewayException failure, string? planId, string? keyId) => failure.Kind switch
    {
        ApiGatewayErrorKind.NotFound when MissingStage().Match(failure.Message) is { Success: true } missing =>
            failure.About(ApiGatewayResource.ApiStage,
                $"API {Show.Quote(missing.Groups["api"].Value)} has no stage {Show.Quote(missing.Groups["stage"].Value)} in {Region}."),
        ApiGatewayErrorKind.NotFound when failure.Message.Contains("Invalid method", StringComparison.OrdinalIgnoreCase) =>
            failure.About(ApiGatewayResource.ApiStage, $"A method with a throttle does not exist: {failure.Message.TrimEnd('.')}."),
        ApiGatewayErrorKind.BadRequest when IsAboutStages(failure) =>
            failure.About(ApiGatewayResource.UsagePlan, $"{failure.Message.TrimEnd('.')}. Run the command again: it takes them off first."),
        ApiGatewayErrorKind.NotFound when planId is not null && (keyId is null || IsAboutThePlan(failure)) =>
            failure.About(ApiGatewayResource.UsagePlan, $"There is no usage plan {Show.Quote(planId)} in {Region}."),
        ApiGatewayErrorKind.NotFound when failure.Message.Contains("API Key identifier", StringComparison.OrdinalIgnoreCase) =>
            failure.About(ApiGatewayResource.ApiKey, $"There is no API key {Show.Quote(keyId)} in {Region}."),
        ApiGatewayErrorKind.NotFound when keyId is not null =>
            failure.About(ApiGatewayResource.UsagePlanKey,
                $"API key {Show.Quote(keyId)} is not in usage plan {Show.Quote(planId)} in {Region}."),
        _ => failure.About(keyId is null ? ApiGatewayResource.UsagePlan : ApiGatewayResource.UsagePlanKey, failure.Message),
    };

    private async Task<ApiGatewayException> ExplainConflictAsync(ApiGatewayException conflict, string planId, string keyId,
        CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<UsagePlanInfo> plans = await ListAllAsync(keyId, cancellationToken);
            if (plans.FirstOrDefault(plan => plan.Id == planId) is { } same)
            {
                return conflict.About(ApiGatewayResource.UsagePlanKey, $"API key {Show.Quote(keyId)} is already in usage plan '{same}'.");
            }

            HashSet<string> stages = (await GetAsync(planId, cancellationToken)).ApiStages.Select(stage => stage.ToString())
                .ToHashSet(StringComparer.Ordinal);
            foreach (UsagePlanInfo plan in plans)
            {
                if (plan.ApiStages.FirstOrDefault(stage => stages.Contains(stage.ToString())) is { } shared)
                {
                    return conflict.About(
                        ApiGatewayResource.UsagePlanKey,
                        $"API key {Show.Quote(keyId)} is in usage plan '{plan}', which opens the stage {shared} as {Show.Quote(planId)} "
                        + $"does, and AWS allows a key in one plan for each stage. Take it out of the other with "
                        + $"{Words.Typed.Command(Act.LeavePlan, keyId, plan.Id)}, or leave it there.");
                }
            }
        }
        catch (ApiGatewayException failure)
        {
            return Conflict($" Which one could not be determined: {failure.Message}");
        }

        return Conflict($" {Words.Typed.Command(Act.ShowPlansOfKey, keyId)} lists the plans it is in.");

        // AWS says the same of a key that is in the plan already, and writes the stage as api:stage or api/stage.
        ApiGatewayException Conflict(string more) => conflict.About(
            ApiGatewayResource.UsagePlanKey,
            SharedStage().Match(conflict.Message) is { Success: true } shared
                ? $"API key {Show.Quote(keyId)} is in usage plan {Show.Quote(planId)} already, or in another one that opens the stage "
                    + $"{shared.Groups["api"].Value}:{shared.Groups["stage"].Value} too. AWS allows a key in one plan for each stage.{more}"
                : $"{conflict.Message.TrimEnd('.')} (API key {Show.Quote(keyId)}, usage plan {Show.Quote(planId)}).{more}");
    }

    [GeneratedRegex(@"same API Stage: (?<api>[\w-]+)[:/](?<stage>[\w-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex SharedStage();

    [GeneratedRegex(@"API Stage not found: (?<api>[^:/\s]+)[:/](?<stage>[^\s]+?)\.?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex MissingStage();

    private UsagePlanInfo Present(RawPlan plan) =>
        plan.Untagged with
        {
            Tags = Policy.Own(plan.AllTags),
            TagsAll = Policy.Managed(plan.AllTags),
            StackName = StackOwner.Of(plan.AllTags),
            Connection = _here,
        };

    private UsagePlanKeyInfo Present(UsagePlanKeyInfo key) => key with { Connection = _here };
}
