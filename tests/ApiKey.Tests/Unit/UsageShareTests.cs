using ApiKey.Model;

namespace ApiKey.Tests.Unit;

/// <summary>The part of what a key had that it used.</summary>
[Trait(Category.Name, Category.Unit)]
public class UsageShareTests
{
    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, 5L, null, true)]
    [InlineData(5L, null, null, true)]
    [InlineData(0L, null, null, false)]
    [InlineData(0L, 4L, 0.0, false)]
    [InlineData(1L, 3L, 0.25, true)]
    [InlineData(4L, 0L, 1.0, true)]
    [InlineData(4L, -1L, 1.0, true)]
    [InlineData(0L, 0L, 1.0, false)]
    [InlineData(0L, -1L, 1.0, false)]
    public void APartIsOfWhatTheKeyHad(long? used, long? remaining, double? share, bool wasUsed)
    {
        ApiKeyUsageInfo usage = new() { Date = default, ApiKeyId = "k1", Region = "r", Used = used, Remaining = remaining };
        Assert.Equal((share, wasUsed), (usage.UsedShare, usage.WasUsed));
    }
}
