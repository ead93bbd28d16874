using ApiKey.Calls;

namespace ApiKey.Tests.Unit;

/// <summary>A stream that tells why it ended early.</summary>
[Trait(Category.Name, Category.Unit)]
public class FailureAsItemTests
{
    private bool _isDisposed;

    [Theory]
    [InlineData(null, "1 2")]
    [InlineData(0, "io")]
    [InlineData(1, "1 io")]
    public async Task AFailureIsTheLastItem(int? failsAfter, string expected)
    {
        List<string> items = [];
        await foreach (string item in FailureAsItem.SelectAsync(Source(failsAfter, new IOException("io")), Text,
            (IOException failure) => failure.Message))
        {
            items.Add(item);
        }

        Assert.Equal(expected, string.Join(' ', items));
        Assert.True(_isDisposed);
    }

    [Fact]
    public async Task AnotherFailureIsThrown()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (string _ in FailureAsItem.SelectAsync(Source(1, new InvalidOperationException()), Text,
                (IOException failure) => failure.Message))
            {
            }
        });
        Assert.True(_isDisposed);
    }

    private static string Text(int number) => $"{number}";

    private async IAsyncEnumerable<int> Source(int? failsAfter, Exception failure)
    {
        try
        {
            for (int number = 0; number < 2; number++)
            {
                await Task.Yield();
                yield return number == failsAfter ? throw failure : number + 1;
            }
        }
        finally
        {
            _isDisposed = true;
        }
    }
}
