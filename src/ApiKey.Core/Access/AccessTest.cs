using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Access;

/// <summary>One place to look in.</summary>
/// <param name="Keys">Where keys are read.</param>
/// <param name="Plans">Where plans are read.</param>
/// <param name="Apis">Where APIs are read.</param>
internal sealed record AccessPlace(ApiKeyOperations Keys, UsagePlanOperations Plans, ApiReads Apis);

/// <summary>
/// Whether AWS would let a key through, and if not, why: what a caller is answered is the same for all causes. What the credentials do
/// not allow to look at is not known, and fails nothing. A key's id is one call (its value a listing), its plans one, the usage of a plan
/// with a quota one, and the API, its stage, its deployment and its methods one each for all keys of a command.
/// </summary>
/// <param name="places">Where to look: the key and the API are looked for in each.</param>
/// <param name="question">What is asked.</param>
internal sealed class AccessTest(IReadOnlyList<AccessPlace> places, AccessQuestion question)
{
    private readonly SortedDictionary<ApiKeyCheckKind, AccessCheck> _checks = [];

    private UsagePlanInfo? _planOfKey;
    private string? _shutMethod;

    private string Stage => $"{question.ApiId}:{question.Stage}";

    /// <summary>Looks at everything that is known.</summary>
    public async Task<AccessFindings> RunAsync(CancellationToken stop)
    {
        foreach (ApiKeyCheckKind kind in Enum.GetValues<ApiKeyCheckKind>())
        {
            Record(kind, ApiKeyCheckResult.NotAsked, "Not looked at.");
        }

        (AccessPlace? home, bool? isAuthorizer) = await FindApiAsync(stop);
        (AccessPlace place, ApiKeyInfo? key) = await FindKeyAsync(home, stop);
        bool isHere = home is null || home == place;
        (IReadOnlyList<ApiMethod>? deployed, bool isStageThere) = home is null || question.Stage is null ? (null, true)
            : await FindMethodsAsync(home, stop);
        bool? needsKey = deployed is null ? null : JudgeMethods(deployed);
        ApiMethod? current = home is null || deployed is null ? null : await JudgeDeploymentAsync(home, deployed, stop);
        if (isAuthorizer is { } source)
        {
            Record(ApiKeyCheckKind.KeySource, source ? ApiKeyCheckResult.Failed : ApiKeyCheckResult.Passed, source
                ? "The API reads keys from its authorizer; the header x-api-key is not read."
                : "The API reads the key from the header x-api-key.");
        }

        UsagePlanInfo? plan = key is null ? null : await JudgeKeyAsync(place, key, isHere && isStageThere, deployed, stop);
        if (needsKey == false)
        {
            ForgiveKey(isAuthorizer == true || key?.Enabled != true || plan is null || !isHere);
        }

        return new AccessFindings
        {
            Key = key,
            Region = place.Keys.Region,
            ApiRegion = home?.Keys.Region,
            Plan = plan,
            AdvisedPlan = key is null ? null : isHere ? await AdviseAsync(place, stop) : await FindPlanAsync(home!, stop),
            ShutMethod = _shutMethod,
            IsStageMissing = !isStageThere,
            Method = current,
            Checks = [.. _checks.Values],
        };
    }

    // The region of the API is where the key must be.
    private async Task<(AccessPlace? Home, bool? IsAuthorizer)> FindApiAsync(CancellationToken stop)
    {
        if (question.ApiId is null)
        {
            return (null, null);
        }

        foreach (AccessPlace place in places)
        {
            try
            {
                return (place, (await place.Apis.GetKeySourceAsync(question.ApiId, stop)).IsAuthorizer);
            }
            catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
            {
                // Perhaps it is in another place.
            }
            catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
            {
                Record(ApiKeyCheckKind.KeySource, denied);
                return (place, null);
            }
        }

        Record(ApiKeyCheckKind.Stage, ApiKeyCheckResult.Failed, $"There is no API {Show.Quote(question.ApiId)} in {Everywhere}.");
        return (null, null);
    }

