using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>
/// Which key is meant: an id that was typed, or an object that was piped. An object remembers the connection it came
/// from, so that a key piped on goes back to where it lives unless the caller says otherwise.
/// </summary>
public sealed class ApiKeyIdentity
{
    /// <summary>A key by its id.</summary>
    /// <exception cref="ArgumentException">The id is empty or only white space.</exception>
    public ApiKeyIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException(
                $"The id of an API key is empty. Give the id as {Words.Typed.Command(Act.ShowKeys)} shows it, for example 'a1b2c3d4e5'.",
                nameof(id));
        }

        Id = id.Trim();
    }

    /// <summary>A key by an object that one of the commands emitted.</summary>
    public ApiKeyIdentity(ApiKeyInfo key)
        : this((key ?? throw new ArgumentNullException(nameof(key))).Id)
    {
        Key = key;
        Connection = key.Connection;
    }

    /// <summary>A key by its place in a usage plan.</summary>
    public ApiKeyIdentity(UsagePlanKeyInfo key)
        : this((key ?? throw new ArgumentNullException(nameof(key))).Id)
    {
        (Name, Connection) = (key.Name, key.Connection);
    }

    /// <summary>A key by its usage.</summary>
    public ApiKeyIdentity(ApiKeyUsageInfo usage)
        : this((usage ?? throw new ArgumentNullException(nameof(usage))).ApiKeyId)
    {
        (Name, Connection) = (usage.ApiKeyName, usage.Connection);
    }

    /// <summary>A key whose value was found somewhere.</summary>
    public ApiKeyIdentity(ApiKeyLeakInfo leak)
        : this((leak ?? throw new ArgumentNullException(nameof(leak))).Key)
    {
    }

    private ApiKeyIdentity(string given, string unusable)
    {
        (Id, Unusable) = (given, unusable);
    }

    /// <summary>The id. It has no fixed shape: old keys have ids of 40 characters.</summary>
    public string Id { get; }

    /// <summary>The object that was piped, if it was one.</summary>
    public ApiKeyInfo? Key { get; }

    /// <summary>The connection the key came from, if it is known.</summary>
    internal ApiGatewayConnection? Connection { get; }

    /// <summary>The key's name, if something other than the key itself provided it.</summary>
    private string? Name { get; }

    /// <summary>What was given, as the target of an error: the object, or the id, without what may be a key's value.</summary>
    internal object Target => Key ?? (object)Show.Target(Id);

    /// <summary>Why what was given does not say which one is meant; null when it does. The command refuses it then, before any
    /// call.</summary>
    internal string? Unusable { get; }

    /// <summary>What was given, when it does not say which one is meant.</summary>
    /// <param name="why">What is wrong and what to do.</param>
    internal static ApiKeyIdentity Refused(string why) => new("", why);

    /// <summary>How to name the key to a person: its name and id, or the id alone.</summary>
    public override string ToString() => Show.Escape(Key?.ToString() ?? (Name is null ? Show.Plain(Id) : $"{Name} ({Show.Plain(Id)})"));
}
