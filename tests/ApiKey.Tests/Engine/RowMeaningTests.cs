using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A row says what it says: nothing of it is dropped without a word, and nothing that is not text becomes text.</summary>
public sealed class RowMeaningTests : IDisposable
{
    private const string Value = "Abcdefghij0123456789XYZ";

    private readonly ModuleSession _session = new ModuleSession().WithUtility();

    public static TheoryData<string> PlanRows => new()
    {
        "@{ Name = 'p'; RateLimit = 5; BurstLimit = 10; QuotaLimit = 100; QuotaPeriod = 'Month'; ApiStages = 'api:dev', 'api:prod'; Tags = "
        + "'a=b' } | New-ApiGatewayUsagePlan",
        "[pscustomobject]@{ Name = 'p'; RateLimit = '5'; BurstLimit = '10'; QuotaLimit = '100'; QuotaPeriod = 'month'; ApiStages = "
        + "'api:dev, api:prod'; Tags = 'a=b' } | New-ApiGatewayUsagePlan",
        "$plan | New-ApiGatewayUsagePlan",
        "$plan | ConvertTo-Csv | ConvertFrom-Csv | New-ApiGatewayUsagePlan",
        "$plan | Select-Object * | New-ApiGatewayUsagePlan",
    };

    public static TheoryData<string> Commands
    {
        get
        {
            using ModuleSession session = new();
            return [.. session.Good("(Get-Command -Module ApiKey).Name").Select(name => name.ToString())];
        }
    }

    [Theory]
    [MemberData(nameof(PlanRows))]
    public void APlanIsMadeOfTheWholeRow(string script)
    {
        _session.Emulator.SeedStage("eu-central-1", "api", "dev");
        _session.Emulator.SeedStage("eu-central-1", "api", "prod");
        _session.Good("$global:plan = New-ApiGatewayUsagePlan p -RateLimit 5 -BurstLimit 10 -QuotaLimit 100 -QuotaPeriod Month -ApiStage "
            + "api:dev, api:prod -Tag @{ a = 'b' }");
        UsagePlanInfo plan = _session.One<UsagePlanInfo>(script);
        Assert.Equal(
            ("p", 5.0, 10, 100, QuotaPeriod.Month, "api:dev, api:prod", "a=b"),
            (plan.Name, plan.RateLimit, plan.BurstLimit, plan.QuotaLimit, plan.QuotaPeriod, plan.ApiStages.ToString(),
                plan.Tags.ToString()));
    }

    [Theory]
    [InlineData("@{ Name = 'x'; Enabled = $unset } | New-ApiGatewayApiKey", "Enabled is $null")]
    [InlineData("@{ Name = 'x'; UsagePlanId = $unset } | New-ApiGatewayApiKey", "UsagePlanId is $null")]
    [InlineData("@{ Name = 'x'; Tags = $unset } | New-ApiGatewayApiKey", "Tag is $null")]
    [InlineData("[ordered]@{ Name = 'x'; Value = $unset } | New-ApiGatewayApiKey", "Value is $null")]
    [InlineData("@{ Name = 'x'; RateLimit = $unset } | New-ApiGatewayUsagePlan", "RateLimit is $null")]
    [InlineData("@{ name = 'k'; enabled = $unset } | Sync-ApiGatewayApiKey -Confirm:$false", "'enabled' is $null")]
    [InlineData("@{ name = 'k'; tags = $unset } | Sync-ApiGatewayApiKey -Confirm:$false", "'tags' is $null")]
    [InlineData("Sync-ApiGatewayApiKey @{ keys = @(@{ name = 'k'; tags = $unset }) } -Confirm:$false", "'tags' is $null")]
    [InlineData("@{ Name = 'x'; Enabeld = $false } | New-ApiGatewayApiKey", "'Enabeld', which is not used here. If Enabled is meant")]
    [InlineData("@{ Name = 'x'; Desciption = 'd' } | New-ApiGatewayApiKey", "If Description is meant")]
    [InlineData("@{ Name = 'x'; UsagePlansIds = 'p' } | New-ApiGatewayApiKey", "If UsagePlanIds is meant")]
    [InlineData("@{ Name = 'x'; Rate_Limits = 5 } | New-ApiGatewayUsagePlan", "If RateLimit is meant")]
    public void AnEntryThatSaysNothingOrIsMisspeltIsRefused(string script, string told)
    {
        _session.Good("New-ApiGatewayApiKey k -Enabled $false -Tag @{ own = 'tag' }");
        Assert.Contains(told, _session.Run(script).Error.ToString());
        ApiKeyInfo key = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey");
        Assert.Equal((false, "own=tag"), (key.Enabled, key.Tags.ToString()));
        Assert.Empty(_session.Good("Get-ApiGatewayUsagePlan"));
    }

