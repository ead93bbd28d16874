using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Store;

/// <summary>Counts the calls of one region against the quotas, by token buckets on the emulator's clock.</summary>
internal sealed class QuotaGate(EmulatorQuotas quotas, TimeProvider clock)
{
    private static readonly TimeSpan TimerTick = TimeSpan.FromMilliseconds(20);

    // On the clock that only goes forward, as the timer does which holds an answer back.
    private long _planKeysFree;

    private readonly TokenBucket _all = new(quotas.CallsPerSecond, quotas.CallBurst);
    private readonly Dictionary<string, TokenBucket> _byOperation = new(StringComparer.Ordinal)
    {
        ["CreateApiKey"] = new(quotas.CreateApiKeyPerSecond, quotas.CreateApiKeyPerSecond),
        ["DeleteApiKey"] = new(quotas.DeleteApiKeyPerSecond, quotas.DeleteApiKeyPerSecond),
        ["UpdateUsagePlan"] = new(1 / quotas.UpdateUsagePlanSeconds, quotas.UpdateUsagePlanBurst),
    };

    /// <summary>Lets a call through, or refuses it, without a Retry-After, as AWS was recorded to do. A call that is refused later has
    /// counted.</summary>
    public void Enter(string operation)
    {
        lock (_all)
        {
            DateTimeOffset now = clock.GetUtcNow();
            TokenBucket? own = _byOperation.GetValueOrDefault(operation);
            if (!(_all.Has(now) & (own?.Has(now) ?? true)))
            {
                throw new ServiceError(429, "TooManyRequestsException", "Too Many Requests");
            }

            _all.Take();
            own?.Take();
        }
    }

    /// <summary>Begins a change of which keys are in which plan, which holds its answer back; refuses it while another one goes
    /// on.</summary>
    public void ChangePlanKeys(Call call)
    {
        long now = clock.GetTimestamp();
        lock (_all)
        {
            if (now < _planKeysFree)
            {
                throw ServiceError.Busy();
            }

            call.Delay += quotas.PlanKeyChange;

            // A timer may ring early by its tick, and a client that waits for its answer never meets itself.
            _planKeysFree = now + (long)((call.Delay - TimerTick).TotalSeconds * clock.TimestampFrequency);
        }
    }
}
