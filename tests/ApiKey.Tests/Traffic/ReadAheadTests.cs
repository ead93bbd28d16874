using ApiKey.Calls;

namespace ApiKey.Tests.Traffic;

/// <summary>Reading before anybody asks: in order, no further than allowed, failures included.</summary>
[Trait(Category.Name, Category.Unit)]
public class ReadAheadTests
{
    [Fact]
    public async Task EverythingComesOutInOrder() =>
        Assert.Equal([1, 2, 3, 4, 5], await Collect(ReadAhead.Start(Numbers(5), 2, CancellationToken.None)));

    [Fact]
    public async Task ItReadsWithoutBeingAskedAndStopsWhenFull()
    {
        int given = 0;
        SemaphoreSlim step = new(0);
        IAsyncEnumerable<int> ahead = ReadAhead.Start(Numbers(10, () => { given++; step.Release(); }), 3,
            TestContext.Current.CancellationToken);

        // Three wait, and a fourth is in the hand that cannot put it down.
        for (int number = 0; number < 4; number++)
        {
            Assert.True(await step.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }

        Assert.Equal(4, given);
        Assert.Equal(10, (await Collect(ahead)).Count);
    }

    [Fact]
    public async Task AFailureComesOutAfterWhatCameBefore()
    {
        List<int> seen = [];
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int number in ReadAhead.Start(Numbers(3, failAtEnd: true), 10, CancellationToken.None))
            {
                seen.Add(number);
            }
        });
        Assert.Equal(("broken", 3), (failure.Message, seen.Count));
    }

    private static async IAsyncEnumerable<int> Numbers(int count, Action? given = null, bool failAtEnd = false)
    {
        for (int number = 1; number <= count; number++)
        {
            await Task.Yield();
            given?.Invoke();
            yield return number;
        }

        if (failAtEnd)
        {
            throw new InvalidOperationException("broken");
        }
    }

    private static async Task<List<int>> Collect(IAsyncEnumerable<int> source)
    {
        List<int> all = [];
        await foreach (int number in source)
        {
            all.Add(number);
        }

        return all;
    }
}
