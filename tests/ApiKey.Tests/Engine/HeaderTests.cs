using System.Management.Automation;
using System.Text.Json;
using System.Xml.Linq;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>
/// What is read on the screen can be typed: every header of every view is a property of that name. Such properties are hidden, so
/// that everything is shown once where all properties are.
/// </summary>
public sealed class HeaderTests : IDisposable
{
    private readonly ModuleSession _session = Specimens.Prepare("partner");

    public static TheoryData<string> Types => [.. Specimens.Scripts.Keys];

    public static TheoryData<string> RealTypes => [.. Specimens.Scripts.Keys.Where(type => !type.Contains('#', StringComparison.Ordinal))];

    /// <summary>Types whose properties are all data, not services or nested settings.</summary>
    public static TheoryData<string> DataTypes
        => [.. Specimens.Scripts.Keys.Where(type => !type.Contains('#', StringComparison.Ordinal)
            && !type.EndsWith("Connection", StringComparison.Ordinal) && !type.EndsWith("Server", StringComparison.Ordinal)
                && !type.EndsWith("PlanStage", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryHeaderIsAProperty(string typeName)
    {
        PSObject specimen = Specimens.Of(_session, typeName);
        string[] headers = [.. HeadersInTheFile(typeName), .. HeadersLoaded(typeName)];
        Assert.NotEmpty(headers);
        Assert.All(headers, header => Assert.NotNull(specimen.Properties[header]));
    }

    [Fact]
    public void EveryTypeThatHasAViewIsTried() =>
        Assert.Equal(Specimens.Scripts.Keys.Order(), Views().SelectMany(view => view.Descendants("TypeName")).Select(type => type.Value)
            .Distinct(StringComparer.Ordinal).Order());

    [Fact]
    public void EveryTypeThatACommandEmitsHasAView()
    {
        IEnumerable<string> emitted = _session.Good("(Get-Command -Module ApiKey).OutputType.Name | Sort-Object -Unique")
            .Select(type => type.ToString()).Where(type => type.StartsWith("ApiKey.", StringComparison.Ordinal));
        Assert.All(emitted, type => Assert.Contains(type, Specimens.Scripts.Keys));
    }

    [Fact]
    public void WhatTheScreenSuggestsSelects()
    {
        Assert.Equal("k1", Assert.Single(
            _session.Good("Get-ApiGatewayApiKey -Name $name | Where-Object Created -lt ([datetime]'2026-02-01') | ForEach-Object Id"))
                .ToString());
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey -Name $name | Where-Object Created -lt ([datetime]'2026-01-01')"));
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey -Name $name | Where-Object Age -lt ([timespan]'1')"));
        Assert.IsType<TimeSpan>(Assert.Single(_session.Good("(Get-ApiGatewayApiKey -Id k1).Age")).BaseObject);
        Assert.Single(_session.Good(
            "Get-ApiGatewayUsagePlan | Where-Object Rate -gt 2 | Where-Object Quota -eq 1000 | Where-Object { $_.Stages.Count -eq 2 }"));
        Assert.NotEmpty(_session.Good(
            "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan | Where-Object Key -eq partner | Where-Object Plan -eq partner | Where-Object "
            + "Share -eq 0"));
    }

    [Fact]
    public void WhatHasNoNameIsCalledByItsId()
    {
        ApiKeyUsageInfo named = new()
        {
            Date = new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc),
            ApiKeyId = "k1",
            ApiKeyName = "partner",
            UsagePlanId = "p1",
            UsagePlanName = "gold",
            Region = "eu-central-1",
        };
        ApiKeyUsageInfo[] uses =
        [
            named, named with { ApiKeyName = null, UsagePlanName = null }, named with { ApiKeyName = "", UsagePlanName = "" },
            named with { UsagePlanId = null, UsagePlanName = null },
        ];
        Assert.Equal(["partner/gold", "k1/p1", "k1/p1", "partner/"],
            _session.Good("$args | ForEach-Object { \"$($_.Key)/$($_.Plan)\" }", uses).Select(text => text.ToString()));
    }

    [Fact]
    public void ARotationIsCalledByItsSuccessor()
    {
        ApiKeyInfo successor = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id k1");
        ApiKeyRotationInfo rotation = new() { New = successor };
        Assert.Equal(successor.Name, _session.One<string>("$args[0].Name", rotation));
        Assert.Equal(successor.CreatedDate, _session.One<DateTimeOffset>("$args[0].NewCreated", rotation));
    }

    [Fact]
    public void AKeyWithoutADateHasNoAge()
    {
        ApiKeyInfo key = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id k1");
        TimeSpan age = _session.One<TimeSpan>("$args[0].Age", key with { CreatedDate = DateTimeOffset.UtcNow - TimeSpan.FromDays(2) });
        Assert.InRange(age, TimeSpan.FromDays(2), TimeSpan.FromDays(2.1));
        Assert.True(_session.One<bool>("$null -eq $args[0].Age", key with { CreatedDate = null }));
    }

    [Fact]
    public void WhatStandsForAnObjectAmongOthersIsItsText()
    {
        Dictionary<string, string> standing = XDocument.Load(Path.Combine(Repository.Module, "bin", "ApiKey.types.ps1xml"))
            .Descendants("NoteProperty").Where(note => note.Element("Name")!.Value == "DefaultDisplayProperty")
            .ToDictionary(note => note.Ancestors("Type").Single().Element("Name")!.Value, note => note.Element("Value")!.Value);
        Assert.NotEmpty(standing);
        Assert.All(standing, pair =>
        {
            PSObject specimen = Specimens.Of(_session, pair.Key);
            Assert.Equal(specimen.BaseObject.ToString(), specimen.Properties[pair.Value].Value);
        });
    }

    [Fact]
    public void TerraformsNamesCanBeTyped() =>
        Assert.Equal(
            ["env=prod, partner=partner", "partner", "api:dev, api:prod"],
            _session.Good("$key = Get-ApiGatewayApiKey -Id k1; \"$($key.tags_all.ToString())\"; $key.customer_id; $plan.api_stages -join "
                + "', '").Select(text => text.ToString()));

    [Theory]
    [MemberData(nameof(RealTypes))]
    public void EverythingIsShownOnce(string typeName)
    {
        PSObject specimen = Specimens.Of(_session, typeName);
        string[] expected = [.. specimen.BaseObject.GetType().GetProperties()
            .Where(property => property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic).Select(property => property.Name)
                .Order(StringComparer.Ordinal)];
        if (typeName.EndsWith(".ApiGatewayConnection", StringComparison.Ordinal))
        {
            expected = [.. expected.Append("Emulator").Order(StringComparer.Ordinal)];
        }

        Assert.Equal(expected, Names("($args[0] | Select-Object *).PSObject.Properties.Name", specimen));
        Assert.Equal(expected, Names("($args[0] | ConvertTo-Csv | ConvertFrom-Csv).PSObject.Properties.Name", specimen));
        Assert.Equal(expected, Names("($args[0] | Get-Member -MemberType Properties).Name", specimen));
        using JsonDocument json =
            JsonDocument.Parse(_session.Good("$args[0] | ConvertTo-Json -Depth 2 -WarningAction Ignore", specimen)[0].ToString());
        Assert.Equal(expected, json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(DataTypes))]
    public void NoCellIsTheNameOfAType(string typeName)
    {
        PSObject row = Assert.Single(_session.Good("$args[0] | ConvertTo-Csv | ConvertFrom-Csv", Specimens.Of(_session, typeName)));
        Assert.All(row.Properties, cell => Assert.DoesNotMatch("^(System|ApiKey)\\.|`", cell.Value?.ToString() ?? ""));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void NoViewShowsAValue(string typeName)
    {
        string value = _session.Good("(Get-ApiGatewayApiKey -Name $name -IncludeValue).Value")[0].ToString();
        foreach (string view in new[] { "Out-Default", "Format-List", "Format-Table", "Format-Wide", "Out-String -Width 999" })
        {
            Assert.DoesNotContain(value, _session.Coloured($"{Specimens.Scripts[typeName]} | {view}"));
            Assert.DoesNotContain(value,
                _session.Coloured($"& {{ [pscustomobject]@{{ a = 1 }}; {Specimens.Scripts[typeName]} }} | {view}"));
        }
    }

    public void Dispose()
    {
        _session.Run("$server | Stop-ApiGatewayEmulator");
        _session.Dispose();
    }

    private static IEnumerable<XElement> Views()
        => XDocument.Load(Repository.PathOf("src", "ApiKey", "ApiKey.format.ps1xml")).Descendants("View");

    private static IEnumerable<string> HeadersInTheFile(string typeName) =>
        Views().Where(view => view.Descendants("TypeName").Any(type => type.Value == typeName))
            .SelectMany(view => view.Descendants("Label")).Select(label => label.Value);

    private string[] HeadersLoaded(string typeName) => [.. _session.Good(
        """
        foreach ($control in (Get-FormatData -TypeName $args[0] -PowerShellVersion 7.4).FormatViewDefinition.Control) {
            $control.Headers.Label
            $control.Entries.Items | ForEach-Object {
                if ($_.Label) { $_.Label } elseif ($_.DisplayEntry.ValueType -eq 'Property') { $_.DisplayEntry.Value } }
            $control.GroupBy.Label
        }
        """,
        typeName).Where(label => label is not null).Select(label => label.ToString()).Where(label => label.Length > 0)];

    private IEnumerable<string> Names(string script, PSObject specimen)
        => _session.Good(script, specimen).Select(name => name.ToString()).Order(StringComparer.Ordinal);
}
