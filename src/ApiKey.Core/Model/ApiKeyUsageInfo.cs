using System.Diagnostics;
using System.Globalization;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>What one key used of one plan on one day.</summary>
public sealed record ApiKeyUsageInfo
{
    /// <summary>The day, midnight UTC: AWS counts by days in UTC.</summary>
    public required DateTime Date { get; init; }

    /// <summary>The key's id.</summary>
    public required string ApiKeyId { get; init; }

    /// <summary>The key's name; null when it has none or it is not known.</summary>
    public string? ApiKeyName { get; init; }

    /// <summary>The plan's id; null for a key that is in no plan.</summary>
    public string? UsagePlanId { get; init; }

    /// <summary>The plan's name; null when it is not known.</summary>
    public string? UsagePlanName { get; init; }

    /// <summary>
    /// Requests used that day. Null for a key that was used in a plan without a quota: AWS does not count there, and tells only that
    /// the key was used in the range of days that was asked for.
    /// </summary>
    public long? Used { get; init; }

    /// <summary>Whether the key was used: false only where AWS counted nothing or does not name the key.</summary>
    public bool WasUsed => Used is not 0;

    /// <summary>Requests left at the end of that day; null when the plan has no quota or AWS did not say.</summary>
    public long? Remaining { get; init; }

    /// <summary>The region of key and plan.</summary>
    public required string Region { get; init; }

    /// <summary>Of what the key had left that day, the part it used: 0 to 1. Null without a quota.</summary>
    public double? UsedShare => Remaining is { } left && Used is { } used ? used + Math.Max(0, left) is var had and > 0
        ? (double)used / had : 1 : null;

    /// <summary>The connection the usage was read through.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiGatewayConnection? Connection { get; init; }

    /// <summary>For reading: key, plan, day and number.</summary>
    public override string ToString()
        => Show.Escape(string.Create(CultureInfo.InvariantCulture,
            $"{ApiKeyName ?? ApiKeyId} in {UsagePlanName ?? UsagePlanId ?? "no plan"} on {Date:yyyy-MM-dd}: "
            + $"{(Used is { } used ? $"{used} used" : "used, not counted")}"));
}
