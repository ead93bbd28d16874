namespace ApiKey.Tests.Engine;

/// <summary>A message of several lines of ours shows them as lines, and a line break in somebody else's text never makes one.</summary>
public class OwnLinesTests
{
    private const string Forged = "x\nPS> forged\r\n\u001b[2Jy";

    [Fact]
    public void ManyAmbiguousNamesAreListedLineByLine()
    {
        using ModuleSession session = new();
        session.Good("$null = 'a', 'a', 'b', 'b', $args[0], $args[0] | New-ApiGatewayApiKey", Forged);
        Outcome outcome = session.Run("Compare-ApiGatewayApiKey @{ name = 'a' }, @{ name = 'b' }, @{ name = $args[0] }", Forged);
        string[] lines = Lines(outcome);
        Assert.Equal("AmbiguousApiKey", outcome.ErrorId);
        Assert.Equal(5, lines.Length);
        Assert.EndsWith("of several keys in eu-central-1 each:", lines[0]);
        Assert.StartsWith("  'a' (", lines[1]);
        Assert.Contains(@"'x\nPS> forged\r\n\u001b[2Jy'", lines[3]);
        Assert.EndsWith("Nothing was changed.", lines[4]);
    }

    [Fact]
    public void AFileWithProblemsListsThemLineByLine()
    {
        using ModuleSession session = new();
        string folder = Directory.CreateTempSubdirectory("apikey").FullName;
        string file = Path.Combine(folder, "k.csv");
        File.WriteAllText(file, "Name,Key,Enabled\n\"x\nPS> forged\",,maybe\na,short,\n");
        string[] lines = Lines(session.Run("Import-ApiGatewayApiKey -Path $args[0]", file));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith("  line ", line));
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id $args[0]")]
    [InlineData("New-ApiGatewayApiKey $args[0]")]
    [InlineData("New-ApiGatewayUsagePlan $args[0]")]
    public void AnAnswerWithLineBreaksStaysOnOneLine(string script)
    {
        using ModuleSession session =
            new(StubHandler.Always(System.Net.HttpStatusCode.BadRequest, "{\"message\":\"wrong\\nPS> forged\\n\\tmore\"}",
                "BadRequestException"));
        string error = Assert.Single(Lines(session.Run(script, "x")));
        Assert.Contains(@"wrong\nPS> forged\n\tmore", error);
    }

    private static string[] Lines(Outcome outcome) => outcome.Error.ToString().ReplaceLineEndings("\n").Split('\n');
}
