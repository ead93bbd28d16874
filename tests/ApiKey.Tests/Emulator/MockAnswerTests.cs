using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Wire;

namespace ApiKey.Tests.Emulator;

/// <summary>Which answer of a MOCK integration a caller gets, and with which headers.</summary>
[Trait(Category.Name, Category.Unit)]
public class MockAnswerTests
{
    [Theory]
    [InlineData(200, "", "4..", 201)]
    [InlineData(404, "", "4..", 202)]
    [InlineData(404, "", "4", 201)]
    [InlineData(404, "", "04", 201)]
    [InlineData(404, "", "(", 201)]
    [InlineData(404, "", "4..|5..", 202)]
    [InlineData(500, "4..", "5..", 202)]
    [InlineData(200, "4..", "5..", 500)]
    [InlineData(200, "", "", 201)]
    public void TheFirstResponseWhosePatternTheStatusMeetsOrTheOneWithoutAPattern(int status, string first, string second, int expected)
    {
        JsonObject responses = new() { ["201"] = ResponseOf("201", first), ["202"] = ResponseOf("202", second) };
        EmulatorResponse answer = AnswerOf($"{{\"statusCode\": {status}}}", responses);
        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == 500 ? "Internal server error" : $"body {expected}", expected == 500
            ? JsonDocument.Parse(answer.Body).RootElement.GetProperty("message").GetString() : Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Theory]
    [InlineData("{ statusCode: 200 }", 201)]
    [InlineData("{ \"statusCode\" : \"200\" }", 201)]
    [InlineData("{ 'statusCode': '200' }", 201)]
    [InlineData("{ \"statusCode\": 600 }", 500)]
    [InlineData("{ \"statusCode\": 20 }", 500)]
    [InlineData("", 500)]
    public void ATemplateHasToNameAStatus(string template, int expected) =>
        Assert.Equal(expected, AnswerOf(template, new JsonObject { ["201"] = ResponseOf("201", "") }).Status);

    [Theory]
    [InlineData("method.response.header.X-A_1", "'v'", "v")]
    [InlineData("method.response.header.X-A", "''", "")]
    [InlineData("method.response.header.X-A", "' ~'", " ~")]
    [InlineData("method.response.header.X-A", "integration.response.header.X", null)]
    [InlineData("method.response.header.X-A", "'v", null)]
    [InlineData("method.response.header.X-A", "v'", null)]
    [InlineData("method.response.header.X-A", "'", null)]
    [InlineData("method.response.header.X-A", "'a\r\nX-B: c'", null)]
    [InlineData("method.response.header.X-A", "'é'", null)]
    [InlineData("method.response.header.X A", "'v'", null)]
    [InlineData("method.response.header.", "'v'", null)]
    [InlineData("X-A", "'v'", null)]
    [InlineData("method.response.header.Content-Type", "'v'", null)]
    [InlineData("method.response.header.content-length", "'5'", null)]
    [InlineData("method.response.header.Transfer-Encoding", "'chunked'", null)]
    public void AHeaderWithATextOfItsOwnIsSent(string name, string value, string? expected)
    {
        JsonObject response = ResponseOf("201", "");
        response["responseParameters"] = new JsonObject { [name] = value };
        string? sent = AnswerOf("{ statusCode: 200 }", new JsonObject { ["201"] = response }).ExtraHeaders
            .Select(header => header.Value).SingleOrDefault();
        Assert.Equal(expected, sent);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("HTTP", 200)]
    [InlineData("MOCK", 500)]
    public void WhatIsNotAMockOnlyTellsThatTheRequestGotThrough(string? type, int expected)
    {
        JsonObject? integration = type is null ? null : new JsonObject { ["type"] = type };
        Assert.Equal(expected, MockAnswer.Of(new Route("/a/GET", new JsonObject { ["methodIntegration"] = integration }), "r").Status);
    }

    private static JsonObject ResponseOf(string status, string pattern)
    {
        JsonObject response = new()
        {
            ["statusCode"] = status,
            ["responseTemplates"] = new JsonObject { ["application/json"] = $"body {status}" },
        };
        if (pattern.Length > 0)
        {
            response["selectionPattern"] = pattern;
        }

        return response;
    }

    private static EmulatorResponse AnswerOf(string template, JsonObject responses) => MockAnswer.Of(new Route("/a/GET", new JsonObject
    {
        ["methodIntegration"] = new JsonObject
        {
            ["type"] = "MOCK",
            ["requestTemplates"] = new JsonObject { ["application/json"] = template },
            ["integrationResponses"] = responses,
        },
    }), "r");
}
