using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.Engine;

/// <summary>Set-ApiGatewayUsagePlan changes what is specified and nothing else, in the fewest calls.</summary>
public class PlanChangeTests : IDisposable
{
    private const string Made = "$plan = New-ApiGatewayUsagePlan gold -Description d -RateLimit 5 -BurstLimit 10 -QuotaLimit 100 "
        + "-QuotaPeriod Month -QuotaOffset 3 -ApiStage a1b2c3d4e5:prod, @{ ApiId = 'a1b2c3d4e5'; Stage = 'test'; Throttle = @{ '/pets/GET' "
        + "= @{ RateLimit = 1; BurstLimit = 2 } } } -Tag @{ env = 'prod'; team = 'a' }";

    private readonly ModuleSession _session = new();

    public PlanChangeTests() => _session.Good(Made);

    /// <summary>A change, its calls, and what it makes of which properties.</summary>
    public static TheoryData<string, int, string> Changes => new()
    {
        { "-Name silver", 2, "Name=silver" },
        { "-Name gold", 1, "" },
        { "-Description ''", 2, "Description=" },
        { "-RateLimit 5 -BurstLimit 20", 2, "BurstLimit=20" },
        { "-RateLimit 2.5 -BurstLimit 10", 2, "RateLimit=2.5" },
        { "-RateLimit 5 -BurstLimit 10", 1, "" },
        { "-QuotaLimit 7", 2, "QuotaLimit=7" },
        { "-QuotaPeriod Day", 2, "QuotaPeriod=Day QuotaOffset=0" },
        { "-QuotaPeriod Week -QuotaOffset 6", 2, "QuotaPeriod=Week QuotaOffset=6" },
        { "-RemoveQuota", 2, "QuotaLimit= QuotaPeriod= QuotaOffset=" },
        { "-ProductCode p", 2, "ProductCode=p" },
        { "-AddApiStage a1b2c3d4e5:dev", 2, "ApiStages=a1b2c3d4e5:prod|a1b2c3d4e5:test[/pets/GET:1/s, burst 2]|a1b2c3d4e5:dev" },
        { "-AddApiStage a1b2c3d4e5:prod", 1, "" },
        { "-RemoveApiStage a1b2c3d4e5:prod", 2, "ApiStages=a1b2c3d4e5:test[/pets/GET:1/s, burst 2]" },
        { "-RemoveApiStage a1b2c3d4e5:none", 1, "" },
        { "-ApiStage a1b2c3d4e5:test", 2, "ApiStages=a1b2c3d4e5:test" },
        { "-ApiStage $plan.ApiStages", 1, "" },
        { "-ApiStage @{}", 2, "ApiStages=" },
        { "-AddApiStage @{ ApiId = 'a1b2c3d4e5'; Stage = 'test'; Throttle = @{ '//GET' = @{ RateLimit = 3; BurstLimit = 4 } } }", 2,
            "ApiStages=a1b2c3d4e5:prod|a1b2c3d4e5:test[/GET:3/s, burst 4;/pets/GET:1/s, burst 2]" },
        { "-Tag @{ env = 'test' }", 3, "Tags=env=test" },
        { "-Tag @{ env = 'prod'; team = 'a' }", 1, "" },
        { "-AddTag @{ x = 'y' }", 2, "Tags=env=prod, team=a, x=y" },
        { "-RemoveTag env, none", 2, "Tags=team=a" },
        { "-Name silver -RemoveTag env -AddTag @{ x = 'y' }", 4, "Name=silver Tags=team=a, x=y" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void OnlyWhatDiffersIsSent(string change, int calls, string expected)
    {
        Dictionary<string, string> before = Describe(_session.One<UsagePlanInfo>("$plan"));
        long sent = _session.Emulator.RequestCount;
        UsagePlanInfo changed = _session.One<UsagePlanInfo>($"Set-ApiGatewayUsagePlan $plan.Id {change} -PassThru");
        Assert.Equal(calls, _session.Emulator.RequestCount - sent);
        Dictionary<string, string> after = Describe(_session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan -Id $plan.Id"));
        Assert.Equal(after, Describe(changed));
        Dictionary<string, string> wanted = new(before);
        foreach ((string property, string value) in Parse(expected))
        {
            wanted[property] = value;
        }

        Assert.Equal(wanted, after);
    }

    [Theory]
    [InlineData("", "NothingToChange")]
    [InlineData("-RateLimit 5", "InvalidUsagePlan")]
    [InlineData("-BurstLimit 5", "InvalidUsagePlan")]
    [InlineData("-RateLimit -1 -BurstLimit 5", "InvalidUsagePlan")]
    [InlineData("-QuotaPeriod Day -QuotaOffset 1", "InvalidUsagePlan")]
    [InlineData("-AddApiStage @{ ApiId = 'a'; Stage = 'b'; Throttle = @{ 'GET' = @{ RateLimit = 1; BurstLimit = 1 } } }",
        "InvalidUsagePlan")]
    [InlineData("-Tag @{ 'aws:x' = 'y' }", "InvalidUsagePlan")]
    [InlineData("-RemoveTag ('a' * 129)", "InvalidUsagePlan")]
    [InlineData("-RemoveThrottle -RateLimit 5 -BurstLimit 5", "ContradictoryParameters")]
    [InlineData("-RemoveQuota -QuotaLimit 5", "ContradictoryParameters")]
    [InlineData("-ApiStage a:b -AddApiStage c:d", "ContradictoryParameters")]
    [InlineData("-AddApiStage a:b -RemoveApiStage a:b", "ContradictoryParameters")]
    [InlineData("-Tag @{ a = 'b' } -AddTag @{ c = 'd' }", "ContradictoryParameters")]
    [InlineData("-AddTag @{ a = 'b' } -RemoveTag a", "ContradictoryParameters")]
    [InlineData("-Name $null", "EmptyParameter")]
    [InlineData("-ApiStage $null", "EmptyParameter")]
    public void BadInputIsRefusedBeforeAnyCall(string change, string errorId)
    {
        long sent = _session.Emulator.RequestCount;
        Assert.Equal(errorId, _session.Run($"Set-ApiGatewayUsagePlan $plan {change}").ErrorId);
        Assert.Equal(sent, _session.Emulator.RequestCount);
    }

    [Fact]
    public void AHalfQuotaOfAPlanWithoutOneIsRefusedWithWhatToDo()
    {
        Outcome outcome = _session.Run("$bare = New-ApiGatewayUsagePlan bare; Set-ApiGatewayUsagePlan $bare -QuotaLimit 5");
        Assert.Contains("-QuotaPeriod", Assert.Single(outcome.ErrorTexts));
        Assert.Null(_session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan -Id $bare.Id").QuotaLimit);
    }

    [Fact]
    public void AThrottleIsTakenOffWhenNoMethodHasOne()
    {
        Assert.Equal("InvalidRequest", _session.Run("Set-ApiGatewayUsagePlan $plan -RemoveThrottle").ErrorId);
        UsagePlanInfo plan = _session.One<UsagePlanInfo>("Set-ApiGatewayUsagePlan $plan -ApiStage @{} -RemoveThrottle -PassThru");
        Assert.Equal((null, null), (plan.RateLimit, plan.BurstLimit));
    }

    [Fact]
    public void DefaultTagsComeBackAndIgnoredOnesStay()
    {
        using ModuleSession session = new(settings: new ApiKey.Service.ApiGatewayConnection
        {
            Region = "eu-central-1",
            TagPolicy = new TagPolicy { Defaults = TagSet.Parse("env=default, owner=x"), IgnoredKeys = ["team"] },
        }, emulator: _session.Emulator);
        Outcome outcome = session.Run($"Set-ApiGatewayUsagePlan {_session.One<UsagePlanInfo>("$plan").Id} -RemoveTag env, team -PassThru");
        Assert.Empty(outcome.Errors);
        Assert.Contains("'team' is ignored", Assert.Single(outcome.Warnings));
        Assert.Equal("env=default, team=a", _session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan -Id $plan.Id").Tags.ToString());
    }

    [Fact]
    public void WhatIfSendsNothing()
    {
        long sent = _session.Emulator.RequestCount;
        _session.Good("$plan | Set-ApiGatewayUsagePlan -Name x -RemoveQuota -WhatIf");
        Assert.Equal(sent, _session.Emulator.RequestCount);
    }

    [Fact]
    public void SettingsThatWereChangedAreReportedWhenTagsFail()
    {
        string id = _session.One<UsagePlanInfo>("$plan").Id;
        using ModuleSession session = new(door => new Failing(door), emulator: _session.Emulator);
        string text = Assert.Single(session.Run($"Set-ApiGatewayUsagePlan {id} -Name x -AddTag @{{ a = 'b' }}").ErrorTexts);
        Assert.Contains("Already changed: settings", text);
    }

    public void Dispose() => _session.Dispose();

    private static IEnumerable<(string, string)> Parse(string expected) => expected.Length == 0 ? []
        : System.Text.RegularExpressions.Regex.Split(expected, @" (?=[A-Z]\w+=)").Select(part => part.Split('=', 2))
            .Select(part => (part[0], part[1]));

    private static Dictionary<string, string> Describe(UsagePlanInfo plan) => new()
    {
        ["Name"] = plan.Name ?? "",
        ["Description"] = plan.Description ?? "",
        ["RateLimit"] = FormattableString.Invariant($"{plan.RateLimit}"),
        ["BurstLimit"] = FormattableString.Invariant($"{plan.BurstLimit}"),
        ["QuotaLimit"] = FormattableString.Invariant($"{plan.QuotaLimit}"),
        ["QuotaPeriod"] = $"{plan.QuotaPeriod}",
        ["QuotaOffset"] = FormattableString.Invariant($"{plan.QuotaOffset}"),
        ["ProductCode"] = plan.ProductCode ?? "",
        ["ApiStages"] = string.Join('|', plan.ApiStages.Select(Describe)),
        ["Tags"] = plan.Tags.ToString(),
    };

    private static string Describe(PlanStage stage) => stage.Throttle.Count == 0 ? stage.ToString()
        : $"{stage}[{string.Join(';', stage.Throttle.OrderBy(method => method.Key, StringComparer.Ordinal)
            .Select(method => $"{method.Key}:{method.Value}"))}]";

    private sealed class Failing(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Put ? new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest)
            {
                Content = new StringContent("""{"message":"no"}""") { Headers = { ContentType = new("application/json") } },
            }
            : await base.SendAsync(request, cancellationToken);
    }
}
