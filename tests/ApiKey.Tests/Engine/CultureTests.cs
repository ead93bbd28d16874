namespace ApiKey.Tests.Engine;

/// <summary>What is shown, said and written is the same in every culture: dates of the Gregorian calendar, western digits.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly ModuleSession _session = Specimens.Prepare("partner");
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    /// <summary>Cultures with other calendars, digits, separators, signs and letters.</summary>
    public static TheoryData<string> Cultures { get; } =
        ["th-TH", "ar-SA", "fa-IR", "he-IL", "ps-AF", "ja-JP", "hi-IN", "de-DE", "fr-FR", "sv-SE", "tr-TR", "my-MM"];

    [Fact]
    public void EveryViewIsTheSame()
    {
        foreach (string script in Specimens.Scripts.Values)
        {
            foreach (string view in new[] { "Out-Default", "Format-List", "Format-Table", "Format-Wide", "ForEach-Object ToString" })
            {
                AssertTheSame($"{script} | {view}");
            }
        }
    }

    [Fact]
    public void EveryMessageIsTheSame()
    {
        foreach (string command in new[]
        {
            "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate 2020-01-01 -EndDate 2020-02-01",
            "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate 2026-02-01 -EndDate 2026-01-01",
            "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate 2020-01-01 -EndDate 2026-01-01",
            "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate 2999-01-01 -EndDate 2999-01-02",
            "New-ApiGatewayUsagePlan p -RateLimit -1.5",
            "New-ApiGatewayApiKey a -Value short",
            "Compare-ApiGatewayApiKey @{ name = 'i' }, @{ name = 'I'; enabled = 'x' }",
            "Sync-ApiGatewayApiKey (1..1500 | ForEach-Object { @{ name = \"n$_\" } }) -WhatIf | Select-Object -Last 1",
        })
        {
            AssertTheSame(command);
        }
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void EveryFileIsTheSame(string culture)
    {
        foreach (string file in new[] { "keys.csv -IncludeValue", "keys.json", "keys.tf", "state.json -Format DesiredState" })
        {
            Assert.Equal(Written("", file), Written(culture, file));
        }
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void ATypedDateIsReadTheSame(string culture)
    {
        string day = DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(day, Screen(culture,
            $"(Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate {day} -EndDate {day}).Date.ToString('yyyy-MM-dd', "
            + "[cultureinfo]::InvariantCulture)"));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _session.Run("$server | Stop-ApiGatewayEmulator");
        _session.Dispose();
    }

    private void AssertTheSame(string script)
    {
        string expected = Screen("", script);
        foreach (string culture in Cultures.Select(row => row.Data))
        {
            Assert.Equal($"{culture}: {expected}", $"{culture}: {Screen(culture, script)}");
        }
    }

    // Everything within one pipeline, as a session of that culture would have it.
    private string Screen(string culture, string script)
        => _session.Screen($"[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = '{culture}'; & {{ {script} }} | "
            + "Out-Default");

    private string Written(string culture, string file)
    {
        string[] parts = file.Split(' ', 2);
        string path = Path.Combine(_folder, parts[0]);
        Assert.Equal("", Screen(culture, $"Export-ApiGatewayApiKey '{path}' {parts.ElementAtOrDefault(1)} -Force"));
        return File.ReadAllText(path);
    }
}
