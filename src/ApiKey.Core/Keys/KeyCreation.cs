using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Keys;

/// <summary>A key that was created, and the plans that it could not be put into. The key is kept: it has its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Missing">The plans, in the order they were given, and why.</param>
internal sealed record CreatedKey(ApiKeyInfo Key, IReadOnlyList<(string PlanId, ApiGatewayException Failure)> Missing);

/// <summary>Creates a key and puts it into plans: one call for the key, one for each plan.</summary>
internal static class KeyCreation
{
    /// <summary>Creates a key. A plan that cannot be joined does not stop the others.</summary>
    /// <exception cref="ApiGatewayException">The key was not created, or nobody can tell.</exception>
    public static async Task<CreatedKey> CreateInPlansAsync(
        this ApiKeyOperations keys,
        ApiKeySpec spec,
        UsagePlanOperations plans,
        IReadOnlyList<string> planIds,
        CancellationToken cancellationToken)
    {
        ApiKeyInfo key = await keys.CreateAsync(spec, cancellationToken);
        List<(string PlanId, ApiGatewayException Failure)> missing = [];
        foreach (string planId in planIds)
        {
            try
            {
                await plans.AddKeyAsync(planId, key.Id, cancellationToken);
            }
            catch (ApiGatewayException failure)
            {
                missing.Add((planId, failure));
            }
        }

        return new CreatedKey(key, missing);
    }
}
