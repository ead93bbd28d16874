using System.Text;
using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Wire;

namespace ApiKey.Tests.Emulator;

/// <summary>Whatever is asked of APIs, stages and their callers is answered, never by an error of the emulator's own.</summary>
[Trait(Category.Name, Category.Unit)]
public class ApiFuzzTests
{
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0";

    private static readonly string[] Verbs = ["GET", "PUT", "POST", "PATCH", "DELETE"];

    private static readonly string[] Targets =
    [
        "/restapis", "/restapis?mode=import", "/restapis?limit=1&position=x", "/restapis/A", "/restapis/A?mode=overwrite",
            "/restapis/A?mode=merge", "/restapis/A/resources",
        "/restapis/A/resources/R", "/restapis/A/resources/R/methods/GET", "/restapis/A/resources/R/methods/GET/integration",
            "/restapis/A/resources/R/methods/GET/responses/200",
        "/restapis/A/resources/R/methods/GET/integration/responses/200", "/restapis/A/deployments", "/restapis/A/deployments/D",
            "/restapis/A/stages", "/restapis/A/stages/prod",
        "/restapis/seeded", "/restapis/seeded/stages/prod", "/restapis/seeded/resources", "/restapis/seeded/deployments",
            "/tags/arn:aws:apigateway:us-east-1::/restapis/A/stages/prod",
        "/_aws/execute-api/A/prod/x/y", "/_aws/execute-api/A/prod", "/_aws/execute-api/A", "/_aws/execute-api/",
            "/_aws/execute-api/A/prod/%zz%00/..", "/_aws/execute-api/seeded/prod/%ed%a0%80",
    ];

    private static readonly string[] Members =
    [
        "name", "description", "endpointConfiguration", "types", "ipAddressType", "binaryMediaTypes", "minimumCompressionSize", "tags",
            "pathPart", "authorizationType", "apiKeyRequired",
        "requestParameters", "requestModels", "authorizationScopes", "type", "httpMethod", "uri", "requestTemplates", "application/json",
            "timeoutInMillis", "cacheKeyParameters",
        "selectionPattern", "responseParameters", "method.response.header.Set-Cookie", "responseTemplates", "stageName", "deploymentId",
            "variables", "accessLogSettings", "openapi", "info",
        "title", "paths", "/x/{y+}", "get", "x-amazon-apigateway-any-method", "security", "components", "securitySchemes",
            "x-amazon-apigateway-integration", "responses", "default", "statusCode",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "true", "200", "MOCK", "EDGE", "NONE", "{x}", "{x+}", "prod", "R", "D", "'v'", "'\r\nX: y'", "{\"statusCode\": 200}", "(",
            "(a+)+$", "/", "//", "~1", "/name", "/pathPart", "/parentId", "/deploymentId",
        "/variables/a", "/variables", "/*/*/throttling/rateLimit", "/*/*", "/a/b/logging/loglevel", "/requestTemplates/a~1b",
            "/responseParameters/x", "/cacheKeyParameters/x", "/binaryMediaTypes/*~1*",
        "/endpointConfiguration/types/0", "/timeoutInMillis", "/minimumCompressionSize", "NaN", "1e999", "\u0000", "😀",
    ];

    [Fact]
    public void EveryRequestIsAnswered()
    {
        ApiGatewayEmulator emulator = new();
        emulator.SeedStage("us-east-1", "seeded", "prod");
        string api = Ask(emulator, "POST", "/restapis", """{"name":"a"}""").GetProperty("id").GetString()!;
        using Fuzzing fuzzing = new("APIs", 30_000, seed: 7);
        Random random = new(fuzzing.Seed);
        HashSet<int> statuses = [];
        List<string> resources = [""];
        string deployment = "";
        for (int count = 0; fuzzing.Goes(); count++)
        {
            if (count % 60 == 0)
            {
                api = Ask(emulator, "POST", "/restapis", """{"name":"a"}""").GetProperty("id").GetString()!;
                resources = [.. Ask(emulator, "GET", $"/restapis/{api}/resources", "").GetProperty("item").EnumerateArray()
                    .Select(resource => resource.GetProperty("id").GetString()!)];
            }

            string target = Pick(random, Targets).Replace("A", api, StringComparison.Ordinal)
                .Replace("R", Pick(random, [.. resources]), StringComparison.Ordinal);
            string body = random.Next(4) switch
            {
                0 => Patches(random),
                1 => Json(random, 0),
                _ => Likely(random, deployment),
            };
            EmulatorResponse answer =
                emulator.Handle(new EmulatorRequest(Pick(random, Verbs), target,
                    name => name == "x-api-key" ? Pick(random, Texts) : Signature, Encoding.UTF8.GetBytes(body)));
            statuses.Add(answer.Status);
            Assert.True(emulator.UnexpectedFailure is null, $"{target} {body}: {emulator.UnexpectedFailure}");
            if (answer.Status == 201 && JsonDocument.Parse(answer.Body).RootElement
                is { } made && made.TryGetProperty("id", out JsonElement id))
            {
                (made.TryGetProperty("parentId", out _) ? resources : []).Add(id.GetString()!);
                deployment = target.EndsWith("/deployments", StringComparison.Ordinal) ? id.GetString()! : deployment;
            }
        }

        Assert.Superset(new HashSet<int> { 200, 201, 202, 204, 400, 403, 404, 409 }, statuses);
    }

    private static JsonElement Ask(ApiGatewayEmulator emulator, string method, string target, string body) =>
        JsonDocument.Parse(emulator.Handle(new EmulatorRequest(method, target, _ => Signature, Encoding.UTF8.GetBytes(body))).Body)
            .RootElement;

    // What every operation would take, but for a member or two.
    private static string Likely(Random random, string deployment)
    {
        Dictionary<string, string> members = new()
        {
            ["name"] = "\"n\"",
            ["pathPart"] = $"\"p{random.Next(3)}\"",
            ["authorizationType"] = "\"NONE\"",
            ["type"] = "\"MOCK\"",
            ["requestTemplates"] = """{"application/json":"{\"statusCode\":200}"}""",
            ["stageName"] = "\"prod\"",
            ["deploymentId"] = $"\"{deployment}\"",
            ["info"] = """{"title":"t"}""",
            ["paths"] = """{"/a/{b}":{"get":{"x-amazon-apigateway-integration":{"type":"mock"}}}}""",
        };
        for (int change = random.Next(3); change > 0; change--)
        {
            members[Pick(random, Members)] = Json(random, 1);
        }

        return "{" + string.Join(',', members.Select(member => $"{JsonSerializer.Serialize(member.Key)}:{member.Value}")) + "}";
    }

    private static string Json(Random random, int depth) => random.Next(depth == 0 ? 1 : 0, depth > 4 ? 4 : 8) switch
    {
        0 when depth > 0 => Pick(random, ["null", "true", "false", "0", "-1", "1.5", "1e30", "99999999999", "[]", "{}"]),
        2 or 3 when depth > 0 => JsonSerializer.Serialize(Pick(random, Texts)),
        4 when depth > 0 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1))) + "]",
        _ when depth > 4 => "1",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(7))
            .Select(_ => $"{JsonSerializer.Serialize(Pick(random, Members))}:{Json(random, depth + 1)}")) + "}",
    };

    private static string Patches(Random random) => JsonSerializer.Serialize(new
    {
        patchOperations = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => new
            {
                op = Pick(random, ["add", "remove", "replace", "replace", "copy"]),
                path = Pick(random, Texts),
                value = Pick(random, Texts)
            }),
    });

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
