using System.Globalization;
using ApiKey.Calls;
using ApiKey.Service;

namespace ApiKey.Tests.Traffic;

/// <summary>A listing is read to its end and no further, and one without an end is noticed at the page that shows it.</summary>
[Trait(Category.Name, Category.Unit)]
public class PagesTests
{
    private readonly List<string?> _asked = [];

    [Fact]
    public async Task EachItemComesOnceAndEachPageIsAskedForByThePositionBeforeIt()
    {
        Assert.Equal("a b |  | c", await ReadAsync(("a b", "1"), ("b a", "2"), ("c", null)));
        Assert.Equal([null, "1", "2"], _asked);
    }

    [Fact]
    public async Task NothingIsAPageToo()
    {
        Assert.Equal("", await ReadAsync(("", null)));
        Assert.Equal([null], _asked);
    }

    [Theory]
    [InlineData("1 1", "after 1 page the endpoint")]
    [InlineData("1 2 1", "after 2 pages the endpoint")]
    [InlineData("1 2 3 3", "after 3 pages the endpoint")]
    public async Task APositionThatComesAgainIsNoticedAtOnce(string positions, string says)
    {
        (string, string?)[] pages = [.. positions.Split(' ').Select(position => ("a", (string?)position))];
        ApiGatewayException failure = await Assert.ThrowsAsync<ApiGatewayException>(() => ReadAsync(pages));
        Assert.Equal(ApiGatewayErrorKind.UnexpectedAnswer, failure.Kind);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(pages.Length, _asked.Count);
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public async Task APositionHasALength(int length, bool isGood)
    {
        Task<string> read = ReadAsync(("a", new string('p', length)), ("b", null));
        Assert.Equal(isGood, await Record.ExceptionAsync(() => read) is null);
    }

    [Theory]
    [InlineData(1000, false, true)]
    [InlineData(1001, false, false)]
    [InlineData(1001, true, true)]
    public async Task SoManyEmptyPagesInARowAreNoListing(int count, bool hasOneItem, bool isGood)
    {
        // With an item on the second page, all after it are fewer than count.
        IEnumerable<(string, string?)> pages = Enumerable.Range(0, count)
            .Select(page => (hasOneItem && page == 1 ? "a" : "", (string?)page.ToString(CultureInfo.InvariantCulture)));
        Task<string> read = ReadAsync([.. pages, ("b", null)]);
        Assert.Equal(isGood, await Record.ExceptionAsync(() => read) is null);
    }

    private async Task<string> ReadAsync(params (string Items, string? Position)[] pages)
    {
        List<string> read = [];
        await foreach (IReadOnlyList<string> page in Pages.ReadAsync(position =>
        {
            (string items, string? next) = pages[_asked.Count];
            _asked.Add(position);
            return Task.FromResult(new Page<string>(items.Split(' ', StringSplitOptions.RemoveEmptyEntries), next));
        }, item => item))
        {
            read.Add(string.Join(' ', page));
        }

        return string.Join(" | ", read);
    }
}
