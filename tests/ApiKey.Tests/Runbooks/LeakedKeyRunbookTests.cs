using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The answer to a leak, run unchanged in a real PowerShell against the emulator.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class LeakedKeyRunbookTests : IDisposable
{
    private const string Region = "us-east-1";
    private const string Old = "ABCDEFGHIJabcdefghij0123456789ABCDEFGHIJ";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-runbook-").FullName;
    private readonly string _files;
    private readonly string _vault;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly ModuleSession _session;

    public LeakedKeyRunbookTests()
    {
        _files = Directory.CreateDirectory(Path.Combine(_folder, "files")).FullName;
        _vault = Path.Combine(_folder, "vault");
        _server = new EmulatorServer(_emulator);
        _session = new ModuleSession(settings: new Service.ApiGatewayConnection { Region = Region }, emulator: _emulator);
    }

    [Fact]
    public async Task ItRotatesDeliversDisablesTellsUsageAndRemoves()
    {
        string plan = _session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Month").Id;
        ApiKeyInfo acme = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme -UsagePlanId $args[0]", plan);
        _session.Good("$null = New-ApiGatewayApiKey other -UsagePlanId $args[0]", plan);
        _emulator.SeedUsage(Region, plan, acme.Id, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1), 730);
        await Write("a.txt", $"one\n{acme.Value}\n{acme.Value}");
        const string Show = " | ForEach-Object { \"$($_.Step) $($_.UsedSince) $($_.WasUsed) $($_.Places.Count)\" }";
        ToolRun asked = await Answer("-Deliver { } -WhatIf");
        Assert.Contains("Rotate, deliver and disable", asked.Output);
        Assert.Equal(2, Keys().Count());

        // -Force, because the emulator's clock is the world's: nobody wants to wait here.
        ToolRun first = await Answer($"-Deliver {{ param($key) Add-Content '{_vault}' \"$($key.Name) $($key.Value)\" }} -Force{Show}");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("Disabled 730 True 2", first.Output);
        Assert.Contains("a minute and a half", first.Output);
        Assert.False(Keys().Single(key => key.Id == acme.Id).Enabled);
        ApiKeyInfo successor = Keys().Single(key => key.Name == "acme" && key.Enabled);
        Assert.Equal([$"acme {successor.Value}"], await File.ReadAllLinesAsync(_vault, TestContext.Current.CancellationToken));
        Assert.Equal(plan, _session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan -ApiKeyId $args[0]", successor.Id).Id);

        // Again: nothing is delivered twice, and usage is reported before the key is gone.
        ToolRun second = await Answer($"-Deliver {{ throw 'Twice.' }} -Remove{Show}");
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Contains("Removed 730 True 2", second.Output);
        Assert.Equal(["acme", "other"], Keys().Select(key => key.Name).Order(StringComparer.Ordinal));
        ToolRun third = await Answer($"-Deliver {{ throw 'Clean.' }}{Show}");
        Assert.Equal((0, "", ""), (third.ExitCode, third.Error, third.Output.Trim()));
        Assert.DoesNotContain(acme.Value!, first.Output + second.Output + asked.Output);
        Assert.DoesNotContain(successor.Value!, first.Output + second.Output);
    }

    [Theory]
    [InlineData("throw 'The vault is down.'", "The vault is down.")]
    [InlineData("Write-Error 'The vault is down.'; 'more'", "The vault is down.")]
    [InlineData("Get-Item no-such-vault", "no-such-vault")]
    [InlineData("dotnet no-such-command", "non-zero exit code")]
    public async Task NothingIsDisabledBeforeItsSuccessorWasDelivered(string deliver, string says)
    {
        string value = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme").Value!;
        await Write("a.txt", value);
        ToolRun run = await Answer($"-Deliver {{ {deliver} }} -Force -Remove | ForEach-Object Step");
        Assert.Equal((1, "Rotated"), (run.ExitCode, run.Output.Trim()));
        Assert.Contains(says, run.Error);
        Assert.Equal([true, true], Keys().Select(key => key.Enabled));
    }

    [Fact]
    public async Task LeaksOfAHistoryAreAnsweredAndAKeyFromBefore2016IsNamedWithoutItsId()
    {
        _emulator.Seed(new SeedKey { Region = Region, Id = Old, Value = Old, Name = "old" });
        await Write($"{Old}.txt", $"x\n{Old}");
        ToolRun run = await PowerShellHost.RunInTurn(_server.Uri, $"Get-ChildItem '{_files}' | Get-Content | Find-ApiGatewayApiKeyLeak | "
            + $"& '{Repository.PathOf("examples", "Invoke-LeakedKeyResponse.ps1")}' -Deliver {{ 'noise' }} -Force");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Disabled", run.Output);
        Assert.DoesNotContain(Old, run.Output);
        Assert.DoesNotContain("noise", run.Output);
        Assert.False(Keys().Single(key => key.Id == Old).Enabled);
    }

    [Fact]
    public async Task ASearchThatIsNotCompleteIsAFailureAndSoIsADayThatAwsForgot()
    {
        ToolRun gone = await Answer("-Deliver { }", Path.Combine(_files, "gone"));
        Assert.Equal(1, gone.ExitCode);
        ToolRun early = await Answer("-Deliver { } -Since 2020-01-01");
        Assert.Contains("90", early.Error);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _emulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(_files, name), text,
        TestContext.Current.CancellationToken);

    private Task<ToolRun> Answer(string arguments, string? path = null) => PowerShellHost.RunInTurn(_server.Uri,
        $"& '{Repository.PathOf("examples", "Invoke-LeakedKeyResponse.ps1")}' '{path ?? _files}' {arguments}");

    private IEnumerable<ApiKeyInfo> Keys() => _session.Good("Get-ApiGatewayApiKey -IncludeValue").Select(key => (ApiKeyInfo)key.BaseObject);
}
