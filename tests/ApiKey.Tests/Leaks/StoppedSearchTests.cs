using System.Text;
using ApiKey.Leaks;

namespace ApiKey.Tests.Leaks;

/// <summary>A search of something without an end can be stopped, and one for nothing finds nothing.</summary>
[Trait(Category.Name, Category.Unit)]
public class StoppedSearchTests
{
    private const string Value = "TheValueOfTheOneKey0123";

    [Fact]
    public void ASearchEndsAfterTheBlockInWhichItIsStopped()
    {
        using CancellationTokenSource stop = new();
        int blocks = 0;
        List<Place> found = [];
        Assert.Throws<OperationCanceledException>(() => new StreamSearch(new ValueSearch([Value], encoded: false), blockSize: 64).Search(
            into =>
            {
                // It is over all the same in the end, so that a search that cannot be stopped fails instead of hanging.
                if (++blocks == 3)
                {
                    stop.Cancel();
                }

                into.Fill((byte)' ');
                return blocks > 100 ? 0 : into.Length;
            }, accept: null, found.Add, isText: true, stop.Token));
        Assert.Equal(3, blocks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("something longer than any gram")]
    public void WithoutValuesNothingIsFound(string text) =>
        Assert.Empty(new ValueSearch([], encoded: true).FindAll(Encoding.UTF8.GetBytes(text)));
}
