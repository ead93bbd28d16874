namespace ApiKey.Emulator.Store;

/// <summary>
/// AWS's quotas on API Gateway management (developer guide, "Amazon API Gateway quotas"): calls a second, and how many keys and
/// plans there may be. They count per region here; AWS does not say whether its own count per region or per account.
/// </summary>
public sealed record EmulatorQuotas
{
    /// <summary>CreateApiKey calls a second.</summary>
    public double CreateApiKeyPerSecond { get; init; } = 5;

    /// <summary>DeleteApiKey calls a second.</summary>
    public double DeleteApiKeyPerSecond { get; init; } = 5;

    /// <summary>Management calls a second in all.</summary>
    public double CallsPerSecond { get; init; } = 10;

    /// <summary>Management calls that may come at once after a pause.</summary>
    public int CallBurst { get; init; } = 40;

    /// <summary>Seconds between UpdateUsagePlan calls, whatever their plans.</summary>
    public double UpdateUsagePlanSeconds { get; init; } = 20;

    /// <summary>UpdateUsagePlan calls that may come at once after a pause: AWS was recorded to refuse the fifth within five
    /// seconds.</summary>
    public int UpdateUsagePlanBurst { get; init; } = 4;

    /// <summary>Keys in a region.</summary>
    public int Keys { get; init; } = 10_000;

    /// <summary>Usage plans in a region.</summary>
    public int Plans { get; init; } = 300;

    /// <summary>Usage plans a key may be in.</summary>
    public int PlansPerKey { get; init; } = 10;

    /// <summary>
    /// How long a key takes to join or leave a plan. AWS makes one such change at a time in a region and refuses another one meanwhile.
    /// </summary>
    public TimeSpan PlanKeyChange { get; init; } = TimeSpan.FromMilliseconds(50);
}
