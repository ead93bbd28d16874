using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Keys;

/// <summary>A plan that a new key could not be put into.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Failure">Why.</param>
internal sealed record MissingPlan(string PlanId, ApiGatewayException Failure);

/// <summary>A key that was created. It is kept whatever becomes of its plans: it has its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="PlanCount">How many plans were asked for, each counted once.</param>
/// <param name="Missing">Those of them that it could not be put into, in the order they were given.</param>
internal sealed record CreatedKey(ApiKeyInfo Key, int PlanCount, IReadOnlyList<MissingPlan> Missing);

/// <summary>Creates a key and puts it into plans: one call for the key, one for each plan, and a listing to find plans by text.</summary>
internal static class KeyCreation
{
    /// <summary>Creates a key, once its plans were found: texts take one listing for all keys of a command, objects none. A plan
    /// that cannot be joined does not stop the others.</summary>
    /// <exception cref="ApiGatewayException">The key was not created, or nobody can tell.</exception>
    public static async Task<CreatedKey> CreateInPlansAsync(
        this ApiKeyOperations keys,
        ApiKeySpec spec,
        UsagePlanOperations plans,
        IReadOnlyList<UsagePlanIdentity> given,
        CancellationToken cancellationToken)
    {
        // First: a key is not made for a plan that is not there.
        List<string> planIds = [];
        foreach (UsagePlanIdentity plan in given)
        {
            string planId = (await plans.Names.FindAsync(plan, cancellationToken)).Id;
            if (!planIds.Contains(planId))
            {
                planIds.Add(planId);
            }
        }

        ApiKeyInfo key = await keys.CreateAsync(spec, cancellationToken);
        List<MissingPlan> missing = [];
        foreach (string planId in planIds)
        {
            try
            {
                await plans.AddKeyAsync(planId, key.Id, cancellationToken);
            }
            catch (ApiGatewayException failure)
            {
                missing.Add(new MissingPlan(planId, failure));
            }
        }

        return new CreatedKey(key, planIds.Count, missing);
    }
}
