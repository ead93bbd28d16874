using System.Management.Automation;
using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Engine;

/// <summary>Tab, through the engine's own completion: what is offered, how it is quoted, and that it is never late and never an
/// error.</summary>
public partial class CompletionTests
{
    [Fact]
    public void AnIdIsFoundByItsStartOrByTheName()
    {
        using ModuleSession session = Prepare();
        CompletionResult[] byName = Complete(session, "Set-ApiGatewayApiKey part");
        Assert.Equal(["b2c3d4e5f6", "a1b2c3d4e5"], byName.Select(result => result.CompletionText));
        Assert.Equal("partner-acme (a1b2c3d4e5)", byName[1].ListItemText);
        Assert.Equal("partner-acme (a1b2c3d4e5), enabled, Acme Ltd., env=prod", byName[1].ToolTip);
        Assert.Contains("disabled", byName[0].ToolTip);
        Assert.Equal(["a1b2c3d4e5"], Texts(session, "Remove-ApiGatewayApiKey -Id a1"));
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id a1", "a1b2c3d4e5")]
    [InlineData("Import-ApiGatewayApiKey a1", "a1b2c3d4e5")]
    [InlineData("Export-ApiGatewayApiKey x.json -Id a1", "a1b2c3d4e5")]
    [InlineData("Get-ApiGatewayApiKey partner-a", "partner-acme")]
    [InlineData("Get-ApiGatewayApiKey other, partner-a", "partner-acme")]
    [InlineData("Get-ApiGatewayApiKey two", "'two words'")]
    [InlineData("Get-ApiGatewayApiKey 'two", "'two words'")]
    [InlineData("Get-ApiGatewayApiKey \"two", "\"two words\"")]
    [InlineData("Get-ApiGatewayApiKey it", "'it''s [here]'", true)]
    [InlineData("Get-ApiGatewayApiKey cost", "'cost$'")]
    [InlineData("Get-ApiGatewayApiKey \"cost", "\"cost`$\"")]
    [InlineData("Get-ApiGatewayApiKey -Tag e", "env=prod")]
    [InlineData("Set-ApiGatewayApiKey a1b2c3d4e5 -RemoveTag e", "env")]
    [InlineData("Set-ApiGatewayApiKey a1b2c3d4e5 -RemoveTag 'a", "'a b'")]
    [InlineData("Get-ApiGatewayApiKey -Region ap-northeast-1", "ap-northeast-1")]
    [InlineData("Connect-ApiGateway eu-central-1", "eu-central-1")]
    [InlineData("Export-ApiGatewayApiKey x -Format Cs", "Csv")]
    public void WhatIsOfferedIsQuotedAsPowerShellWantsIt(string line, string expected, bool escapesWildcards = false) =>
        Assert.Equal([escapesWildcards ? expected.Replace("[here]", "`[here`]", StringComparison.Ordinal) : expected],
            Texts(Prepare(), line));

    [Theory]
    [InlineData("Add-ApiGatewayUsagePlanKey gol")]
    [InlineData("Get-ApiGatewayUsagePlan -Id gol")]
    [InlineData("Remove-ApiGatewayUsagePlan gol")]
    [InlineData("Get-ApiGatewayUsagePlanKey gol")]
    [InlineData("New-ApiGatewayApiKey x -UsagePlanId gol")]
    [InlineData("Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage -UsagePlanId gol")]
    public void APlanIsFoundByItsName(string line)
    {
        using ModuleSession session = Prepare();
        string id = session.Good(
            "(New-ApiGatewayUsagePlan silver), (New-ApiGatewayUsagePlan gold -Description 'Best.') | ForEach-Object Id")[1].ToString();
        CompletionResult offered = Assert.Single(Complete(session, line));
        Assert.Equal((id, $"gold ({id})"), (offered.CompletionText, offered.ListItemText));
        Assert.Contains("Best.", offered.ToolTip);
    }

    [Theory]
    [InlineData("Invoke-ApiGatewayApiKeyRotation a1")]
    [InlineData("Get-ApiGatewayApiKeyUsage a1")]
    [InlineData("Add-ApiGatewayUsagePlanKey x a1")]
    [InlineData("Get-ApiGatewayUsagePlan -ApiKeyId a1")]
    public void KeysAreOfferedWhereverAKeyIsMeant(string line) => Assert.Equal(["a1b2c3d4e5"], Texts(Prepare(), line));

    [Fact]
    public void WhatIsOfferedFindsTheKeyAgain()
    {
        using ModuleSession session = Prepare();
        foreach (string start in new[] { "two", "it", "cost", "partner-a" })
        {
            session.Good($"Get-ApiGatewayApiKey {Assert.Single(Texts(session, $"Get-ApiGatewayApiKey {start}"))}");
        }
    }

    [Fact]
    public void ANameThatDoesNotMatchIsNotListedAtAll()
    {
        using ModuleSession session = Prepare();
        Seed.Keys(session, 600);
        (string[] texts, long calls) = Tab.InTime(() =>
        {
            long before = session.Emulator.CountOf("GetApiKeys");
            return (Offered(session, "Get-ApiGatewayApiKey two").Select(result => result.CompletionText).ToArray(),
                session.Emulator.CountOf("GetApiKeys") - before);
        });
        Assert.Equal(["two"], texts.Select(text => text.Trim('\'').Split(' ')[0]));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void WhatIsTypedAlreadySaysWhereToLook()
    {
        using ModuleSession session = Prepare();
        Assert.Equal(["elsewhere"], Texts(session, "Get-ApiGatewayApiKey -Region eu-west-1 -Name e"));
        Assert.Equal(["elsewhere"], Texts(session, "Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1 -Name e"));
        session.Good("$global:other = Connect-ApiGateway -Emulator -Region eu-west-3 -PassThru; New-ApiGatewayApiKey 'only-there' "
            + "-Connection $other");
        Assert.Equal(["only-there"], Texts(session, "Get-ApiGatewayApiKey -Connection $other -Name o"));
    }

    [Fact]
    public void ProfilesAreThoseOfTheConnectionsFile()
    {
        using ModuleSession session = Prepare();
        string folder = Directory.CreateTempSubdirectory("apikey-profiles-").FullName;
        File.WriteAllText(Path.Combine(folder, "p"),
            "[prod]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = TheSecret\n[prod two]\naws_access_key_id = "
            + "a\naws_secret_access_key = TheSecret\n");
        session.Unconnected().Good("Connect-ApiGateway -ProfileLocation $args[0]", Path.Combine(folder, "p"));
        CompletionResult[] results = Complete(session, "Get-ApiGatewayApiKey -ProfileName p");
        Assert.Equal(["prod", "'prod two'"], results.Select(result => result.CompletionText));
        Assert.All(results, result => Assert.DoesNotContain("TheSecret", result.ToolTip));
        Assert.Contains("eu-west-1", results[0].ToolTip);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void WhatHasComeInTimeIsOffered()
    {
        // The second page never comes: what the first one had is offered all the same. Ids are sought on every page. On a busy machine the
        // first one may be late, too.
        int requests = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, async (_, cancellation) =>
        {
            if (Interlocked.Increment(ref requests) > 1)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return null;
        }));
        Seed.Keys(session, 600);
        int offered;
        int tries = 0;
        do
        {
            requests = 0;
            offered = Offered(session, "Set-ApiGatewayApiKey key-0003").Length;
        }
        while (requests < 2 && ++tries < 30);

        Assert.Equal(100, offered);
    }

    [Fact]
    public void ASlowServiceIsNotWaitedFor()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(faults: [new EmulatorFault { Kind = EmulatorFaultKind.Latency, Milliseconds = 600_000 }]));

