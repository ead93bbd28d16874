using ApiKey.Formats;

namespace ApiKey.Tests.Unit;

/// <summary>A byte order mark counts for nothing where a file begins, and is text like any other after that.</summary>
[Trait(Category.Name, Category.Unit)]
public class CsvMarkTests
{
    [Theory]
    [InlineData("\uFEFFa,b", "1:1 a|1:3 b")]
    [InlineData("\uFEFF\na,b", "2:1 a|2:3 b")]
    [InlineData("\uFEFF\"a\"", "1:1 a")]
    [InlineData("a,\uFEFFb", "1:1 a|1:3 \uFEFFb")]
    [InlineData("a\n\uFEFFb\n\uFEFFc", "1:1 a|2:1 \uFEFFb|3:1 \uFEFFc")]
    [InlineData("\n\uFEFFa", "2:1 \uFEFFa")]
    [InlineData("\uFEFF", "")]
    public void OnlyTheFirstCharacterIsAMark(string text, string cells)
    {
        CsvReader reader = new(new StringReader(text));
        List<CsvCell> read = [];
        while (reader.ReadRecord() is { } record)
        {
            read.AddRange(record);
        }

        Assert.Equal(cells, string.Join('|', read.Select(cell => $"{cell.Line}:{cell.Column} {cell.Text}")));
    }
}
