using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Usage plans in desired states of every kind: YAML, PowerShell data, objects, Terraform's state and plan JSON, the AWS CLI's
/// listings and CloudFormation.</summary>
public sealed class DesiredPlanTests : IDisposable
{
    private const string Prune = "-Prune -PruneTag @{ m = '1' }";
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("plans.yaml", """
        usage_plans:
          - name: gold
            description: All of it
            product_code: abc
            api_stages:
              - a1:prod
              - { api_id: b2, stage: test, throttle: { /pets/GET: { rate_limit: 2.5, burst_limit: 4 } } }
            throttle_settings: { rate_limit: 5, burst_limit: 10 }
            quota_settings: { limit: 100, period: MONTH, offset: 3 }
            tags: { m: "1" }
        keys:
          - name: a
            usage_plans: [gold]
        """)]
    [InlineData("plans.psd1", """
        @{
            UsagePlans = @(
                @{
                    Name = 'gold'; Description = 'All of it'; ProductCode = 'abc'; RateLimit = 5; BurstLimit = 10; QuotaLimit = 100
                    QuotaPeriod = 'Month'; QuotaOffset = 3; Tags = @{ m = '1' }
                    ApiStages = @(
                        'a1:prod'
                        @{ ApiId = 'b2'; Stage = 'test'; Throttle = @{ '/pets/GET' = @{ RateLimit = 2.5; BurstLimit = 4 } } }
                    )
                }
            )
            Keys = @(@{ Name = 'a'; UsagePlans = @(@{ Name = 'gold' }) })
        }
        """)]
    [InlineData("plans.json", """
        { "usage_plans": [ { "name": "gold", "description": "All of it", "product_code": "abc", "RateLimit": 5, "BurstLimit": 10,
            "QuotaLimit": 100, "QuotaPeriod": "MONTH", "QuotaOffset": 3, "tags": { "m": "1" }, "api_stages": [ "a1:prod",
              { "api_id": "b2", "stage": "test", "throttle": [ { "path": "/pets/GET", "rate_limit": 2.5, "burst_limit": 4 } ] } ] } ],
          "keys": [ { "name": "a", "usage_plans": [ "gold" ] } ] }
        """)]
    public void APlanOfAnyFormatIsMadeWhole(string name, string text)
    {
        Stages();
        string file = Write(name, text);
        Assert.Equal(["Create usage plan gold", "Create a", "Create a in usage plan gold"],
            Titles(_session.Good("Sync-ApiGatewayApiKey $args[0]", file)));
        UsagePlanInfo plan = (UsagePlanInfo)Assert.Single(_session.Good("Get-ApiGatewayUsagePlan")).BaseObject;
        Assert.Equal(("gold", "All of it", "abc", 5d, 10, 100, QuotaPeriod.Month, 3, "m=1"), (plan.Name, plan.Description,
            plan.ProductCode, plan.RateLimit, plan.BurstLimit, plan.QuotaLimit, plan.QuotaPeriod, plan.QuotaOffset, plan.Tags.ToString()));
        Assert.Equal(["a1:prod", "b2:test"], plan.ApiStages.Select(stage => stage.ToString()).Order());
        Assert.Equal(new ThrottleLimits(2.5, 4), plan.ApiStages.Single(stage => stage.ApiId == "b2").Throttle["/pets/GET"]);
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
    }

    [Fact]
    public void WhatGetUsagePlanEmitsIsADesiredPlan()
    {
        Stages();
        _session.Good("$null = New-ApiGatewayUsagePlan gold -RateLimit 5 -BurstLimit 1 -ApiStage a1:prod -Tag @{ m = '1' } -QuotaLimit 5 "
            + "-QuotaPeriod Week; $null = New-ApiGatewayApiKey a -UsagePlanId gold");
        const string Desired = "@{ usage_plans = @(@{ name = 'gold'; api_stages = @('a1:prod'); RateLimit = RATE; BurstLimit = 1; tags = "
            + "@{ m = '1' }; quota_settings = @{ limit = 5; period = 'WEEK' } }); keys = @(@{ name = 'a'; usage_plans = 'gold' }) }";
        Assert.Empty(_session.Good($"Compare-ApiGatewayApiKey {Desired.Replace("RATE", "5", StringComparison.Ordinal)}"));
        PlannedChange change = (PlannedChange)Assert.Single(
            _session.Good($"Compare-ApiGatewayApiKey {Desired.Replace("RATE", "6", StringComparison.Ordinal)}")).BaseObject;
        Assert.Equal("RateLimit '5' -> '6'", Assert.Single(change.Differences).ToString());
    }

    [Fact]
    public void AStateOfTerraformSaysPlansAndMembersByIds()
    {
        Stages();
        string plan = Text("(New-ApiGatewayUsagePlan gold -RateLimit 5 -BurstLimit 1).Id");
        string key = Text("(New-ApiGatewayApiKey a).Id");
        string other = Text("(New-ApiGatewayUsagePlan other).Id");
        _session.Good("$null = Add-ApiGatewayUsagePlanKey -UsagePlanId $args[0] -Id $args[1]", other, key);
        string file = Write("terraform.tfstate", $$"""
            { "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "outputs": {}, "resources": [
              { "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k", "instances": [ { "attributes": { "id": "{{key}}",
                "name": "a", "description": "Managed by Terraform", "enabled": true } } ] },
              { "mode": "managed", "type": "aws_api_gateway_usage_plan", "name": "p", "instances": [ { "attributes": { "id": "{{plan}}",
                "arn": "arn:aws:apigateway:eu-central-1::/usageplans/{{plan}}", "name": "gold", "description": "", "product_code": "",
                "api_stages": [ { "api_id": "a1", "stage": "prod", "throttle": [ { "path": "/p/GET", "rate_limit": 1, "burst_limit": 2 }
                ] } ], "quota_settings": [], "throttle_settings": [ { "rate_limit": 5, "burst_limit": 1 } ], "tags": null, "tags_all": {}
                } } ] },
              { "mode": "managed", "type": "aws_api_gateway_usage_plan_key", "name": "m", "instances": [ { "attributes": {
                "id": "{{key}}", "key_id": "{{key}}", "key_type": "API_KEY", "name": "a", "usage_plan_id": "{{plan}}", "value": "v" } } ]
              } ] }
            """);

        // That the key is in another plan too is none of this state's business.
        Assert.Equal([$"Update usage plan gold ({plan})", $"Create a ({key}) in usage plan gold ({plan})"],
            Titles(_session.Good("Sync-ApiGatewayApiKey $args[0]", file)));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
        Assert.Equal(2, _session.Good("Get-ApiGatewayUsagePlan -ApiKeyId $args[0]", key).Count);

        // Another plan of the stage, read for this alone, has the key.
        _session.Good("$null = New-ApiGatewayUsagePlan third -ApiStage a1:prod; Remove-ApiGatewayUsagePlanKey -UsagePlanId $args[0] -Id "
            + "$args[1] -Confirm:$false; Add-ApiGatewayUsagePlanKey -UsagePlanId third -Id $args[1]", plan, key);
        Outcome refused = _session.Run("Sync-ApiGatewayApiKey $args[0]", file);
        Assert.Equal("UsagePlanConflict", refused.ErrorId);
        Assert.Contains("'gold' and 'third', which both open the stage a1:prod", refused.Error.ToString());
    }

    [Fact]
    public void APlanOfTerraformSaysMembersOfWhatIsToCome()
    {
        string file = Write("plan.json", PlanJson("{ \"id\": true, \"api_stages\": [], \"tags_all\": true }"));
        Assert.Equal(["Create usage plan gold", "Create a", "Create a in usage plan gold"],
            Titles(_session.Good("Sync-ApiGatewayApiKey $args[0]", file)));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
    }

    [Theory]
    [InlineData("{ \"api_stages\": [ { \"api_id\": true } ] }", "The api_stages of this usage plan is not known")]
    [InlineData("{ \"throttle_settings\": true }", "The throttle_settings of this usage plan is not known")]
    [InlineData("{ \"name\": true }", "The name of this usage plan is not known")]
    public void WhatTerraformDoesNotKnowOfAPlanIsRefused(string unknown, string says) =>
        Assert.Contains(says, Refused(Write("plan.json", PlanJson(unknown))));

    [Fact]
    public void AMemberOfWhatTheConfigurationDoesNotSayIsRefused() => Assert.Contains(
        "The usage_plan_id of this usage plan key is not known",
        Refused(Write("plan.json", PlanJson("{}")
            .Replace("aws_api_gateway_usage_plan.p.id", "local.plan", StringComparison.Ordinal))));

    [Fact]
    public void PruneOfOneRegionLeavesTheOthersAlone()
    {
        _session.Good("foreach ($region in 'eu-central-1', 'us-east-1') { "
            + "$null = New-ApiGatewayApiKey gone -Tag @{ m = '1' } -Region $region; "
            + "$null = New-ApiGatewayUsagePlan over -Tag @{ m = '1' } -Region $region }");
        const string Desired = "@{ usage_plans = @(@{ name = 'p'; region = 'us-east-1' }, @{ name = 'q'; region = 'eu-central-1' }); "
            + "keys = @(@{ name = 'a'; region = 'us-east-1' }, @{ name = 'b'; region = 'eu-central-1' }) }";
        Outcome synced = _session.Run($"Sync-ApiGatewayApiKey {Desired} -Region us-east-1 {Prune} -Force");
        Assert.Empty(synced.Errors);
        Assert.Equal(["Create usage plan p", "Create a", "Remove gone", "Remove usage plan over"],
            Titles(synced.Output).Select(title => title.Split('(')[0].Trim()));
        Assert.All(synced.Output, change => Assert.Equal("us-east-1", ((PlannedChange)change.BaseObject).Region));
        Assert.Contains("2 entries of the desired state are in regions other than us-east-1", Assert.Single(synced.Warnings));
        Assert.Single(_session.Good("Get-ApiGatewayApiKey -Region eu-central-1"));
        Assert.Single(_session.Good("Get-ApiGatewayUsagePlan -Region eu-central-1"));

        // One whose keys are all gone needs -Force.
        Assert.Equal("WouldEmptyScope", _session.Run($"Sync-ApiGatewayApiKey {Desired} -Region eu-central-1 {Prune}").ErrorId);
    }

    [Fact]
    public void TheAwsClisPlansAreSyncedAndComparedEqual()
    {
        Stages();
        string file = Write("plans.json", """
            { "items": [ { "id": "ID", "name": "gold", "apiStages": [ { "apiId": "a1", "stage": "prod" } ],
              "throttle": { "burstLimit": 10, "rateLimit": 5.0 }, "quota": { "limit": 100, "offset": 0, "period": "MONTH" } } ] }
            """.Replace("ID", Text("(New-ApiGatewayUsagePlan gold).Id"), StringComparison.Ordinal));
        Assert.StartsWith("Update usage plan gold", Assert.Single(Titles(_session.Good("Sync-ApiGatewayApiKey $args[0]", file))));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
    }

    [Fact]
    public void ATemplatesPlansAndMembersAreSyncedAndComparedEqual()
    {
        string file = Write("template.yaml", """
            Resources:
              Key:
                Type: AWS::ApiGateway::ApiKey
                Properties: { Name: a, Enabled: true }
              Plan:
                Type: AWS::ApiGateway::UsagePlan
                Properties: { UsagePlanName: gold, Throttle: { RateLimit: 5, BurstLimit: 10 }, Quota: { Limit: 10, Period: DAY } }
              Member:
                Type: AWS::ApiGateway::UsagePlanKey
                Properties: { KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan }
            """);
        Assert.Equal(["Create usage plan gold", "Create a", "Create a in usage plan gold"],
            Titles(_session.Good("Sync-ApiGatewayApiKey $args[0]", file)));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
    }

    [Fact]
    public void NoChangeOfAPlanOrAMemberTellsAValue()
    {
        const string Value = "hushhushhushhush1234";
        IReadOnlyList<PSObject> changes = _session.Good("Sync-ApiGatewayApiKey @{ usage_plans = @(@{ name = 'p' }); keys = @("
            + $"@{{ name = 'a'; value = '{Value}'; usage_plans = 'p' }}, @{{ name = 'b'; usage_plans = 'p' }}) }}");
        Assert.Equal(5, changes.Count);
        Assert.All(changes, change => Assert.DoesNotContain(Value, PSSerializer.Serialize(change, depth: 5)));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string PlanJson(string unknown) => $$"""
        { "format_version": "1.2", "complete": true, "planned_values": { "root_module": { "resources": [
            { "address": "aws_api_gateway_api_key.k", "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k",
              "values": { "name": "a", "enabled": true } },
            { "address": "aws_api_gateway_usage_plan.p", "mode": "managed", "type": "aws_api_gateway_usage_plan", "name": "p",
              "values": { "name": "gold", "api_stages": [], "throttle_settings": [ { "rate_limit": 5, "burst_limit": 1 } ] } },
            { "address": "aws_api_gateway_usage_plan_key.m", "mode": "managed", "type": "aws_api_gateway_usage_plan_key", "name": "m",
              "values": { "key_type": "API_KEY" } } ] } },
          "resource_changes": [ { "address": "aws_api_gateway_usage_plan.p", "mode": "managed", "type": "aws_api_gateway_usage_plan",
            "change": { "after_unknown": {{unknown}} } } ],
          "configuration": { "root_module": { "resources": [ { "address": "aws_api_gateway_usage_plan_key.m", "mode": "managed",
            "type": "aws_api_gateway_usage_plan_key", "name": "m", "expressions": {
              "key_id": { "references": [ "aws_api_gateway_api_key.k.id", "aws_api_gateway_api_key.k" ] },
              "usage_plan_id": { "references": [ "aws_api_gateway_usage_plan.p.id", "aws_api_gateway_usage_plan.p" ] } } } ] } } }
        """;

    private static string[] Titles(IEnumerable<PSObject> changes) =>
        [.. changes.Select(change => change.BaseObject.ToString()!)];

    private void Stages()
    {
        _session.Emulator.SeedStage("eu-central-1", "a1", "prod");
        _session.Emulator.SeedStage("eu-central-1", "b2", "test");
    }

    private string Text(string command) => Assert.Single(_session.Good(command)).ToString();

    private string Refused(string file)
    {
        Outcome outcome = _session.Run("Sync-ApiGatewayApiKey $args[0]", file);
        Assert.Equal("InvalidDesiredState", outcome.ErrorId);
        Assert.Equal(0, _session.Emulator.RequestCount);
        return outcome.Error.ToString();
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
