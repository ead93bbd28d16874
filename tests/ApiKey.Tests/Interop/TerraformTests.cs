using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>Terraform's AWS provider as a client of the emulator over HTTP, and next to the module on the same keys.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class TerraformTests : IDisposable
{
    private const string DefaultTags = """
        default_tags {
          tags = { team = "a" }
        }
        """;

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private TerraformFolder? _folder;

    public TerraformTests()
    {
        _server = new EmulatorServer(_emulator);
    }

    [Fact]
    public async Task TerraformManagesKeysOnTheEmulatorAndAgreesWithTheModule()
    {
        await Prepare(Key("first", "env = \"prod\""));

        // Create, and a plan without changes.
        Assert.Contains("1 added", await Terraform("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();

        // Update in place: name and tags.
        WriteConfiguration(Key("renamed", "env = \"test\", extra = \"\""));
        Assert.Contains("0 added, 1 changed, 0 destroyed", await Terraform("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();

        // The module sees what Terraform made as Terraform sees it.
        using ModuleSession session = new();
        session.Unconnected().Good(
            "Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret -DefaultTag @{ team = 'a' }",
                _server.Uri);
        ApiKeyInfo key = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey renamed");
        Assert.Equal(("env=test, extra=", "env=test, extra=, team=a", "Managed by Terraform"),
            (key.Tags.ToString(), key.TagsAll.ToString(), key.Description));

        // Terraform sees what the module made as its own: import, and a plan without changes.
        string imported = session.One<ApiKeyInfo>("New-ApiGatewayApiKey renamed -Tag @{ env = 'test'; extra = '' }").Id;
        await Terraform("state", "rm", "-no-color", "aws_api_gateway_api_key.key");
        await Terraform("import", "-no-color", "aws_api_gateway_api_key.key", imported);
        await AssertNoChanges();

        Assert.Contains("1 destroyed", await Terraform("destroy", "-auto-approve", "-no-color"));
        Assert.Equal("ApiKeyNotFound", session.Run("Get-ApiGatewayApiKey -Id $args[0]", imported).ErrorId);
    }

    [Fact]
    public async Task TerraformManagesPlansAndManyKeysOnTheEmulator()
    {
        const string Resources = """
            resource "aws_api_gateway_api_key" "many" {
              count = 200
              name  = "many-${count.index}"
            }
            resource "aws_api_gateway_usage_plan" "plan" {
              name = "plan"
              quota_settings {
                limit  = QUOTA
                period = "WEEK"
              }
              throttle_settings {
                rate_limit  = 2.5
                burst_limit = 5
              }
            }
            resource "aws_api_gateway_usage_plan_key" "member" {
              key_id        = aws_api_gateway_api_key.many[0].id
              key_type      = "API_KEY"
              usage_plan_id = aws_api_gateway_usage_plan.plan.id
            }
            data "aws_api_gateway_api_key" "first" {
              id = aws_api_gateway_api_key.many[0].id
            }
            output "first" {
              value = data.aws_api_gateway_api_key.first.name
            }
            """;
        await Prepare(Resources.Replace("QUOTA", "20"));
        Assert.Contains("202 added", await Terraform("apply", "-auto-approve", "-no-color", "-parallelism=10"));
        await AssertNoChanges();
        WriteConfiguration(Resources.Replace("QUOTA", "30"));
        string applied = await Terraform("apply", "-auto-approve", "-no-color");
        Assert.Contains("0 added, 1 changed, 0 destroyed", applied);
        Assert.Contains("first = \"many-0\"", applied);
        await AssertNoChanges();
        Assert.Equal(200, _emulator.CountOf("CreateApiKey"));
        Assert.Contains("202 destroyed", await Terraform("destroy", "-auto-approve", "-no-color"));
        Assert.Equal(200, _emulator.CountOf("DeleteApiKey"));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder?.Dispose();
    }

    private static string Key(string name, string tags) => $$"""
        resource "aws_api_gateway_api_key" "key" {
          name = "{{name}}"
          tags = { {{tags}} }
        }
        """;

    private async Task Prepare(string resources)
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        WriteConfiguration(resources);
    }

    private void WriteConfiguration(string resources) => _folder!.WriteConfiguration(resources, DefaultTags);

    private async Task AssertNoChanges() => Assert.Contains("No changes.", await Terraform("plan", "-no-color", "-detailed-exitcode"));

    private Task<string> Terraform(params string[] arguments) => _folder!.Run(arguments);
}
