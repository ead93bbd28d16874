using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>What the AWS CLI lists makes the same keys and plans elsewhere, whole or item by item.</summary>
public sealed class AwsListingTests
{
    private const string Keys = """
        { "items": [
          { "id": "a1b2c3d4e5", "value": "abcdefghij0123456789", "name": "a", "description": "d", "enabled": false, "customerId": "c",
            "createdDate": "2026-01-15T09:30:00+00:00", "lastUpdatedDate": "2026-01-15T09:30:00+00:00", "stageKeys": ["x/y"],
            "tags": { "env": "prod", "aws:cloudformation:stack-name": "s" } },
          { "id": "b1b2c3d4e5", "value": "bbcdefghij0123456789", "name": "b", "enabled": true,
            "createdDate": "2026-01-15T09:30:00+00:00", "lastUpdatedDate": "2026-01-15T09:30:00+00:00", "stageKeys": [] } ] }
        """;

    private const string Plans = """
        { "items": [
          { "id": "a1b2c3", "name": "gold", "description": "d", "tags": { "t": "1" },
            "apiStages": [ { "apiId": "a1b2c3d4e5", "stage": "prod",
              "throttle": { "/pets/GET": { "burstLimit": 3, "rateLimit": 2.5 } } } ],
            "throttle": { "burstLimit": 20, "rateLimit": 10.5 }, "quota": { "limit": 1000, "offset": 2, "period": "WEEK" } },
          { "id": "b1b2c3", "name": "bare", "apiStages": [] } ] }
        """;

    /// <summary>Every way a document comes down a pipeline.</summary>
    public static TheoryData<string> Ways => ["$json | ConvertFrom-Json", "($json | ConvertFrom-Json).items",
        "$json | ConvertFrom-Json -AsHashtable", "($json | ConvertFrom-Json -AsHashtable).items"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void KeysAreMadeOfAListing(string way)
    {
        using ModuleSession session = new ModuleSession().WithUtility();
        IReadOnlyList<PSObject> made = session.Good($"$json = $args[0]; {way} | New-ApiGatewayApiKey", Keys);
        Assert.Equal(["a|d|False|c|env=prod|abcdefghij0123456789", "b||True|||bbcdefghij0123456789"],
            made.Select(key => (ApiKeyInfo)key.BaseObject)
                .Select(key => $"{key.Name}|{key.Description}|{key.Enabled}|{key.CustomerId}|{key.Tags}|{key.Value}"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void PlansAreMadeOfAListing(string way)
    {
        using ModuleSession session = new ModuleSession().WithUtility();
        session.Emulator.SeedStage("eu-central-1", "a1b2c3d4e5", "prod");
        UsagePlanInfo[] made = [.. session.Good($"$json = $args[0]; {way} | New-ApiGatewayUsagePlan", Plans)
            .Select(plan => (UsagePlanInfo)plan.BaseObject)];
        Assert.Equal(["gold", "bare"], made.Select(plan => plan.Name));
        Assert.Equal(("d", 10.5, 20, 1000, QuotaPeriod.Week, 2, "t=1"), (made[0].Description, made[0].RateLimit, made[0].BurstLimit,
            made[0].QuotaLimit, made[0].QuotaPeriod, made[0].QuotaOffset, made[0].Tags.ToString()));
        PlanStage stage = Assert.Single(made[0].ApiStages);
        Assert.Equal(("a1b2c3d4e5:prod", new ThrottleLimits(2.5, 3)), (stage.ToString(), stage.Throttle["/pets/GET"]));
        Assert.Equal((null, null), (made[1].RateLimit, made[1].QuotaLimit));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void WhatIsOfTheOtherKindIsRefused(string way)
    {
        using ModuleSession session = new ModuleSession().WithUtility();
        Assert.Contains("New-ApiGatewayUsagePlan", string.Join(' ', session.Run($"$json = $args[0]; {way} | New-ApiGatewayApiKey", Plans)
            .ErrorTexts));
        Assert.Contains("New-ApiGatewayApiKey", string.Join(' ', session.Run($"$json = $args[0]; {way} | New-ApiGatewayUsagePlan", Keys)
            .ErrorTexts));
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Fact]
    public void APartOfAListingIsRefusedAndAnEmptyOneMakesNothing()
    {
        using ModuleSession session = new ModuleSession().WithUtility();
        Outcome part = session.Run("$args[0] | ConvertFrom-Json | New-ApiGatewayApiKey",
            Keys[..Keys.LastIndexOf('}')] + ", \"NextToken\": \"x\" }");
        Assert.Contains("part of a listing", string.Join(' ', part.ErrorTexts));
        Assert.Empty(session.Good("'{ \"items\": [] }' | ConvertFrom-Json | New-ApiGatewayApiKey"));
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Fact]
    public void ValuesThatAreMissedAreSaid()
    {
        using ModuleSession session = new ModuleSession().WithUtility();
        Outcome outcome = session.Run("$args[0] | ConvertFrom-Json | New-ApiGatewayApiKey", Keys.Replace("\"value\"", "\"ignored\"",
            StringComparison.Ordinal));
        Assert.Contains("2 API keys were piped without their values", Assert.Single(outcome.Warnings));
    }

    [Fact]
    [Trait(Category.Name, Category.Foreign)]
    public async Task TheRealAwsCliIsRead()
    {
        await Tool.Require("aws", "--version");
        ApiGatewayEmulator emulator = new();
        emulator.SeedStage("us-east-1", "a1b2c3d4e5", "prod");
        using EmulatorServer server = new(emulator);
        using ModuleSession session = new ModuleSession(emulator: emulator).WithUtility();
        session.Good("""
            $null = New-ApiGatewayApiKey a -Region us-east-1 -Description d -Tag @{ t = '1' } -Enabled $false
            $null = New-ApiGatewayUsagePlan gold -Region us-east-1 -RateLimit 1.5 -BurstLimit 2 -QuotaLimit 5 -QuotaPeriod Day `
                -ApiStage a1b2c3d4e5:prod
            """);
        emulator.SeedStage("eu-central-1", "a1b2c3d4e5", "prod");
        string[] at = ["--endpoint-url", server.Uri.ToString(), "--output", "json"];
        ToolRun keys = await Tool.Run("aws", ["apigateway", "get-api-keys", "--include-values", .. at]);
        ToolRun plans = await Tool.Run("aws", ["apigateway", "get-usage-plans", .. at]);
        session.Good("$args[0] | ConvertFrom-Json | New-ApiGatewayApiKey", keys.Output);
        session.Good("$args[0] | ConvertFrom-Json | New-ApiGatewayUsagePlan", plans.Output);
        Assert.Equal(All("us-east-1"), All("eu-central-1"));

        string All(string region)
        {
            ApiKeyInfo key = session.One<ApiKeyInfo>($"Get-ApiGatewayApiKey -IncludeValue -Region {region}");
            UsagePlanInfo plan = session.One<UsagePlanInfo>($"Get-ApiGatewayUsagePlan -Region {region}");
            return $"{key.Name} {key.Description} {key.Enabled} {key.Tags} {key.Value} {plan.Name} {plan.RateLimit} {plan.BurstLimit} "
                + $"{plan.QuotaLimit} {plan.QuotaPeriod} {plan.ApiStages[0]}";
        }
    }
}
