using ApiKey.Attributes;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>Every runbook of examples/, run unchanged in a real PowerShell against the emulator.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class RunbookTests : IDisposable
{
    private const string Region = "us-east-1";

    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddDays(-40);

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-runbook-").FullName;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly ModuleSession _session;

    public RunbookTests()
    {
        _server = new EmulatorServer(_emulator);
        _session = new ModuleSession(settings: new Service.ApiGatewayConnection { Region = Region }, emulator: _emulator);
    }

    [Fact]
    public async Task TheNightlyRotationRotatesDeliversDisablesAndRemoves()
    {
        Seed("old", LongAgo, ("rotation", "nightly"));
        Seed("young", DateTimeOffset.UtcNow, ("rotation", "nightly"));
        Seed("other", LongAgo);
        string vault = Path.Combine(_folder, "vault");
        string deliver = $"-Deliver {{ param($key) if ($env:VAULT_DOWN) {{ throw 'The vault is down.' }} Add-Content '{vault}' "
            + $"\"$($key.Name) $($key.Value)\" }}";

        ToolRun first = await Runbook("Invoke-NightlyRotation", deliver, ("VAULT_DOWN", "1"));
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("The vault is down.", first.Error + first.Output);
        Assert.Equal(["old", "old", "other", "young"], Names());

        // Not delivered: however long ago, the old key stays. Then it is delivered, once.
        await Runbook("Invoke-NightlyRotation", $"-GraceDays 0 -RemoveAfterDays 0 {deliver}", ("VAULT_DOWN", "1"));
        Assert.Equal(["old", "old", "other", "young"], Names());
        Assert.Equal(0, (await Runbook("Invoke-NightlyRotation", deliver)).ExitCode);
        Assert.Equal(0, (await Runbook("Invoke-NightlyRotation", deliver)).ExitCode);
        ApiKeyInfo successor = Assert.Single(Keys(), key => key.Tags.ContainsKey("apikey:rotated-from"));
        Assert.Equal([$"old {successor.Value}"], await File.ReadAllLinesAsync(vault, TestContext.Current.CancellationToken));

        ToolRun disabling = await Runbook("Invoke-NightlyRotation", $"-GraceDays 0 -RemoveAfterDays 1 {deliver}");
        Assert.Contains("Disabled", disabling.Output);
        Assert.Equal([false, true], Keys().Where(key => key.Name == "old").Select(key => key.Enabled).Order());
        ToolRun removing = await Runbook("Invoke-NightlyRotation", $"-GraceDays 0 -RemoveAfterDays 0 {deliver}");
        Assert.Contains("Removed", removing.Output);
        Assert.Equal(["old", "other", "young"], Names());
        Assert.DoesNotContain(successor.Value!,
            string.Concat(first.Output, disabling.Output, disabling.Error, removing.Output, removing.Error));
    }

    [Fact]
    public async Task TheNightlyRotationShowsWhatItWouldDo()
    {
        Seed("old", LongAgo, ("rotation", "nightly"));
        ToolRun run = await RunbookAlone("Invoke-NightlyRotation", "-WhatIf");
        Assert.Contains("Rotate API key 'old", run.Output);
        Assert.Equal(["old"], Names());
    }

    [Fact]
    public async Task TheReportFindsKeysThatNobodyUsed()
    {
        string used = Seed("used", LongAgo);
        string idle = Seed("<idle>", LongAgo);
        Seed("lonely", LongAgo);
        _session.Good("$plan = New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Month; $args | Add-ApiGatewayUsagePlanKey "
            + "-UsagePlanId $plan.Id", used, idle);
        string plan = _session.Good("$plan.Id")[0].ToString();
        _emulator.SeedUsage(Region, plan, used, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1), 250);
        ToolRun run = await Runbook("New-UnusedKeyReport", $"-Days 7 -Destination '{_folder}' | Format-Table Name, Used -HideTableHeaders");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["<idle> 0", "lonely 0"],
            run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal));
        string[] rows = await File.ReadAllLinesAsync(Path.Combine(_folder, "unused-keys.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(3, rows.Length);
        string page = await File.ReadAllTextAsync(Path.Combine(_folder, "key-usage.html"), TestContext.Current.CancellationToken);
        Assert.Contains("3 keys, 2 of them not used at all", page);
        Assert.Contains("&lt;idle&gt;", page);
        Assert.DoesNotContain("<idle>", page);
        Assert.Contains("<rect x='260' y='4' width='600'", page);
        Assert.DoesNotContain(Keys(), key => page.Contains(key.Value!, StringComparison.Ordinal)
            || rows.Any(row => row.Contains(key.Value!, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheReportTakesNoKeyOfAPlanWithoutQuotaForUnused()
    {
        string uncounted = Seed("uncounted", LongAgo);
        string both = Seed("both", LongAgo);
        string idle = Seed("idle", LongAgo);
        _session.Good("$free = New-ApiGatewayUsagePlan free; $gold = New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Month; "
            + "$args | Add-ApiGatewayUsagePlanKey -UsagePlanId $free.Id; $args[1] | Add-ApiGatewayUsagePlanKey -UsagePlanId $gold.Id",
                uncounted, both, idle);
        foreach (string key in new[] { uncounted, both })
        {
            _emulator.SeedUsage(Region, _session.Good("$free.Id")[0].ToString(), key, DateOnly.FromDateTime(DateTime.UtcNow)
                .AddDays(-1), 5);
        }

        ToolRun run = await Runbook("New-UnusedKeyReport", $"-Days 7 -Destination '{_folder}' | ForEach-Object Name");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("idle", run.Output.Trim());
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_folder, "unused-keys.csv"), TestContext.Current.CancellationToken))
            .Length);
        string page = await File.ReadAllTextAsync(Path.Combine(_folder, "key-usage.html"), TestContext.Current.CancellationToken);
        Assert.Contains("3 keys, 1 of them not used at all, 2 used but not counted", page);
        Assert.Equal(3, page.Split("used, not counted").Length);
    }

    [Fact]
    public async Task OffboardingDisablesFirstAndRemovesLater()
    {
        _emulator.Seed(new SeedKey { Region = Region, Name = "a", CustomerId = "c-1" });
        _emulator.Seed(new SeedKey { Region = Region, Name = "b", CustomerId = "c-1" });
        _emulator.Seed(new SeedKey { Region = Region, Name = "before", CustomerId = "c-1", Enabled = false });
        _emulator.Seed(new SeedKey { Region = Region, Name = "c", CustomerId = "c-2" });
        string early = (await Runbook("Invoke-CustomerOffboarding", "-CustomerId c-1 -Remove -GraceDays 0 -Confirm:$false")).Output;
        Assert.Contains("2 keys stay, because they can still be used", early);
        Assert.Contains("1 key stays, because it did not get the tag offboarded", early);
        Assert.Equal(["a", "b", "before", "c"], Names());
        await Runbook("Invoke-CustomerOffboarding", "-CustomerId c-1");
        Assert.Equal(["a", "b", "before"], Keys().Where(key => !key.Enabled).Select(key => key.Name!).Order(StringComparer.Ordinal));
        Assert.Equal(3, Keys().Count(key => key.Tags.ContainsKey("offboarded")));
        Assert.Contains("3 keys stay, because they must be disabled for 30 days first",
            (await Runbook("Invoke-CustomerOffboarding", "-CustomerId c-1 -Remove -Confirm:$false")).Output);
        await Runbook("Invoke-CustomerOffboarding", "-CustomerId c-1 -Remove -GraceDays 0 -Confirm:$false");
        Assert.Equal(["c"], Names());
        Assert.Contains("no keys", (await Runbook("Invoke-CustomerOffboarding", "-CustomerId c-1")).Output);
    }

    [Fact]
    public async Task TheNightlyRotationEndsUnderAPolicyThatHidesItsMarksAndDisablesNothingUndelivered()
    {
        Seed("old", LongAgo, ("rotation", "nightly"));
        (string, string) hidden = ("TF_AWS_IGNORE_TAGS_KEY_PREFIXES", "apikey:");
        Assert.Contains("Rotated", (await Runbook("Invoke-NightlyRotation", "-MaxAgeDays 30", hidden)).Output);
        ToolRun second = await Runbook("Invoke-NightlyRotation", "-GraceDays 0 -RemoveAfterDays 0", hidden);
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain("Rotated", second.Output);
        Assert.Contains("nobody delivered their values", second.Output);
        Assert.Equal([true, true], Keys().Select(key => key.Enabled));
        Assert.Contains("Disabled", (await Runbook("Invoke-NightlyRotation", "-GraceDays 0 -RemoveAfterDays 0 -NoDelivery", hidden))
            .Output);
        Assert.Contains("Removed", (await Runbook("Invoke-NightlyRotation", "-GraceDays 0 -RemoveAfterDays 0 -NoDelivery", hidden)).Output);
        Assert.Equal(["old"], Names());
    }

    [Fact]
    public async Task SyncFromARepositoryPlansAppliesAndIsThenDone()
    {
        Seed("gone", LongAgo, ("managed-by", "repo"));
        Seed("foreign", LongAgo);
        string file = Path.Combine(_folder, "keys.json");
        await File.WriteAllTextAsync(file, """{ "keys": [ { "name": "partner", "tags": { "managed-by": "repo" } } ] }""",
            TestContext.Current.CancellationToken);
        string arguments = $"-DesiredState '{file}' -Scope @{{ 'managed-by' = 'repo' }}";
        _session.Good("New-ApiGatewayApiKey stays -Tag @{ 'managed-by' = 'repo' }");
        ToolRun emptying = await RunbookAlone("Sync-KeysFromRepository", $"{arguments} -Apply");
        Assert.Equal(1, emptying.ExitCode);
        Assert.Contains("-Force", emptying.Error + emptying.Output);
        await File.WriteAllTextAsync(file,
            """{ "keys": [ { "name": "partner", "tags": { "managed-by": "repo" } }, { "name": "stays", "tags": """
                + """{ "managed-by": "repo" } } ] }""", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await RunbookAlone("Sync-KeysFromRepository", arguments)).ExitCode);
        Assert.Equal(["foreign", "gone", "stays"], Names());
        Assert.Equal(0, (await RunbookAlone("Sync-KeysFromRepository", $"{arguments} -Apply")).ExitCode);
        Assert.Equal(["foreign", "partner", "stays"], Names());
        Assert.Equal(0, (await RunbookAlone("Sync-KeysFromRepository", arguments)).ExitCode);
    }

    [Fact]
    public async Task KeysAreCopiedToAnotherRegionWithTheirValues()
    {
        _session.Good("1..30 | ForEach-Object { New-ApiGatewayApiKey \"partner-$_\" -Tag @{ n = \"$_\" } -CustomerId c }; "
            + "New-ApiGatewayApiKey internal");
        ToolRun run = await Runbook("Copy-KeysToRegion", "-From us-east-1 -To eu-west-1 -Name 'partner-*' | ForEach-Object Name",
            ("TMPDIR", _folder));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(30, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        string[] there = [.. _session.Good("Get-ApiGatewayApiKey -Region eu-west-1 -IncludeValue")
            .Select(key => Content((ApiKeyInfo)key.BaseObject)).Order(StringComparer.Ordinal)];
        Assert.Equal(Keys().Where(key => key.Name != "internal").Select(Content).Order(StringComparer.Ordinal), there);
        Assert.Empty(Directory.EnumerateFiles(_folder, "keys-*"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _emulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Content(ApiKeyInfo key) => string.Join('|', ApiKeyField.All.Select(field => field.Current(key)));

    private Task<ToolRun> Runbook(string name, string arguments, params (string Name, string Value)[] environment) =>
        PowerShellHost.RunInTurn(_server.Uri, Typed(name, arguments), environment);

    private Task<ToolRun> RunbookAlone(string name, string arguments) =>
        PowerShellHost.Run(_server.Uri, $"{Typed(name, arguments)}; exit $LASTEXITCODE");

    private static string Typed(string name, string arguments) => $"& '{Repository.PathOf("examples", name + ".ps1")}' {arguments}";

    private string Seed(string name, DateTimeOffset created, params (string Key, string Value)[] tags) =>
        _emulator.Seed(new SeedKey
        {
            Region = Region,
            Name = name,
            CreatedDate = created,
            Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)
        });

    private IEnumerable<ApiKeyInfo> Keys() => _session.Good("Get-ApiGatewayApiKey -IncludeValue").Select(key => (ApiKeyInfo)key.BaseObject);

    private IEnumerable<string> Names() => Keys().Select(key => key.Name!).Order(StringComparer.Ordinal);
}
