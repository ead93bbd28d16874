namespace ApiKey.Emulator.Store;

/// <summary>A token bucket: full at first, a token for each call. Guarded by its owner.</summary>
/// <param name="perSecond">Tokens that come back in a second.</param>
/// <param name="size">The most it holds.</param>
internal sealed class TokenBucket(double perSecond, double size)
{
    private double _tokens = size;
    private DateTimeOffset? _filled;

    public double PerSecond { get; } = perSecond;

    public double Size { get; } = size;

    /// <summary>Whether there is a token.</summary>
    public bool Has(DateTimeOffset now)
    {
        _tokens = Math.Min(Size, _tokens + ((now - (_filled ?? now)).TotalSeconds * PerSecond));
        _filled = now;

        // A rate of 0 lets nobody through, whatever the burst.
        return PerSecond > 0 && _tokens >= 1;
    }

    public void Take() => _tokens--;
}
