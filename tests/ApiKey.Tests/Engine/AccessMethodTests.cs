using ApiKey.Model;
using ApiKey.Tests.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>What Test-ApiGatewayApiKey says of the methods that a question may mean, when some ask for a key and some do not.</summary>
public sealed class AccessMethodTests
{
    private const string Key = ""","security":[{"k":[]}]""";

    [Theory]
    [InlineData("GET /a key", "", "Passed: GET /a asks for a key.")]
    [InlineData("GET /a open", "", "Notice: GET /a asks for no key: callers get in without one.")]
    [InlineData("GET /a key, POST /a key", "", "Passed: Both methods ask for a key.")]
    [InlineData("GET /a open, POST /a open", "", "Notice: Both methods ask for no key: callers get in without one.")]
    [InlineData("GET /a key, POST /a key, GET /b key", "", "Passed: All 3 methods ask for a key.")]
    [InlineData("GET /a key, POST /a open", "", "Notice: 1 of 2 methods asks for no key: POST /a. Specify which one is meant.")]
    [InlineData("GET /a key, POST /a open, GET /b open", "",
        "Notice: 2 of 3 methods ask for no key: POST /a, GET /b. Specify which one is meant.")]
    [InlineData("GET /a key, POST /a open", "-Method POST", "Notice: POST /a asks for no key: callers get in without one.")]
    [InlineData("GET /a key, POST /a open", "-Path /a",
        "Notice: 1 of 2 methods asks for no key: POST /a. Specify which one is meant.")]
    [InlineData("GET /a key", "-Method PUT",
        "Failed: The stage serves no method for PUT at any path. Callers are answered \"Missing Authentication Token\".")]
    [InlineData("GET /a key", "-Path /b",
        "Failed: The stage serves no method for any verb /b. Callers are answered \"Missing Authentication Token\".")]
    public async Task TheMethodsThatAreMeantAreToldApart(string methods, string which, string says)
    {
        using ModuleSession session = new();
        using EmulatorClient client = EmulatorClient.InProcess(session.Emulator, "eu-central-1");
        string paths = string.Join(',', methods.Split(", ").Select(method => method.Split(' ')).GroupBy(words => words[1])
            .Select(path => $"\"{path.Key}\":{{{string.Join(',', path.Select(words => $"\"{words[0].ToLowerInvariant()}\":"
                + $"{{\"x-amazon-apigateway-integration\":{{\"type\":\"mock\"}}{(words[2] == "key" ? Key : "")}}}"))}}}"));
        Answer made = await client.Send("POST", "/restapis?mode=import",
            $$"""
            {"openapi":"3.0.1","info":{"title":"t"},"paths":{ {{paths}} },
            "components":{"securitySchemes":{"k":{"type":"apiKey","name":"x-api-key","in":"header"} } } }
            """);
        string api = made.Body.GetProperty("id").GetString()!;
        await client.Send("POST", $"/restapis/{api}/deployments", """{"stageName":"prod"}""");
        ApiKeyTestInfo told = session.One<ApiKeyTestInfo>(
            $"New-ApiGatewayApiKey a | Test-ApiGatewayApiKey -ApiId $args[0] -Stage prod {which}", api);
        ApiKeyCheck check = told.Checks.Single(check => check.Name == ApiKeyCheckKind.Method);
        Assert.Equal(says, $"{check.Result}: {check.Text}");
    }
}
