using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Traffic;

/// <summary>The port to usage plans as one command uses it: where repeating is safe, and what a repeated call's answer means.</summary>
/// <param name="inner">The client.</param>
/// <param name="runner">Paces and repeats.</param>
internal sealed class SteadyUsagePlanService(IUsagePlanService inner, SteadyRunner runner) : IUsagePlanService
{
    public string Region => inner.Region;

    /// <summary>Names are not unique and nothing else marks a plan as ours, so a create that may have happened is not repeated.</summary>
    public Task<UsagePlanInfo> CreateAsync(UsagePlanSpec spec, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.CreateAsync(spec, token), cancellationToken, failure => !failure.MayHaveHappened);

    public Task<UsagePlanInfo> GetAsync(string id, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.GetAsync(id, token), cancellationToken);

    public Task<Page<UsagePlanInfo>> ListAsync(string? apiKeyId, string? position, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.ListAsync(apiKeyId, position, token), cancellationToken);

    public Task<UsagePlanInfo> RemoveStagesAsync(string id, IReadOnlyCollection<PlanStage> stages, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.UpdatePlan, token => inner.RemoveStagesAsync(id, stages, token), cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        runner.RunUntilGoneAsync(CallKind.Other, token => inner.DeleteAsync(id, token), cancellationToken);

    /// <summary>
    /// After a lost answer a conflict may mean that the key is in the plan by now, or that another plan of the key opens the
    /// same stage. One look tells.
    /// </summary>
    public async Task<UsagePlanKeyInfo> AddKeyAsync(string planId, string keyId, CancellationToken cancellationToken)
    {
        bool lost = false;
        try
        {
            return await runner.RunAsync(CallKind.PlanKey, token => inner.AddKeyAsync(planId, keyId, token), cancellationToken, failure => (lost |= failure.MayHaveHappened) || true);
        }
        catch (ApiGatewayException conflict) when (lost && conflict.Kind == ApiGatewayErrorKind.Conflict)
        {
            try
            {
                if (await FindKeyAsync(planId, keyId, cancellationToken) is { } there)
                {
                    return there;
                }
            }
            catch (ApiGatewayException stopped) when (stopped.Kind == ApiGatewayErrorKind.Stopped)
            {
                throw conflict.AfterLostAnswer();
            }

            throw;
        }
    }

    public Task<UsagePlanKeyInfo> GetKeyAsync(string planId, string keyId, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.GetKeyAsync(planId, keyId, token), cancellationToken);

    public Task<Page<UsagePlanKeyInfo>> ListKeysAsync(string planId, string? namePrefix, string? position, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.ListKeysAsync(planId, namePrefix, position, token), cancellationToken);

    public Task RemoveKeyAsync(string planId, string keyId, CancellationToken cancellationToken) =>
        runner.RunUntilGoneAsync(CallKind.PlanKey, token => inner.RemoveKeyAsync(planId, keyId, token), cancellationToken);

    public Task<Page<KeyUsage>> GetUsageAsync(UsageQuery query, string? position, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.GetUsageAsync(query, position, token), cancellationToken);

    public Task<KeyUsage?> SetRemainingAsync(string planId, string keyId, long remaining, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.SetRemainingAsync(planId, keyId, remaining, token), cancellationToken);

    private async Task<UsagePlanKeyInfo?> FindKeyAsync(string planId, string keyId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetKeyAsync(planId, keyId, cancellationToken);
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            return null;
        }
    }
}
