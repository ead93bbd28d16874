using System.Reflection;
using System.Text.RegularExpressions;
using ApiKey.Calls;
using ApiKey.Emulator;

namespace ApiKey.Tests.Unit;

/// <summary>Our own patterns have no time-out: each takes time in proportion to its text, and the clock of a machine that is busy or
/// sleeps would make an exception of it.</summary>
[Trait(Category.Name, Category.Unit)]
public class PatternRules
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Regex[] Patterns =
        [.. PatternsOf(typeof(CallRunner).Assembly), .. PatternsOf(typeof(ApiGatewayEmulator).Assembly)];

    [Fact]
    public void NoPatternFailsBecauseTheMachineIsBusy()
    {
        Assert.True(Patterns.Length > 8, $"Only {Patterns.Length} were found.");
        Assert.All(Patterns.Concat(PatternsOf(typeof(PatternRules).Assembly)),
            pattern => Assert.Equal(Regex.InfiniteMatchTimeout, pattern.MatchTimeout));
    }

    // It would go on for hours where a pattern's time grew faster than the square of the text.
    [Theory]
    [InlineData("a", "")]
    [InlineData("a-", "")]
    [InlineData("${", "")]
    [InlineData("row 1", "")]
    [InlineData("\\", "\\ud83d\\ude00")]
    [InlineData("API Stage not found: a:", "")]
    [InlineData("statusCode ", ":")]
    public void EachEndsOnALongText(string part, string end)
    {
        string text = string.Concat(Enumerable.Repeat(part, 20_000)) + end;
        Assert.All(Patterns, pattern => Assert.InRange(pattern.Count(text), 0, text.Length));
    }

    private static IEnumerable<Regex> PatternsOf(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(Any))
        .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)
        .Select(method => (Regex)method.Invoke(null, null)!);
}
