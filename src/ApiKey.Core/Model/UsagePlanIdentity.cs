using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>Which usage plan is meant: an id that was typed, or an object that was piped and remembers where it lives.</summary>
public sealed class UsagePlanIdentity
{
    /// <summary>A plan by its id.</summary>
    /// <exception cref="ArgumentException">The id is empty or only white space.</exception>
    public UsagePlanIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException(
                $"The id of a usage plan is empty. Give the id as {Words.Typed.Command(Act.ShowPlans)} shows it, for example 'a1b2c3'.",
                nameof(id));
        }

        Id = id.Trim();
    }

    /// <summary>A plan by an object that one of the commands emitted.</summary>
    public UsagePlanIdentity(UsagePlanInfo plan)
        : this((plan ?? throw new ArgumentNullException(nameof(plan))).Id)
    {
        Plan = plan;
    }

    private UsagePlanIdentity(string given, string unusable)
    {
        (Id, Unusable) = (given, unusable);
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The object that was piped, if it was one.</summary>
    public UsagePlanInfo? Plan { get; }

    /// <summary>The connection the plan came from, if it is known.</summary>
    internal ApiGatewayConnection? Connection => Plan?.Connection;

    /// <summary>What was given, as the target of an error: the object, or the id, without what may be a key's value.</summary>
    internal object Target => Plan ?? (object)Show.Target(Id);

    /// <summary>Why what was given does not say which one is meant; null when it does. The command refuses it then, before any
    /// call.</summary>
    internal string? Unusable { get; }

    /// <summary>What was given, when it does not say which one is meant.</summary>
    /// <param name="why">What is wrong and what to do.</param>
    internal static UsagePlanIdentity Refused(string why) => new("", why);

    /// <summary>How to name the plan to a person: its name and id, or the id alone.</summary>
    public override string ToString() => Show.Escape(Plan?.ToString() ?? Show.Plain(Id));
}
