using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Session;

/// <summary>Whether a key and a usage plan are in one account and region, as far as that can be determined before any call.</summary>
internal static class PlaceCheck
{
    private static readonly ConnectionChoice NoChoice = new(null, null, null, null);

    /// <summary>What is wrong with a key and a plan that were given; null when nothing is. What the command line names beats where both
    /// come from.</summary>
    public static (string ErrorId, string Problem)? ProblemOf(ConnectionChoice choice, ApiKeyIdentity key, UsagePlanIdentity plan)
    {
        if (key.Connection is null || plan.Connection is null)
        {
            return null;
        }

        ApiGatewayConnection home = choice.Over(key.Connection);
        ApiGatewayConnection other = choice.Over(plan.Connection);
        return ProblemOf($"API key '{key}' is", choice.Connection is null ? home : other with { Region = home.Region }, plan, other);
    }

    /// <summary>What is wrong with a plan that is not where a key is to be; null when nothing is.</summary>
    /// <param name="item">The key, with a verb: <c>API key 'a' is</c>.</param>
    /// <param name="home">Where the key is to be.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="other">Where the plan is.</param>
    public static (string ErrorId, string Problem)? ProblemOf(string item, ApiGatewayConnection home, UsagePlanIdentity plan,
        ApiGatewayConnection other)
    {
        // What came back from a file or a job knows its place only.
        (home, other) = (NoChoice.BasisOf(home), NoChoice.BasisOf(other));
        if (!home.LeadsElsewhere(other))
        {
            return null;
        }

        return string.Equals(home.Region, other.Region, StringComparison.Ordinal)
            ? ("DifferentConnections",
                $"{item} where the connection '{home}' leads, and usage plan '{plan}' was read over another one, '{other}'. "
                + "A plan accepts keys of its own account only; if it is one account, give the ids as text.")
            : ("DifferentRegions", $"{item} in {home.Region}, and usage plan '{plan}' is in {other.Region}. A plan accepts keys of its own "
                + "region only.");
    }
}