    [Fact]
    public void EntriesOfOthersAndEmptyCellsStayFree()
    {
        Assert.Equal("to x@y", Assert.Single(
            _session.Good("@{ Name = 'x'; Email = 'x@y'; Date = 1 } | ForEach-Object -PipelineVariable row { $_ } | New-ApiGatewayApiKey | "
                + "ForEach-Object { \"to $($row.Email)\" }")).ToString());
        Assert.True(_session.One<ApiKeyInfo>("'Name,Enabled,Description', 'y,,' | ConvertFrom-Csv | New-ApiGatewayApiKey").Enabled);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void OnlyTextBecomesText(string name)
    {
        Type command = Assert.IsType<CmdletInfo>(Assert.Single(_session.Good("Get-Command $args[0]", name)).BaseObject).ImplementingType;
        foreach (PropertyInfo property in command.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute))
                && (property.PropertyType == typeof(string) || property.PropertyType == typeof(string[]))))
        {
            ArgumentTransformationAttribute given =
                Assert.Single(property.GetCustomAttributes<ArgumentTransformationAttribute>(inherit: false));
            foreach (object row in new object[] { new Hashtable { ["x"] = 1 }, new PSObject(new Hashtable { ["x"] = 1 }),
                new object[] { "a", new Hashtable { ["x"] = 1 } } })
            {
                // What may stand for the object itself is bound to -Id, or refused by the command.
                object? read = null;
                Assert.True(Record.Exception(() => read = given.Transform(null!, row)) is ArgumentTransformationMetadataException
                    || (given.GetType().Name == "TransformNameFilterAttribute" && read?.GetType().Name == "ToConvert"),
                    $"{name} -{property.Name} accepts {row}");
            }
        }
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'p'; RateLimit = 'viel'; BurstLimit = 1 } | New-ApiGatewayUsagePlan", "'viel' is not a number")]
    [InlineData("@{ Name = 'p'; RateLimit = '1,5'; BurstLimit = 1 } | New-ApiGatewayUsagePlan", "'1,5' is not a number")]
    [InlineData("[pscustomobject]@{ Name = 'p'; QuotaLimit = '1.5'; QuotaPeriod = 'Day' } | New-ApiGatewayUsagePlan",
        "'1.5' is not a whole number")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaLimit 1.5 -QuotaPeriod Day", "'1.5' is not a whole number")]
    [InlineData("[pscustomobject]@{ Name = 'p'; QuotaLimit = '5'; QuotaPeriod = 'Monthly' } | New-ApiGatewayUsagePlan",
        "'Monthly' is not one of Day, Week, Month")]
    [InlineData("New-ApiGatewayUsagePlan p -RateLimit ([IO.FileInfo]::new('f')) -BurstLimit 1", "is not a number")]
    [InlineData("'k' | Invoke-ApiGatewayApiKeyRotation -OldKey Delete", "'Delete' is not one of Keep, Disable, Remove")]
    public void OnlyNumbersBecomeNumbersAndOnlyTheirWordsChoices(string script, string told)
    {
        Assert.Contains(told, _session.Run(script).Error.ToString());
        Assert.Empty(_session.Good("Get-ApiGatewayUsagePlan"));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryNumberAndChoiceIsReadStrictly(string name)
    {
        Type command = Assert.IsType<CmdletInfo>(Assert.Single(_session.Good("Get-Command $args[0]", name)).BaseObject).ImplementingType;
        foreach (PropertyInfo property in command.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))))
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type == typeof(int) || type == typeof(double) || type.IsEnum)
            {
                ArgumentTransformationAttribute given =
                    Assert.Single(property.GetCustomAttributes<ArgumentTransformationAttribute>(inherit: false));
                Exception? refused = Record.Exception(() => given.Transform(null!, Value));
                Assert.True(refused is ArgumentTransformationMetadataException
                    && !refused.Message.Contains(Value, StringComparison.Ordinal), $"{name} -{property.Name}: {refused}");
            }
        }
    }

    [Theory]
    [InlineData($"[pscustomobject]@{{ {Value} = 'a' }} | New-ApiGatewayApiKey")]
    [InlineData($"@{{ {Value} = 'a' }} | Remove-ApiGatewayApiKey -WhatIf")]
    [InlineData($"New-ApiGatewayUsagePlan p -ApiStage {Value}")]
    [InlineData($"New-ApiGatewayUsagePlan p -ApiStage @{{ {Value} = 1 }}")]
    [InlineData($"Import-ApiGatewayApiKey -Path {Value}")]
    [InlineData($"Compare-ApiGatewayApiKey {Value}")]
    public void WhatMayBeAValueIsNotRepeated(string script)
    {
        Outcome outcome = _session.Run(script);
        Assert.NotEmpty(outcome.ErrorTexts);
        Assert.DoesNotContain(outcome.ErrorTexts, text => text.Contains(Value, StringComparison.Ordinal));
    }

    public void Dispose() => _session.Dispose();
}
