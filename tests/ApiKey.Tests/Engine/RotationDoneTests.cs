using System.Net;
using System.Text.RegularExpressions;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A rotation that fails says exactly what was done before.</summary>
public sealed class RotationDoneTests
{
    [Theory]
    [InlineData("Disable", "POST /apikeys", "")]
    [InlineData("Disable", "POST /usageplans/P/keys", "made")]
    [InlineData("Disable", "PUT /tags/", "made, plan")]
    [InlineData("Disable", "PATCH /apikeys/", "made, plan, marked")]
    [InlineData("Remove", "DELETE /apikeys/", "made, plan")]
    public void WhatWasDoneIsToldStepByStep(string oldKey, string failing, string done)
    {
        string denied = " ";
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            $"{request.Method} {request.RequestUri!.AbsolutePath}".StartsWith(denied, StringComparison.Ordinal)
                ? StubHandler.Answer(HttpStatusCode.Forbidden, """{"Message":"no"}""", "AccessDeniedException") : null)));
        UsagePlanInfo plan = session.One<UsagePlanInfo>("($plan = New-ApiGatewayUsagePlan gold)");
        ApiKeyInfo key = session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme -UsagePlanId $plan");
        denied = failing.Replace("/P/", $"/{plan.Id}/", StringComparison.Ordinal);
        Outcome outcome = session.Run($"$args[0] | Invoke-ApiGatewayApiKeyRotation -OldKey {oldKey} -Force -Confirm:$false", key.Id);
        string told = Regex.Match(outcome.Error.ToString(), @"Done before that: (.*?)\. The old key works as before\.").Groups[1].Value;
        string successor = session.Good("Get-ApiGatewayApiKey").Select(one => ((ApiKeyInfo)one.BaseObject).Id)
            .Single(id => id != key.Id || done.Length == 0);
        Assert.Equal(done.Replace("made", $"successor 'acme ({successor})' was made", StringComparison.Ordinal)
            .Replace("plan", $"it is in usage plan '{plan}'", StringComparison.Ordinal)
            .Replace("marked", "the old key is marked", StringComparison.Ordinal), told);
    }
}
