using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What is written can be read: every column of every file binds back to New-ApiGatewayApiKey, and copies keep their
/// values.</summary>
public sealed class ColumnTests : IDisposable
{
    // What AWS assigns, or what another region computes anew.
    private static readonly string[] NotACopy = ["Id", "CreatedDate", "LastUpdatedDate", "Region", "ProfileName", "StageKeys", "TagsAll",
        "RotatedFrom", "RotatedTo", "StackName"];

    private readonly ModuleSession _session = new ModuleSession().WithUtility();
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    public ColumnTests()
    {
        _session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "a",
            Description = "first, \"quoted\"",
            CustomerId = "c1",
            Enabled = false,
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["env"] = "prod" }
        });
        _session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "b", Description = "second" });
        _session.Good("$global:folder = $args[0]", _folder);
    }

    /// <summary>Every way from keys to rows and back.</summary>
    public static TheoryData<string, bool> Ways => new()
    {
        { "Export-ApiGatewayApiKey $folder/k.csv -IncludeValue -Force; Import-Csv $folder/k.csv", true },
        { "Export-ApiGatewayApiKey $folder/k.json -IncludeValue -Force; [IO.File]::ReadAllText($folder + '/k.json') | "
            + "ConvertFrom-Json", true },
        { "Export-ApiGatewayApiKey $folder/k.json -Force; [IO.File]::ReadAllText($folder + '/k.json') | ConvertFrom-Json", false },
        { "Export-ApiGatewayApiKey $folder/k.json -Format DesiredState -Force; ([IO.File]::ReadAllText($folder + '/k.json') | "
            + "ConvertFrom-Json).keys", false },
        { "Get-ApiGatewayApiKey -IncludeValue", true },
        { "Get-ApiGatewayApiKey", false },
        { "Get-ApiGatewayApiKey -IncludeValue | ConvertTo-Csv | ConvertFrom-Csv", true },
        { "Get-ApiGatewayApiKey -IncludeValue | ConvertTo-Json | ConvertFrom-Json", true },
        { "Get-ApiGatewayApiKey | ConvertTo-Csv | ConvertFrom-Csv", false },
        { "Get-ApiGatewayApiKey -IncludeValue | Select-Object *", true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void EveryColumnBinds(string rows, bool withValues)
    {
        string[] accepted = [.. ((CommandInfo)Assert.Single(_session.Good("Get-Command New-ApiGatewayApiKey")).BaseObject).Parameters.Values
            .Where(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName))
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name))];
        string[] columns = [.. _session.Good(rows)[0].Properties.Where(property => !NotACopy.Contains(property.Name,
            StringComparer.OrdinalIgnoreCase)).Select(property => property.Name)];
        Assert.Contains("Name", columns, StringComparer.OrdinalIgnoreCase);
        Assert.All(columns, column => Assert.Contains(column, accepted, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(withValues, columns.Any(column => column is "Key" or "Value")
            && _session.Good($"& {{ {rows} }} | ForEach-Object {{ $_.Key; $_.Value }}").Any(value => value?.ToString().Length > 0));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void ACopyIsTheSameKey(string rows, bool withValues)
    {
        Outcome outcome = _session.Run($"{rows} | New-ApiGatewayApiKey -Region eu-west-1");
        Assert.Empty(outcome.ErrorTexts);
        ApiKeyInfo[] from = Keys("eu-central-1");
        ApiKeyInfo[] to = Keys("eu-west-1");
        Assert.Equal(from.Select(What), to.Select(What));
        Assert.Equal(withValues, from.Select(key => key.Value).SequenceEqual(to.Select(key => key.Value)));

        // A desired state describes keys that are to be, so it has nothing to be missed.
        Assert.Equal(
            withValues || rows.Contains("DesiredState", StringComparison.Ordinal) ? []
                : ["2 API keys were piped without their values, so new ones are generated. To copy values too, read them with "
                    + "Get-ApiGatewayApiKey -IncludeValue or Export-ApiGatewayApiKey -IncludeValue."],
            outcome.Warnings);
    }

    [Fact]
    public void OneKeyWithoutItsValueIsSaidInTheSingular()
    {
        Assert.Equal(["1 API key was piped without its value, so a new one is generated. To copy values too, read them with "
            + "Get-ApiGatewayApiKey -IncludeValue or Export-ApiGatewayApiKey -IncludeValue."],
                _session.Run("Get-ApiGatewayApiKey -Name a | New-ApiGatewayApiKey").Warnings);
        Assert.Empty(_session.Run("Get-ApiGatewayApiKey -Name a | New-ApiGatewayApiKey -Value (New-Guid).ToString('N')").Warnings);
    }

    [Fact]
    public void AFileOfAwsBindsWhole()
    {
        string plan = _session.Good("(New-ApiGatewayUsagePlan gold).Id")[0].ToString();
        File.WriteAllText(Path.Combine(_folder, "aws.csv"),
            $"Name,key,description,Enabled,usageplanIds\r\nx,TheValueOfTheAwsFile1234,d,TRUE,{plan}\r\ny,,e,false,\r\n");
        _session.Good("Import-Csv $folder/aws.csv | New-ApiGatewayApiKey");
        ApiKeyInfo x = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Name x -IncludeValue");
        Assert.Equal(("TheValueOfTheAwsFile1234", "d", true), (x.Value, x.Description, x.Enabled));
        Assert.Equal("x", Assert.Single(_session.Good("(Get-ApiGatewayUsagePlanKey $args[0]).Name", plan)).ToString());
        Assert.Equal(40, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Name y -IncludeValue").Value!.Length);
    }

    [Fact]
    public void AnArnIsNotTyped() => Assert.Equal("ArnNotSupported", _session.Run("New-ApiGatewayApiKey a -Arn x").ErrorId);

    [Fact]
    public void WhatSyncAndCompareEmitHoldsAValueOnlyOnRequest()
    {
        const string Value = "TheValueThatIsAskedFor123";
        string wanted = $"@{{ name = 'new'; value = '{Value}' }}";
        Assert.DoesNotContain(Value, Json($"Compare-ApiGatewayApiKey {wanted}"));
        Assert.DoesNotContain(Value, Json($"Sync-ApiGatewayApiKey {wanted}"));
        Assert.DoesNotContain(Value, Json($"Compare-ApiGatewayApiKey {wanted} -IncludeUnchanged"));
        Assert.DoesNotContain(Value, Json($"Compare-ApiGatewayApiKey @{{ name = 'new'; value = '{Value}'; description = 'x' }}"));
        Assert.DoesNotContain(Value, Json($"Sync-ApiGatewayApiKey @{{ name = 'new'; value = '{Value}'; description = 'x' }}"));
        string replaced = Json("Sync-ApiGatewayApiKey @{ name = 'new'; value = 'AnotherValueOfTheSameKey1' } -AllowReplace");
        Assert.DoesNotContain(Value, replaced);
        Assert.DoesNotContain("AnotherValueOfTheSameKey1", replaced);
        Assert.Contains("TheValueThatIsAskedFor124",
            Json("Sync-ApiGatewayApiKey @{ name = 'newer'; value = 'TheValueThatIsAskedFor124' } -IncludeValue"));
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey")]
    [InlineData("Get-ApiGatewayApiKey -Id $id")]
    [InlineData("Set-ApiGatewayApiKey $id -Description y -PassThru")]
    [InlineData("Get-ApiGatewayApiKey -IncludeValue | Set-ApiGatewayApiKey -Description z -PassThru | Where-Object { $_.Id -ne $id }")]
    [InlineData("Get-ApiGatewayUsagePlanKey $plan")]
    [InlineData("Get-ApiGatewayApiKeyUsage -UsagePlanId $plan")]
    [InlineData("Get-ApiGatewayUsagePlan $plan")]
    [InlineData("Get-ApiGatewayConnection")]
    [InlineData("(Invoke-ApiGatewayApiKeyRotation $id).Old")]
    [InlineData("New-ApiGatewayApiKey n | Remove-ApiGatewayApiKey -PassThru -Confirm:$false | Select-Object * -ExcludeProperty Value")]
    public void NothingHoldsAValueThatNobodyAskedFor(string command)
    {
        const string Value = "TheValueNobodyAskedFor123";
        _session.Good($"$global:plan = New-ApiGatewayUsagePlan gold; $global:id = (New-ApiGatewayApiKey holder -Value {Value} -UsagePlanId "
            + "$plan).Id");
        Assert.DoesNotContain(Value, Json(command));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _session.Dispose();
    }

    private string Json(string command)
        => string.Join('\n', _session.Run($"{command} | ConvertTo-Json -Depth 9 -WarningAction Ignore").Output);

    private ApiKeyInfo[] Keys(string region)
        => [.. _session.Good($"Get-ApiGatewayApiKey -IncludeValue -Region {region} | Sort-Object Name")
            .Select(key => (ApiKeyInfo)key.BaseObject)];

    private static (string?, string?, bool, string?, string) What(ApiKeyInfo key)
        => (key.Name, key.Description, key.Enabled, key.CustomerId, key.Tags.ToText());
}