    private string Everywhere => string.Join(", ", places.Select(place => place.Keys.Region));

    private async Task<(AccessPlace Place, ApiKeyInfo? Key)> FindKeyAsync(AccessPlace? home, CancellationToken stop)
    {
        bool isKnown = true;
        foreach (AccessPlace place in places.OrderBy(place => place == home ? 0 : 1))
        {
            try
            {
                if (await ReadKeyAsync(place, stop) is { } key)
                {
                    Record(ApiKeyCheckKind.Exists, ApiKeyCheckResult.Passed, $"API key '{key}' is in {place.Keys.Region}.");
                    if (home is not null)
                    {
                        bool isHome = home == place;
                        Record(ApiKeyCheckKind.Region, isHome ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed, isHome
                            ? "It is in the region of the API."
                            : $"It is in {place.Keys.Region}, and the API is in {home.Keys.Region}. A stage accepts keys of its own "
                                + "region.");
                    }

                    return (place, key);
                }
            }
            catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
            {
                isKnown = false;
                Record(ApiKeyCheckKind.Exists, denied);
            }
        }

        if (isKnown)
        {
            Record(ApiKeyCheckKind.Exists, ApiKeyCheckResult.Failed, question.KeyId is { } id
                ? $"There is no API key {Show.Quote(id)} in {Everywhere}." : $"No API key in {Everywhere} has this value.");
        }

        return (home ?? places[0], null);
    }

