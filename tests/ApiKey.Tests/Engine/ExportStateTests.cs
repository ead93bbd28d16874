using System.Net;
using System.Text.Json;

namespace ApiKey.Tests.Engine;

/// <summary>A desired state that was exported says every plan whole, and asks for nothing; applied elsewhere it makes the same.</summary>
public sealed class ExportStateTests : IDisposable
{
    private const string Make = """
        $null = New-ApiGatewayUsagePlan bare
        $full = New-ApiGatewayUsagePlan "gold ü`"<>" -Description "d`n&" -RateLimit 0.1 -BurstLimit 20 -QuotaLimit 1000 `
            -QuotaPeriod Week -QuotaOffset 2 -Tag @{ 'k y' = "v`t" } -ApiStage 'a1b2c3d4e5:test', @{ ApiId = 'a1b2c3d4e5'; Stage = 'prod'
            Throttle = @{ '/pets/GET' = @{ RateLimit = 2.5; BurstLimit = 3 }; '/~1x/{id+}/POST' = @{ RateLimit = 0; BurstLimit = 0 } } }
        $full | Set-ApiGatewayUsagePlan -ProductCode pc
        $month = New-ApiGatewayUsagePlan month -QuotaLimit 5 -QuotaPeriod Month
        $null = New-ApiGatewayApiKey a -UsagePlanId $full, $month; $null = New-ApiGatewayApiKey b -UsagePlanId $month
        $null = New-ApiGatewayApiKey c
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    private string File => Path.Combine(_folder, "state.json");

    [Fact]
    public void WhatIsExportedAsksForNothing()
    {
        using ModuleSession session = Begin();
        session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState", File);
        Assert.Empty(session.Good("Compare-ApiGatewayApiKey $args[0]", File));
        Assert.Equal(6, session.Good("Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", File).Count);
        Assert.Equal(["API key a", "API key b", "API key c", "plan bare", "plan gold ü\"<>", "plan month"], Entries());
    }

    [Theory]
    [InlineData("Set-ApiGatewayUsagePlan month -QuotaLimit 6")]
    [InlineData("Set-ApiGatewayUsagePlan bare -Description x")]
    [InlineData("Set-ApiGatewayUsagePlan bare -RateLimit 1 -BurstLimit 1")]
    [InlineData("Set-ApiGatewayUsagePlan bare -Tag @{ a = 'b' }")]
    [InlineData("Set-ApiGatewayUsagePlan bare -ProductCode other")]
    [InlineData("Set-ApiGatewayUsagePlan bare -AddApiStage a1b2c3d4e5:prod")]
    [InlineData("Remove-ApiGatewayUsagePlanKey month (Get-ApiGatewayApiKey b).Id -Confirm:$false")]
    [InlineData("Add-ApiGatewayUsagePlanKey month (Get-ApiGatewayApiKey c).Id")]
    public void WhatChangedSinceIsSeen(string change)
    {
        using ModuleSession session = Begin();
        session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState", File);
        session.Good(change);
        Assert.Single(session.Good("Compare-ApiGatewayApiKey $args[0]", File));
        session.Good("Sync-ApiGatewayApiKey $args[0] -Confirm:$false", File);
        Assert.Empty(session.Good("Compare-ApiGatewayApiKey $args[0]", File));
    }

    [Fact]
    public void OnlyThePlansOfTheKeysThatAreExported()
    {
        using ModuleSession session = Begin();
        session.Good("Get-ApiGatewayApiKey b, c | Export-ApiGatewayApiKey $args[0] -Format DesiredState", File);
        Assert.Equal(["API key b", "API key c", "plan month"], Entries());
        Assert.Empty(session.Good("Compare-ApiGatewayApiKey $args[0]", File));
        session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState -SkipUsagePlan -Force", File);
        Assert.DoesNotContain("usage_plans", System.IO.File.ReadAllText(File));
        session.Good("Get-ApiGatewayApiKey c | Export-ApiGatewayApiKey $args[0] -Format DesiredState -Force", File);
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        Assert.False(document.RootElement.TryGetProperty("usage_plans", out _));
        Assert.Equal(0, document.RootElement.GetProperty("keys")[0].GetProperty("usage_plans").GetArrayLength());
    }

    [Fact]
    public void APlanWithoutANameIsRefusedForDesiredStatesOnly()
    {
        using ModuleSession session = new(wrap: inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath switch
            {
                "/usageplans" => StubHandler.Answer(HttpStatusCode.OK, """{ "item": [{ "id": "a1b2c3" }] }"""),
                "/usageplans/a1b2c3/keys" => StubHandler.Answer(HttpStatusCode.OK, """{ "item": [] }"""),
                _ => null,
            })));
        session.Good("$null = New-ApiGatewayApiKey a");
        Outcome outcome = session.Run("Export-ApiGatewayApiKey $args[0] -Format DesiredState", File);
        Assert.Equal("NotWritable", outcome.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
        session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState -SkipUsagePlan", File);
        session.Good("Export-ApiGatewayApiKey $args[0] -Format Json -Force", File);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ModuleSession Begin()
    {
        ModuleSession session = new();
        session.Emulator.SeedStage("eu-central-1", "a1b2c3d4e5", "prod");
        session.Emulator.SeedStage("eu-central-1", "a1b2c3d4e5", "test");
        session.Good(Make);
        return session;
    }

    private IEnumerable<string> Entries()
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        string[] Names(string list) => [.. document.RootElement.GetProperty(list).EnumerateArray()
            .Select(entry => entry.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
        return [.. Names("keys").Select(name => $"API key {name}"), .. Names("usage_plans").Select(name => $"plan {name}")];
    }
}
