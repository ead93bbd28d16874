using System.Diagnostics;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>A key in a usage plan. The value, which AWS always sends with it, is not kept.</summary>
public sealed record UsagePlanKeyInfo
{
    /// <summary>The key's id.</summary>
    public required string Id { get; init; }

    /// <summary>The key's name; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The plan's id.</summary>
    public required string UsagePlanId { get; init; }

    /// <summary>The plan's name; null when it is not known.</summary>
    public string? UsagePlanName { get; init; }

    /// <summary>The region both live in.</summary>
    public required string Region { get; init; }

    /// <summary>The connection the key was read through.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiGatewayConnection? Connection { get; init; }

    /// <summary>The key's name and id, and the plan's id.</summary>
    public override string ToString() => Show.Escape($"{(Name is null ? Id : $"{Name} ({Id})")} in {UsagePlanId}");
}
