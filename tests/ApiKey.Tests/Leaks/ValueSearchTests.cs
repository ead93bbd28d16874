using System.Text;
using ApiKey.Leaks;
using ApiKey.Model;

namespace ApiKey.Tests.Leaks;

/// <summary>Values are found exactly where they were planted and nowhere else, whatever the blocks are.</summary>
public class ValueSearchTests
{
    private const string Letters = "ABCabc0123456789";

    [Fact]
    public void FoundExactlyWherePlantedAndNowhereElse()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            List<string> values = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Value(random, random.Next(20, 60)))];
            values.Add(values[0][2..^0] + "Z" + values[0][..20]);
            values.Add("Q" + values[0] + "Q");
            values = [.. values.Distinct(StringComparer.Ordinal)];
            bool encoded = random.Next(2) == 0;
            Encoding encoding = random.Next(3) switch { 0 => Encoding.UTF8, 1 => Encoding.Unicode, _ => Encoding.BigEndianUnicode };
            bool hasMark = random.Next(2) == 0;
            StringBuilder text = new();
            for (int line = 0; line < 30; line++)
            {
                // Close misses, too: a value less its last letter.
                text.Append(Value(random, random.Next(0, 40))).Append(random.Next(4) == 0 ? "é😀ß" : " ");
                string one = values[random.Next(values.Count)];
                text.Append(random.Next(3) switch { 0 => one, 1 => one[..^1] + "!", _ => "" });
                text.Append(random.Next(3) == 0 ? "\n" : " ");
            }

            string all = text.ToString();
            byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(all)];
            (string, long, long)[] expected = [.. values.SelectMany(value => PlacesOf(all, value)).Order()];
            foreach (int block in new[] { 1, 7, 64, 4096 })
            {
                bool knowsLines = hasMark || encoding is UTF8Encoding;
                List<(string, long, long)> found = [];
                List<long> starts = [];
                Search(values, encoded, bytes, block, random, place =>
                {
                    Assert.Equal(ApiKeyLeakForm.Plain, place.Hit.Form);
                    starts.Add(place.Hit.Start);
                    found.Add((values[place.Hit.Value], place.Line, place.Column));
                });
                Assert.Equal(starts.Order(), starts);
                Assert.Equal(expected.Select(one => knowsLines ? one : (one.Item1, 0, 0)),
                    found.Select(one => knowsLines ? one : (one.Item1, 0, 0)).Order());
            }
        }
    }

    [Fact]
    public void EncodedFormsAreFoundInEveryAlignmentAndAValueThatDiffersInItsLastBitIsNot()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string value = Value(random, random.Next(20, 40)) + "+/~é"[..random.Next(4)];
            string other = value[..^1] + (char)(value[^1] ^ 1);
            string before = new('<', random.Next(0, 5));
            foreach (string planted in new[] { value, other })
            {
                // UTF-16 as in PowerShell's -EncodedCommand; the text that holds the digits may be either, too.
                foreach (Encoding inside in new[] { Encoding.UTF8, Encoding.Unicode })
                {
                    byte[] bytes = inside.GetBytes(before + planted + new string('>', random.Next(0, 4)));
                    string text64 = Convert.ToBase64String(bytes);
                    foreach (string text in new[] { text64, text64.Replace('+', '-').Replace('/', '_').TrimEnd('=') })
                    {
                        List<Place> places = [];
                        Encoding outside = random.Next(2) == 0 ? Encoding.UTF8 : Encoding.Unicode;
                        Search([value], encoded: true, outside.GetBytes($"a: {text} b"), 16, random, places.Add);
                        Assert.Equal(planted == value ? 1 : 0, places.Count);
                        Assert.All(places, place => Assert.Equal(ApiKeyLeakForm.Base64, place.Hit.Form));
                    }
                }
            }

            string all = string.Concat(Encoding.UTF8.GetBytes(value).Select(one => $"%{one:x2}"));
            Assert.Contains(FindIn([value], $"?key={all}&"), hit => hit.Form == ApiKeyLeakForm.PercentEncoded);
            Assert.DoesNotContain(FindIn([value], $"?key={all[..^1]}{(all[^1] == '0' ? '1' : '0')}&"), _ => true);
        }
    }

    [Fact]
    public void ManyValuesWithOneBeginningAreToldApart()
    {
        string[] values = [.. Enumerable.Range(0, 3000).Select(number => $"customer-of-the-company-{number:D8}")];
        string text = new string('0', 500) + " customer-of-the-company-00001234 customer-of-the-company-00009999";
        Hit hit = Assert.Single(FindIn(values, text));
        Assert.Equal("customer-of-the-company-00001234", values[hit.Value]);
    }

    [Fact]
    public void NoValueIsKept()
    {
        ValueSearch search = new(["TheValueThatIsNotKept012345"], encoded: true);
        Assert.Equal("keys/(27 characters).txt", search.Mask("keys/TheValueThatIsNotKept012345.txt", out List<Hit> hits));
        Assert.Single(hits);
    }

    private static List<Hit> FindIn(IReadOnlyList<string> values, string text) => new ValueSearch(values, encoded: true)
        .FindAll(Encoding.UTF8.GetBytes(text));

    private static string Value(Random random, int length) => string.Concat(Enumerable.Range(0, length)
        .Select(_ => Letters[random.Next(Letters.Length)]));

    private static void Search(IReadOnlyList<string> values, bool encoded, byte[] bytes, int block, Random random, Action<Place> found)
    {
        int at = 0;
        new StreamSearch(new ValueSearch(values, encoded), block).Search(
            into =>
            {
                int count = Math.Min(Math.Min(into.Length, at == 0 ? 64 : random.Next(1, block + 1)), bytes.Length - at);
                bytes.AsSpan(at, count).CopyTo(into);
                at += count;
                return count;
            },
            accept: null,
            found,
            isText: false,
            CancellationToken.None);
    }

    private static IEnumerable<(string Value, long Line, long Column)> PlacesOf(string text, string value)
    {
        for (int at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            string before = text[..at];
            yield return (value, before.Count(letter => letter == '\n') + 1,
                before[(before.LastIndexOf('\n') + 1)..].EnumerateRunes().Count() + 1);
        }
    }
}