        // Ten minutes would fail the test run; nothing is offered but what PowerShell itself offers: files.
        Assert.DoesNotContain(Offered(session, "Get-ApiGatewayApiKey -Name part"),
            result => result.CompletionText.StartsWith("partner", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Connect-ApiGateway -ProfileName gone -Region eu-west-1 -WarningAction Ignore")]
    [InlineData("Connect-ApiGateway -Region eu-west-1 -AccessKey a -SecretKey b -EndpointUrl http://127.0.0.1:9")]
    [InlineData("Connect-ApiGateway -Emulator -Fault @{ Kind = 'ExpiredToken' }")]
    [InlineData("Connect-ApiGateway -Emulator -Fault @{ Kind = 'Html' }")]
    public void ABrokenConnectionIsNoError(string connect)
    {
        using ModuleSession session = new();
        session.Unconnected().Good(connect + "; $Error.Clear()");
        foreach (string line in new[] { "Get-ApiGatewayApiKey -Name zz", "Set-ApiGatewayApiKey zz",
            "Get-ApiGatewayApiKey -EndpointUrl nonsense -Name zz", "Get-ApiGatewayApiKey -Tag zz" })
        {
            Assert.Empty(Texts(session, line));
        }

        Assert.Equal(0, session.Good("$Error.Count")[0].BaseObject);
    }

    [Fact]
    public void NoTooltipShowsAValue()
    {
        using ModuleSession session = Prepare();
        session.Good("New-ApiGatewayApiKey secretive -Value TheSecretValue0123456789");
        foreach (string line in new[] { "Get-ApiGatewayApiKey s", "Set-ApiGatewayApiKey s", "Get-ApiGatewayApiKey -Tag e",
            "Set-ApiGatewayApiKey x -RemoveTag e" })
        {
            Assert.All(Complete(session, line),
                result => Assert.DoesNotContain("TheSecretValue",
                    result.ToString() + result.ToolTip + result.ListItemText + result.CompletionText));
        }
    }

    private static ModuleSession Prepare()
    {
        ModuleSession session = new();
        Put("a1b2c3d4e5", "partner-acme", "Acme Ltd.", ("env", "prod"));
        Put("b2c3d4e5f6", "partner-globex", "", ("a b", "1"), enabled: false);
        Put("c3d4e5f6g7", "two words", "", null);
        Put("d4e5f6g7h8", "it's [here]", "", null);
        Put("e5f6g7h8i9", "cost$", "", null);
        session.Emulator.Seed(new SeedKey { Region = "eu-west-1", Name = "elsewhere" });
        return session;

        void Put(string id, string name, string description, (string Key, string Value)? tag, bool enabled = true)
            => session.Emulator.Seed(new SeedKey
            {
                Region = "eu-central-1",
                Id = id,
                Name = name,
                Description = description,
                Enabled = enabled,
                Tags = tag is { } one ? new Dictionary<string, string> { [one.Key] = one.Value } : [],
            });
    }

    private static string[] Texts(ModuleSession session, string line)
        => [.. Complete(session, line).Select(result => result.CompletionText)];

    private static CompletionResult[] Complete(ModuleSession session, string line) => Tab.InTime(() => Offered(session, line));

    // What is typed decides where a completer looks: here the test's connection, unless the test says otherwise.
    private static CompletionResult[] Offered(ModuleSession session, string line)
    {
        line = session.IsConnected && !line.Contains("-Connection", StringComparison.Ordinal)
            ? LastCommand().Replace(line, "$0 -Connection $$connection", 1) : line;
        using PowerShell shell = session.Create("");
        shell.Commands.Clear();
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches];
    }

    [GeneratedRegex(@"[A-Z][a-z]+-ApiGateway\w+(?!.*-ApiGateway)", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex LastCommand();
}