    private async Task<ApiKeyInfo?> ReadKeyAsync(AccessPlace place, CancellationToken stop)
    {
        if (question.KeyId is null)
        {
            HashSet<string> values = new(StringComparer.Ordinal) { question.Value! };
            await foreach (ApiKeyInfo holder in place.Keys.FindHoldersAsync(values, stop))
            {
                return holder with { Value = null };
            }

            return null;
        }

        try
        {
            return await place.Keys.GetAsync(question.KeyId, includeValue: false, stop);
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task<(IReadOnlyList<ApiMethod>? Deployed, bool IsStageThere)> FindMethodsAsync(AccessPlace home, CancellationToken stop)
    {
        try
        {
            return (await home.Apis.GetDeployedAsync(question.ApiId!, question.Stage!, stop), true);
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            Record(ApiKeyCheckKind.Stage, ApiKeyCheckResult.Failed,
                $"API {Show.Quote(question.ApiId)} has no stage {Show.Quote(question.Stage)} in {home.Keys.Region}.");
            return (null, false);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            Record(ApiKeyCheckKind.Method, denied);
            return (null, true);
        }
    }

    private bool? JudgeMethods(IReadOnlyList<ApiMethod> deployed)
    {
        IReadOnlyList<ApiMethod> meant = MethodRoutes.Find(deployed, question.Method, question.Path);
        string[] open = [.. meant.Where(method => !method.NeedsKey).Select(method => method.ToString())];
        string name = meant.Count == 1 ? meant[0].ToString() : meant.Count == 2 ? "Both methods" : $"All {meant.Count} methods";
        if (meant.Count == 0)
        {
            Record(ApiKeyCheckKind.Method, ApiKeyCheckResult.Failed, $"The stage serves no method for {question.Method ?? "any verb"} "
                + $"{question.Path ?? "at any path"}. Callers are answered \"Missing Authentication Token\".");
            return null;
        }

        if (open.Length > 0 && open.Length < meant.Count)
        {
            Record(ApiKeyCheckKind.Method, ApiKeyCheckResult.Notice, $"{open.Length} of {meant.Count} methods "
                + $"{(open.Length == 1 ? "asks" : "ask")} for no key: {string.Join(", ", open.Take(5).Select(Show.Plain))}. "
                + "Specify which one is meant.");
            return null;
        }

        Record(ApiKeyCheckKind.Method, open.Length == 0 ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Notice, open.Length == 0
            ? $"{Show.Plain(name)} {(meant.Count == 1 ? "asks" : "ask")} for a key."
            : $"{Show.Plain(name)} {(meant.Count == 1 ? "asks" : "ask")} for no key: callers get in without one.");
        return open.Length == 0;
    }

    // What the stage serves is as old as its deployment.
    private async Task<ApiMethod?> JudgeDeploymentAsync(AccessPlace home, IReadOnlyList<ApiMethod> deployed, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<ApiMethod> now = MethodRoutes.Find(await home.Apis.ListMethodsAsync(question.ApiId!, stop), question.Method,
                question.Path);
            IReadOnlyList<ApiMethod> then = MethodRoutes.Find(deployed, question.Method, question.Path);
            Dictionary<string, bool> served = then.ToDictionary(method => method.ToString(), method => method.NeedsKey,
                StringComparer.Ordinal);
            ApiMethod? changed = now.FirstOrDefault(method => !served.TryGetValue(method.ToString(), out bool needs)
                || needs != method.NeedsKey);
            (ApiKeyCheckResult result, string text) = changed is null
                ? (ApiKeyCheckResult.Passed, "The stage serves the methods as they are now.")
                : (ApiKeyCheckResult.Notice, $"The stage was deployed before {Show.Plain(changed.ToString())} was "
                    + (served.ContainsKey(changed.ToString())
                        ? $"changed: it now asks for {(changed.NeedsKey ? "a key" : "no key")}. " : "made. ")
                    + "Deploy the API to the stage.");
            Record(ApiKeyCheckKind.Deployment, result, text);
            return changed ?? (now.Count == 1 ? now[0] : null);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            Record(ApiKeyCheckKind.Deployment, denied);
            return null;
        }
    }

    private async Task<UsagePlanInfo?> JudgeKeyAsync(AccessPlace place, ApiKeyInfo key, bool looksAtStage,
        IReadOnlyList<ApiMethod>? deployed, CancellationToken stop)
    {
        Record(ApiKeyCheckKind.Enabled, key.Enabled ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed,
            key.Enabled ? "It is enabled." : "It is disabled.");
        JudgeAge(place, key, []);
        IReadOnlyList<UsagePlanInfo> plans;
        try
        {
            plans = await place.Plans.ListAllAsync(key.Id, stop);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            Record(ApiKeyCheckKind.UsagePlan, denied);
            Doubt(place, key, []);
            return null;
        }

        JudgeAge(place, key, plans);
        string list = string.Join(", ", plans.Select(plan => plan.ToString()));
        Record(ApiKeyCheckKind.UsagePlan, plans.Count > 0 ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed, plans.Count > 0
            ? $"It is in {(plans.Count == 1 ? "usage plan" : "usage plans")} {list}."
            : "It is in no usage plan, and a key grants no access until it is in one.");
        _planOfKey = plans is [var first, ..] ? first : null;
        UsagePlanInfo[] opening = [.. plans.Where(Opens)];
        if (question.ApiId is not null && looksAtStage && plans.Count > 0
            && _checks[ApiKeyCheckKind.Stage].Result == ApiKeyCheckResult.NotAsked)
        {
            string stage = question.Stage is null ? $"a stage of API {Show.Plain(question.ApiId)}" : Show.Plain(Stage);
            Record(ApiKeyCheckKind.Stage, opening.Length > 0 ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed, opening.Length > 0
                ? $"{opening[0]} opens {stage}."
                : plans.Count == 1 ? $"{list} does not open {stage}." : $"None of {list} opens {stage}.");
        }

        UsagePlanInfo? plan = opening is [var only, ..] ? only : null;
        if (plan is not null)
        {
            JudgeThrottle(plan, deployed);
            await JudgeQuotaAsync(place, key, plan, stop);
        }

        Doubt(place, key, plans);
        return plan;
    }

    // The plan that the advice is about: one that opens the stage, or the key's only one.
    private async Task<UsagePlanInfo?> AdviseAsync(AccessPlace place, CancellationToken stop) =>
        _checks[ApiKeyCheckKind.UsagePlan].Result == ApiKeyCheckResult.Failed ? await FindPlanAsync(place, stop) : _planOfKey;

    // Where nothing says which plan is meant, only a plan without others is.
    private async Task<UsagePlanInfo?> FindPlanAsync(AccessPlace place, CancellationToken stop)
    {
        try
        {
            UsagePlanInfo[] opening = [.. (await place.Plans.ListAllAsync(apiKeyId: null, stop)).Where(Opens)];
            return question.ApiId is null && opening.Length > 1 ? null : opening.FirstOrDefault();
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            return null;
        }
    }

    private bool Opens(UsagePlanInfo plan) => question.ApiId is null || plan.ApiStages.Any(stage => stage.ApiId == question.ApiId
        && (question.Stage is null || stage.Stage == question.Stage));

    private static bool IsRecent(AccessPlace place, DateTimeOffset? change) =>
        change is { } time && place.Keys.Clock.GetUtcNow() - time < PlanJoins.Settling;

    private void JudgeAge(AccessPlace place, ApiKeyInfo key, IReadOnlyList<UsagePlanInfo> plans)
    {
        PlanJoins joins = PlanJoins.By(place.Keys.Clock);
        (string What, DateTimeOffset? Time)[] changes =
        [
            ("It", key.CreatedDate), ("It", key.LastUpdatedDate), ("It", joins.TimeOf(key.Id)),
            .. plans.Select(plan => ($"Usage plan {plan}", joins.TimeOf(plan.Id))),
        ];
        (string what, DateTimeOffset? time) = changes.MaxBy(change => change.Time);
        bool isSettled = !IsRecent(place, time);
        int seconds = isSettled ? 0 : (int)Math.Max(0, (place.Keys.Clock.GetUtcNow() - time!.Value).TotalSeconds);
        Record(ApiKeyCheckKind.Settled, isSettled ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Notice, isSettled
            ? "Its last change is known everywhere."
            : $"{what} was changed {seconds} s ago. AWS takes up to {PlanJoins.Settling.TotalSeconds:0} s until a change is known "
                + "everywhere; until then callers may meet the key as it was.");
    }

    // What was changed a moment ago may let a key through for as long as it takes. A key that was made like this never got through.
    private void Doubt(AccessPlace place, ApiKeyInfo key, IReadOnlyList<UsagePlanInfo> plans)
    {
        PlanJoins joins = PlanJoins.By(place.Keys.Clock);
        bool isKeyChanged = key.LastUpdatedDate != key.CreatedDate && IsRecent(place, key.LastUpdatedDate);
        bool isMembershipChanged = IsRecent(place, joins.TimeOf(key.Id));
        bool isPlanChanged = isMembershipChanged || plans.Any(plan => IsRecent(place, joins.TimeOf(plan.Id)));
        (ApiKeyCheckKind Kind, bool IsDoubtful)[] doubts =
        [
            (ApiKeyCheckKind.Enabled, isKeyChanged), (ApiKeyCheckKind.UsagePlan, isMembershipChanged),
            (ApiKeyCheckKind.Stage, isPlanChanged), (ApiKeyCheckKind.Quota, isPlanChanged), (ApiKeyCheckKind.Throttle, isPlanChanged),
        ];
        foreach ((ApiKeyCheckKind kind, bool isDoubtful) in doubts)
        {
            _checks[kind] = _checks[kind] with { IsDoubtful = isDoubtful };
        }
    }

    private void JudgeThrottle(UsagePlanInfo plan, IReadOnlyList<ApiMethod>? deployed)
    {
        IReadOnlyList<ApiMethod> meant = deployed is null ? [] : MethodRoutes.Find(deployed, question.Method, question.Path);
        string? method = meant.Count == 1 ? $"{meant[0].Path}/{meant[0].Verb}".TrimStart('/') : null;
        KeyValuePair<string, ThrottleLimits> own = plan.ApiStages.Where(stage => stage.ToString() == Stage)
            .SelectMany(stage => stage.Throttle).FirstOrDefault(throttle => method is not null && throttle.Key.TrimStart('/') == method);
        (string What, ThrottleLimits Limits)[] limits =
        [
            (plan.ToString(), new ThrottleLimits(plan.RateLimit, plan.BurstLimit)),
            .. own.Value is { } limit ? new[] { ($"{Show.Plain(own.Key)} in {plan}", limit) } : [],
        ];
        (string What, ThrottleLimits Limits) shut = limits.FirstOrDefault(one => one.Limits is { RateLimit: 0 } or { BurstLimit: 0 });
        _shutMethod = shut.What is not null && shut.What != limits[0].What ? own.Key : null;
        Record(ApiKeyCheckKind.Throttle, shut.What is null ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed, shut.What is null
            ? plan.RateLimit is null ? "There is no limit to the rate." : $"{limits[0].Limits} for each key."
            : $"The throttle of {shut.What} lets nothing through: {shut.Limits}. Callers are answered \"Too Many Requests\".");
    }

    private async Task JudgeQuotaAsync(AccessPlace place, ApiKeyInfo key, UsagePlanInfo plan, CancellationToken stop)
    {
        if (plan.QuotaLimit is not { } limit)
        {
            Record(ApiKeyCheckKind.Quota, ApiKeyCheckResult.Passed, $"{plan} has no quota.");
            return;
        }

        DateOnly today = DateOnly.FromDateTime(place.Keys.Clock.GetUtcNow().UtcDateTime);
        long left = limit;
        try
        {
            await foreach (IReadOnlyList<KeyUsage> page in place.Plans.GetUsageAsync(new UsageQuery(plan.Id, key.Id, today, today), stop))
            {
                left = page.FirstOrDefault(usage => usage.KeyId == key.Id)?.Days is [.., (_, { } remaining)] ? remaining : left;
            }
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            Record(ApiKeyCheckKind.Quota, denied);
            return;
        }

        Record(ApiKeyCheckKind.Quota, left > 0 ? ApiKeyCheckResult.Passed : ApiKeyCheckResult.Failed, left > 0
            ? $"{left} of {limit} requests a {plan.QuotaPeriod?.ToString().ToLowerInvariant()} {(left == 1 ? "is" : "are")} left."
            : $"The quota of {limit} requests a {plan.QuotaPeriod?.ToString().ToLowerInvariant()} is used up. Callers are answered \"Limit "
                + "Exceeded\".");
    }

    // A method that asks for no key lets everybody in. A key that opens the stage is counted all the same.
    private void ForgiveKey(bool isNotCounted)
    {
        ApiKeyCheckKind[] forgiven = [ApiKeyCheckKind.Exists, ApiKeyCheckKind.Region, ApiKeyCheckKind.Enabled, ApiKeyCheckKind.UsagePlan,
            ApiKeyCheckKind.KeySource, .. isNotCounted ? [ApiKeyCheckKind.Quota, ApiKeyCheckKind.Throttle, ApiKeyCheckKind.Stage]
                : Array.Empty<ApiKeyCheckKind>()];
        foreach (AccessCheck check in forgiven.Select(kind => _checks[kind]).Where(check => check.Result == ApiKeyCheckResult.Failed))
        {
            _checks[check.Kind] = check with { Result = ApiKeyCheckResult.Notice };
        }
    }

    private void Record(ApiKeyCheckKind kind, ApiKeyCheckResult result, string text) => _checks[kind] = new AccessCheck(kind, result, text);

    private void Record(ApiKeyCheckKind kind, ApiGatewayException denied) =>
        Record(kind, ApiKeyCheckResult.NotKnown, $"Not known: the credentials do not allow {denied.IamAction ?? "to look"}.");
}
