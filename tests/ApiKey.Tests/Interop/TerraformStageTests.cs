using ApiKey.Emulator;

namespace ApiKey.Tests.Interop;

/// <summary>Terraform makes a whole API with a stage, a plan and a key on the emulator, and its key opens the stage.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class TerraformStageTests : IDisposable
{
    private const string Api = """
        resource "aws_api_gateway_rest_api" "api" {
          name        = "orders"
          description = "Orders"
          endpoint_configuration {
            types = ["REGIONAL"]
          }
        }
        resource "aws_api_gateway_resource" "orders" {
          rest_api_id = aws_api_gateway_rest_api.api.id
          parent_id   = aws_api_gateway_rest_api.api.root_resource_id
          path_part   = "orders"
        }
        resource "aws_api_gateway_method" "get" {
          rest_api_id      = aws_api_gateway_rest_api.api.id
          resource_id      = aws_api_gateway_resource.orders.id
          http_method      = "GET"
          authorization    = "NONE"
          api_key_required = true
        }
        resource "aws_api_gateway_integration" "get" {
          rest_api_id       = aws_api_gateway_rest_api.api.id
          resource_id       = aws_api_gateway_resource.orders.id
          http_method       = aws_api_gateway_method.get.http_method
          type              = "MOCK"
          request_templates = { "application/json" = jsonencode({ statusCode = 200 }) }
        }
        resource "aws_api_gateway_method_response" "ok" {
          rest_api_id     = aws_api_gateway_rest_api.api.id
          resource_id     = aws_api_gateway_resource.orders.id
          http_method     = aws_api_gateway_method.get.http_method
          status_code     = "200"
          response_models = { "application/json" = "Empty" }
        }
        resource "aws_api_gateway_integration_response" "ok" {
          rest_api_id        = aws_api_gateway_rest_api.api.id
          resource_id        = aws_api_gateway_resource.orders.id
          http_method        = aws_api_gateway_method.get.http_method
          status_code        = aws_api_gateway_method_response.ok.status_code
          response_templates = { "application/json" = jsonencode({ orders = ANSWER }) }
          depends_on         = [aws_api_gateway_integration.get]
        }
        resource "aws_api_gateway_deployment" "live" {
          rest_api_id = aws_api_gateway_rest_api.api.id
          triggers    = { redeployment = "ANSWER" }
          depends_on  = [aws_api_gateway_integration_response.ok]
          lifecycle {
            create_before_destroy = true
          }
        }
        resource "aws_api_gateway_stage" "prod" {
          rest_api_id   = aws_api_gateway_rest_api.api.id
          deployment_id = aws_api_gateway_deployment.live.id
          stage_name    = "prod"
          variables     = { colour = "COLOUR" }
          tags          = { stage = "prod" }
        }
        resource "aws_api_gateway_method_settings" "all" {
          rest_api_id = aws_api_gateway_rest_api.api.id
          stage_name  = aws_api_gateway_stage.prod.stage_name
          method_path = "*/*"
          settings {
            throttling_rate_limit  = 50
            throttling_burst_limit = 25
          }
        }
        """;

    private const string Plan = """
        resource "aws_api_gateway_usage_plan" "gold" {
          name = "gold"
          api_stages {
            api_id = aws_api_gateway_rest_api.api.id
            stage  = aws_api_gateway_stage.prod.stage_name
            throttle {
              path        = "/orders/GET"
              rate_limit  = RATE
              burst_limit = 5
            }
          }
          quota_settings {
            limit  = 100
            period = "DAY"
          }
          throttle_settings {
            rate_limit  = RATE
            burst_limit = 10
          }
        }
        resource "aws_api_gateway_api_key" "acme" {
          name = "acme"
        }
        resource "aws_api_gateway_usage_plan_key" "acme" {
          key_id        = aws_api_gateway_api_key.acme.id
          key_type      = "API_KEY"
          usage_plan_id = aws_api_gateway_usage_plan.gold.id
        }
        output "api" {
          value = aws_api_gateway_rest_api.api.id
        }
        output "key" {
          value     = aws_api_gateway_api_key.acme.value
          sensitive = true
        }
        """;

    // As in the documentation of aws_api_gateway_usage_plan: an API from an OpenAPI document, and two stages.
    private const string Document = """
        resource "aws_api_gateway_rest_api" "example" {
          name = "example"
          body = jsonencode({
            openapi = "3.0.1"
            info    = { title = "example", version = "1.0" }
            components = {
              securitySchemes = { key = { type = "apiKey", name = "x-api-key", in = "header" } }
            }
            paths = {
              "/PATH" = {
                get = {
                  security = [{ key = [] }]
                  x-amazon-apigateway-integration = {
                    httpMethod           = "GET"
                    payloadFormatVersion = "1.0"
                    type                 = "HTTP_PROXY"
                    uri                  = "https://ip-ranges.amazonaws.com/ip-ranges.json"
                  }
                }
              }
            }
          })
        }
        resource "aws_api_gateway_deployment" "example" {
          rest_api_id = aws_api_gateway_rest_api.example.id
          triggers = {
            redeployment = sha1(jsonencode(aws_api_gateway_rest_api.example.body))
          }
          lifecycle {
            create_before_destroy = true
          }
        }
        resource "aws_api_gateway_stage" "development" {
          deployment_id = aws_api_gateway_deployment.example.id
          rest_api_id   = aws_api_gateway_rest_api.example.id
          stage_name    = "development"
        }
        resource "aws_api_gateway_stage" "production" {
          deployment_id = aws_api_gateway_deployment.example.id
          rest_api_id   = aws_api_gateway_rest_api.example.id
          stage_name    = "production"
        }
        resource "aws_api_gateway_usage_plan" "example" {
          name = "my-usage-plan"
          api_stages {
            api_id = aws_api_gateway_rest_api.example.id
            stage  = aws_api_gateway_stage.development.stage_name
          }
          api_stages {
            api_id = aws_api_gateway_rest_api.example.id
            stage  = aws_api_gateway_stage.production.stage_name
          }
          quota_settings {
            limit  = 20
            offset = 2
            period = "WEEK"
          }
          throttle_settings {
            burst_limit = 5
            rate_limit  = 10
          }
        }
        resource "aws_api_gateway_api_key" "example" {
          name = "my_key"
        }
        resource "aws_api_gateway_usage_plan_key" "example" {
          key_id        = aws_api_gateway_api_key.example.id
          key_type      = "API_KEY"
          usage_plan_id = aws_api_gateway_usage_plan.example.id
        }
        output "api" {
          value = aws_api_gateway_rest_api.example.id
        }
        output "key" {
          value     = aws_api_gateway_api_key.example.value
          sensitive = true
        }
        """;

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private TerraformFolder? _folder;

    public TerraformStageTests()
    {
        _server = new EmulatorServer(_emulator);
    }

    [Fact]
    public async Task AKeyThatTerraformMadeOpensTheStageThatTerraformMade()
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        Configure("COLOUR:blue", "ANSWER:1", "RATE:10");
        Assert.Contains("12 added", await Run("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();
        string api = (await Run("output", "-raw", "api")).Trim();
        string key = (await Run("output", "-raw", "key")).Trim();

        Assert.Equal((403, """{"message":"Forbidden"}"""),
            (_emulator.Invoke(api, "prod", "orders").Status, _emulator.Invoke(api, "prod", "orders").Body));
        Assert.Equal((200, """{"orders":1}"""),
            (_emulator.Invoke(api, "prod", "orders", key).Status, _emulator.Invoke(api, "prod", "orders", key).Body));

        // Each a change in place: the stage's settings, the plan's, and a new deployment with another answer.
        Configure("COLOUR:green", "ANSWER:1", "RATE:20");
        Assert.Contains("0 added, 2 changed, 0 destroyed", await Run("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();
        Configure("COLOUR:green", "ANSWER:2", "RATE:20");
        Assert.Contains("1 added, 2 changed, 1 destroyed", await Run("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();
        Assert.Equal("""{"orders":2}""", _emulator.Invoke(api, "prod", "orders", key).Body);

        Assert.Contains("12 destroyed", await Run("destroy", "-auto-approve", "-no-color"));
        Assert.Equal(403, _emulator.Invoke(api, "prod", "orders", key).Status);
        Assert.Null(_emulator.UnexpectedFailure);
    }

    [Fact]
    public async Task TheExampleOfTerraformsDocumentationWorks()
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        _folder.WriteConfiguration(Document.Replace("PATH", "path1", StringComparison.Ordinal));
        Assert.Contains("7 added", await Run("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();
        string api = (await Run("output", "-raw", "api")).Trim();
        string key = (await Run("output", "-raw", "key")).Trim();
        Assert.Equal((403, 200, 200),
            (_emulator.Invoke(api, "production", "path1").Status, _emulator.Invoke(api, "production", "path1", key).Status,
                _emulator.Invoke(api, "development", "path1", key).Status));

        _folder.WriteConfiguration(Document.Replace("PATH", "path2", StringComparison.Ordinal));
        Assert.Contains("1 added, 3 changed, 1 destroyed", await Run("apply", "-auto-approve", "-no-color"));
        await AssertNoChanges();
        Assert.Equal((403, 200),
            (_emulator.Invoke(api, "production", "path1", key).Status, _emulator.Invoke(api, "production", "path2", key).Status));
        Assert.Contains("7 destroyed", await Run("destroy", "-auto-approve", "-no-color"));
        Assert.Null(_emulator.UnexpectedFailure);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder?.Dispose();
    }

    private void Configure(params string[] settings) => _folder!.WriteConfiguration(
        settings.Aggregate(Api + "\n" + Plan,
            (text, setting) => text.Replace(setting.Split(':')[0], setting.Split(':')[1], StringComparison.Ordinal)),
        """
        default_tags {
          tags = { team = "a" }
        }
        """);

    private async Task AssertNoChanges() => Assert.Contains("No changes.", await Run("plan", "-no-color", "-detailed-exitcode"));

    private Task<string> Run(params string[] arguments) => _folder!.Run(arguments);
}
