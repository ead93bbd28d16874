using ApiKey.Emulator;
using ApiKey.Formats;

namespace ApiKey.Tests.Engine;

/// <summary>A key file of another region names plans of there; -UsagePlanMap says which plans here stand for them.</summary>
public sealed class PlanMapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    private string File => Path.Combine(_folder, "keys.csv");

    [Fact]
    public void KeysOfOneRegionGoToTheSamePlansOfAnother()
    {
        _session.Good("""
            $gold, $silver = 'gold', 'silver' | New-ApiGatewayUsagePlan
            $null = New-ApiGatewayApiKey a -UsagePlanId $gold, $silver; $null = New-ApiGatewayApiKey b -UsagePlanId $silver
            $null = New-ApiGatewayApiKey c; Export-ApiGatewayApiKey $args[0] -IncludeValue
            $there = 'silver', 'gold' | New-ApiGatewayUsagePlan -Region eu-west-1; $there
            Import-ApiGatewayApiKey -Path $args[0] -Region eu-west-1 -UsagePlanMap @{ $gold.Id = 'gold'; $silver.Id = $there[0].Id }
            """, File);
        Assert.Equal(2, _session.Good("Get-ApiGatewayUsagePlan -Region eu-west-1").Count);
        Assert.Equal(Memberships("eu-central-1"), Memberships("eu-west-1"));
        Assert.Equal(["gold: a", "silver: a", "silver: b"], Memberships("eu-west-1"));
    }

    [Theory]
    [InlineData("@{ old1 = $plans[0].Id; old2 = 'two' }")]
    [InlineData("@{ old1 = 'one'; old2 = $plans[1] }")]
    [InlineData("([pscustomobject]@{ old1 = ' one '; old2 = 'two' })")]
    [InlineData("@{ old2 = 'one'; old1 = 'one' }", "one: a", "one: b")]
    public void AnIdANameAndAnObjectStandForAPlan(string map, params string[] expected)
    {
        Prepare();
        _session.Good($"Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap {map}", File);
        Assert.Equal(expected.Length > 0 ? expected : ["one: a", "two: a", "two: b"], Memberships("eu-central-1"));
    }

    [Fact]
    public void APlanThatIsNotInTheMapStaysAsItIs()
    {
        Prepare();
        Replace("old2", 1);
        _session.Good("Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap @{ old1 = 'one' }", File);
        Assert.Equal(["one: a", "two: a", "two: b"], Memberships("eu-central-1"));
    }

    [Fact]
    public void TwoPlansMayBeExchanged()
    {
        Prepare();
        Replace("old1", 0);
        Replace("old2", 1);
        _session.Good("Import-ApiGatewayApiKey -LiteralPath $args[0] -UsagePlanMap @{ $plans[0].Id = 'two'; $plans[1].Id = 'one' }", File);
        Assert.Equal(["one: a", "one: b", "two: a"], Memberships("eu-central-1"));
    }

    [Theory]
    [InlineData("@{ old1 = 'one' }", "'old2'", "There is no usage plan", "-UsagePlanMap", new[] { 2, 3 })]
    [InlineData("@{ old1 = 'nope'; old2 = 'two' }", "'old1'", "'nope'", "no usage plan with that id or name", new[] { 2 })]
    [InlineData("@{ old1 = 'one'; old2 = 'twice' }", "'old2'", "2 usage plans", "Specify the id", new[] { 2, 3 })]
    public void WhatIsNotClearIsSaidByLineBeforeAnythingIsSent(string map, string what, string why, string remedy, int[] lines)
    {
        Prepare();
        _session.Good("$null = 'twice', 'twice' | New-ApiGatewayUsagePlan");
        foreach (string preview in new[] { "", "-WhatIf" })
        {
            Outcome outcome = _session.Run($"Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap {map} {preview}", File);
            Assert.Equal(lines, Assert.IsType<FileProblemException>(outcome.Error.Exception).Problems.Select(problem => problem.Line));
            Assert.All([what, why, remedy], text => Assert.Contains(text, outcome.Error.ToString()));
            Assert.Equal(0, _session.Emulator.CountOf("ImportApiKeys"));
        }
    }

    [Theory]
    [InlineData("@{ old1 = $null }", "old1")]
    [InlineData("@{ old1 = '' }", "old1")]
    [InlineData("@{ old1 = ' ' }", "old1")]
    [InlineData("@{ old1 = @() }", "old1")]
    [InlineData("@{ old1 = 'a', 'b' }", "old1")]
    [InlineData("@{ old1 = 5 }", "old1")]
    [InlineData("@{ 123456 = 'one' }", "quotes")]
    [InlineData("@{ ' ' = 'one' }", "empty id")]
    [InlineData("@{ old1 = (New-ApiGatewayApiKey k) }", "old1")]
    [InlineData("'old1=one'", "hashtable")]
    [InlineData("@{}", "UsagePlanMap")]
    [InlineData("$null", "UsagePlanMap")]
    public void WhatIsNoMapIsRefused(string map, string says)
    {
        Prepare();
        Outcome outcome = _session.Run($"Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap {map}", File);
        Assert.Contains(says, string.Join(' ', outcome.ErrorTexts));
        Assert.Equal(0, _session.Emulator.CountOf("ImportApiKeys"));
    }

    [Fact]
    public void APlanOfAnotherRegionIsRefused()
    {
        Prepare();
        Assert.Equal("DifferentRegions", _session.Run("Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap @{ old2 = 'two'; old1 = "
            + "(New-ApiGatewayUsagePlan far -Region eu-west-1) }", File).ErrorId);
        Assert.Equal(0, _session.Emulator.CountOf("ImportApiKeys"));
    }

    [Fact]
    public void AnIdThatNoRowNamesIsSaid()
    {
        Prepare();
        Outcome outcome = _session.Run("Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap @{ old1 = 'one'; old2 = 'two'; o1d = 'one' }",
            File);
        Assert.Empty(outcome.ErrorTexts);
        Assert.Contains("'o1d'", Assert.Single(outcome.Warnings));
        Assert.Equal(["one: a", "two: a", "two: b"], Memberships("eu-central-1"));
    }

    [Fact]
    public void TheFileAndItsSeedStayTheSame()
    {
        Prepare();
        System.IO.File.WriteAllText(File, "Name,Key,UsagePlanIds\na,,old1\nb,,old2\n");
        byte[] content = System.IO.File.ReadAllBytes(File);
        using (ModuleSession failing = new(emulator: new ApiGatewayEmulator()))
        {
            // The plan is not there, so nothing is made, and the file is as it was.
            Assert.Equal("InvalidKeyFile", failing.Run("Import-ApiGatewayApiKey -Path $args[0]", File).ErrorId);
        }

        _session.Good("Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap @{ old1 = 'one'; old2 = 'two' }", File);
        Assert.Equal(content, System.IO.File.ReadAllBytes(File));
        Assert.Equal("AlreadyImported",
            _session.Run("Import-ApiGatewayApiKey -Path $args[0] -UsagePlanMap @{ old1 = 'two'; old2 = 'two' }", File).ErrorId);
        Assert.Equal(["one: a", "two: b"], Memberships("eu-central-1"));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Prepare()
    {
        _session.Good("$global:plans = 'one', 'two' | New-ApiGatewayUsagePlan");
        System.IO.File.WriteAllText(File, $"Name,Key,UsagePlanIds\na,{new string('a', 20)},\"old1,old2\"\nb,{new string('b', 20)},old2\n");
    }

    private void Replace(string old, int plan) => System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File)
        .Replace(old, _session.Good("$plans[$args[0]].Id", plan)[0].ToString(), StringComparison.Ordinal));

    private string[] Memberships(string region) => [.. _session.Good($$"""
        foreach ($plan in Get-ApiGatewayUsagePlan -Region {{region}}) {
            $plan | Get-ApiGatewayUsagePlanKey -Region {{region}} | ForEach-Object { "$($plan.Name): $($_.Name)" }
        }
        """).Select(line => line.ToString()).Order(StringComparer.Ordinal)];
}
