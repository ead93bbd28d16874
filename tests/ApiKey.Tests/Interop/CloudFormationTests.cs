using System.Text.Json;
using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>What is exported for CloudFormation: cfn-lint finds nothing in it, moto makes a stack of it, and each resource is
/// identified as CloudFormation identifies it.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class CloudFormationTests : IDisposable
{
    // Text that CloudFormation, or who checks its templates, could take for something else.
    private static readonly string[] Hostile =
    [
        "plain-name", "plain-name", "9 starts with a digit", "${interpolated}", "${AWS::Region}", "$${a} ${", "ends with $", "!Ref x",
        "{{x}}", "quote \" and \\ back", "two\nlines\ttabbed", "Ünïcödé 日本語 😀", "-", "Ref", "arn:aws:x", new string('n', 1024),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    private string Template => Path.Combine(_folder, "keys.template");

    private string Imports => Path.Combine(_folder, "keys.import.json");

    [Fact]
    public void EachResourceIsIdentifiedAsCloudFormationIdentifiesIt()
    {
        using ModuleSession session = new();
        UsagePlanInfo plan = session.One<UsagePlanInfo>(
            "New-ApiGatewayUsagePlan gold -RateLimit 5.5 -BurstLimit 9 -QuotaLimit 10 -QuotaPeriod Day");
        ApiKeyInfo key = session.One<ApiKeyInfo>(
            "New-ApiGatewayApiKey a -UsagePlanId $args[0] -Value SecretValue0123456789 -Enabled $false -Tag @{ env = 'prod' }", plan.Id);
        Assert.Equal(["keys.template", "keys.import.json"],
            session.Good("Export-ApiGatewayApiKey $args[0] -PassThru", Template).Select(file => ((FileInfo)file.BaseObject).Name));
        Assert.DoesNotContain("SecretValue", File.ReadAllText(Template) + File.ReadAllText(Imports));
        using JsonDocument imports = JsonDocument.Parse(File.ReadAllText(Imports));
        Assert.Equal(
            [
                $$"""AWS::ApiGateway::UsagePlan PlanGold {"Id":"{{plan.Id}}"}""",
                $$"""AWS::ApiGateway::ApiKey KeyA {"APIKeyId":"{{key.Id}}"}""",
                $$"""AWS::ApiGateway::UsagePlanKey KeyAInPlanGold {"Id":"{{key.Id}}:{{plan.Id}}"}""",
            ],
            imports.RootElement.EnumerateArray().Select(resource => $"{resource.GetProperty("ResourceType")} "
                + $"{resource.GetProperty("LogicalResourceId")} {Compact(resource.GetProperty("ResourceIdentifier"))}"));
        using JsonDocument template = JsonDocument.Parse(File.ReadAllText(Template));
        JsonElement resources = template.RootElement.GetProperty("Resources");
        Assert.All(resources.EnumerateObject(), resource => Assert.Equal(("Retain", "Retain"),
            (resource.Value.GetProperty("DeletionPolicy").GetString(), resource.Value.GetProperty("UpdateReplacePolicy").GetString())));
        Assert.Equal(
            """{"Name":"a","Description":"Managed by Terraform","Enabled":false,"Tags":[{"Key":"env","Value":"prod"}]}""",
            Compact(resources.GetProperty("KeyA").GetProperty("Properties")));
        Assert.Equal("""{"UsagePlanName":"gold","Quota":{"Limit":10,"Period":"DAY"},"Throttle":{"BurstLimit":9,"RateLimit":5.5}}""",
            Compact(resources.GetProperty("PlanGold").GetProperty("Properties")));
        Assert.Equal("""{"KeyId":{"Ref":"KeyA"},"KeyType":"API_KEY","UsagePlanId":{"Ref":"PlanGold"}}""",
            Compact(resources.GetProperty("KeyAInPlanGold").GetProperty("Properties")));
    }

    [Fact]
    public void WhatCloudFormationWouldLookUpIsRefused()
    {
        using ModuleSession session = new();
        session.Good("New-ApiGatewayApiKey a -Description 'x {{resolve:ssm:/secret}}'");
        Outcome outcome = session.Run("Export-ApiGatewayApiKey $args[0]", Template);
        Assert.Equal("NotWritable", outcome.ErrorId);
        session.Good("Get-ApiGatewayApiKey | Set-ApiGatewayApiKey -Description x; New-ApiGatewayUsagePlan '{{Resolve:ssm:/secret}}'");
        Assert.Equal("NotWritable", session.Run("Export-ApiGatewayApiKey $args[0]", Template).ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
        session.Good("Export-ApiGatewayApiKey $args[0] -SkipUsagePlan", Template);
        Assert.DoesNotContain("UsagePlan", File.ReadAllText(Template));
    }

    [Fact]
    public void NeitherFileIsReplacedUnasked()
    {
        using ModuleSession session = new();
        Assert.Equal("NothingToExport", session.Run("Export-ApiGatewayApiKey $args[0]", Template).ErrorId);
        session.Good("New-ApiGatewayApiKey a");
        File.WriteAllText(Imports, "mine");
        Assert.Equal("FileExists", session.Run("Export-ApiGatewayApiKey $args[0]", Template).ErrorId);
        Assert.Equal("mine", File.ReadAllText(Imports));
        session.Good("Export-ApiGatewayApiKey $args[0] -Force", Template);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void MoreThanOneImportTakesIsTold()
    {
        using ModuleSession session = new();
        Seed.Keys(session, 201);
        Assert.Contains("200 with one change set", Assert.Single(session.Run("Export-ApiGatewayApiKey $args[0]", Template).Warnings));
    }

    [Fact]
    public async Task CfnLintFindsNothing()
    {
        await Tool.Require("cfn-lint", "--version");
        using ModuleSession session = new();
        ExportHostile(session);
        ToolRun run = await Tool.Run("cfn-lint", Template);
        Assert.Equal("", run.Output + run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task MotoMakesAStackOfIt()
    {
        await Tool.Require("aws", "--version");
        using ModuleSession session = new();
        ExportHostile(session);
        Uri moto = await MotoServer.Endpoint();
        ToolRun made = await Aws("create-stack", "--stack-name", "keys", "--template-body", $"file://{Template}");
        Assert.True(made.ExitCode == 0, made.Error);
        ToolRun stacks = await Aws("describe-stacks", "--query", "Stacks[0].StackStatus", "--output", "text");
        Assert.Equal("CREATE_COMPLETE", stacks.Output.Trim());

        Task<ToolRun> Aws(params string[] arguments) =>
            Tool.Run("aws", ["cloudformation", "--endpoint-url", moto.AbsoluteUri, .. arguments]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void ExportHostile(ModuleSession session)
    {
        session.Emulator.SeedStage("eu-central-1", "abcdef1234", "prod");
        object[] plans =
        [
            .. session.Good("New-ApiGatewayUsagePlan gold -RateLimit 5 -BurstLimit 10 -QuotaLimit 7 -QuotaPeriod Week -QuotaOffset 2 "
                + "-ApiStage @{ ApiId = 'abcdef1234'; Stage = 'prod'; Throttle = @{ '/{a}/GET' = @{ RateLimit = 2.5; BurstLimit = 4 } } }"),
            .. session.Good("New-ApiGatewayUsagePlan '${x}' -Description '${y}'; New-ApiGatewayUsagePlan gold -RateLimit 1 -BurstLimit 1"),
        ];
        foreach ((int index, string text) in Hostile.Index())
        {
            string tag = text[..Math.Min(text.Length, 100)];
            session.Good("New-ApiGatewayApiKey $args[0] -Description $args[0] -Tag @{ 'a ${b}' = $args[1] } -UsagePlanId $args[2]", text,
                tag.IsNormalized() && !tag.Contains('\n', StringComparison.Ordinal) ? tag : "x", plans[index % plans.Length]);
        }

        session.Good("Export-ApiGatewayApiKey $args[0]", Template);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
