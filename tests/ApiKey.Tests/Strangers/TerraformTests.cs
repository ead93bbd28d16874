using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Strangers;

/// <summary>Terraform's AWS provider as a client of the emulator's HTTP door, and beside the module on the same keys.</summary>
public sealed class TerraformTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-terraform-").FullName;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;

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
        session.Unconnected().Good("Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret -DefaultTag @{ team = 'a' }", _server.Uri);
        ApiKeyInfo key = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey renamed");
        Assert.Equal(("env=test, extra=", "env=test, extra=, team=a", "Managed by Terraform"), (key.Tags.ToString(), key.TagsAll.ToString(), key.Description));

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
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindProviderMirror()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        IEnumerable<string> places =
        [
            Environment.GetEnvironmentVariable("TF_PLUGIN_MIRROR") ?? "",
            Path.Combine(home, ".terraform.d", "plugins"),
            "/usr/share/terraform/plugins",
            "/usr/local/share/terraform/plugins",
            .. Directory.Exists("/opt") ? Directory.EnumerateDirectories("/opt") : [],
        ];
        return places.FirstOrDefault(place => place.Length > 0 && Directory.Exists(Path.Combine(place, "registry.terraform.io", "hashicorp", "aws")));
    }

    private static string Key(string name, string tags) => $$"""
        resource "aws_api_gateway_api_key" "key" {
          name = "{{name}}"
          tags = { {{tags}} }
        }
        """;

    private async Task Prepare(string resources)
    {
        await Tool.Require("terraform", "version");
        string? mirror = FindProviderMirror();
        Assert.SkipWhen(mirror is null, "Terraform is here, but its AWS provider is in no local plugin folder.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "terraform.rc"), $$"""
            provider_installation {
              filesystem_mirror {
                path = "{{mirror}}"
              }
            }
            """, TestContext.Current.CancellationToken);
        WriteConfiguration(resources);
        await Terraform("init", "-no-color");
    }

    private void WriteConfiguration(string resources) => File.WriteAllText(Path.Combine(_folder, "main.tf"), $$"""
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        provider "aws" {
          region                      = "us-east-1"
          skip_credentials_validation = true
          skip_requesting_account_id  = true
          skip_metadata_api_check     = true
          skip_region_validation      = true
          endpoints {
            apigateway = "{{_server.Uri.ToString().TrimEnd('/')}}"
          }
          default_tags {
            tags = { team = "a" }
          }
        }
        {{resources}}
        """);

    private async Task AssertNoChanges() => Assert.Contains("No changes.", await Terraform("plan", "-no-color", "-detailed-exitcode"));

    private async Task<string> Terraform(params string[] arguments)
    {
        ToolRun run = await Tool.Run("terraform", arguments, _folder, ("TF_CLI_CONFIG_FILE", Path.Combine(_folder, "terraform.rc")), ("CHECKPOINT_DISABLE", "1"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.Output;
    }
}
