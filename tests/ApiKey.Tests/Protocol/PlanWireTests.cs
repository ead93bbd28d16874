using System.Net;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;

namespace ApiKey.Tests.Protocol;

/// <summary>What each operation on usage plans puts on the wire, and what is read from an answer.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlanWireTests
{
    private const string Plan =
        """{"id":"p","name":"n","description":"d","productCode":"c","apiStages":[{"apiId":"a","stage":"s","throttle":{"/x/GET":"""
            + """{"rateLimit":1.5,"burstLimit":2}}}],"throttle":{"burstLimit":5,"rateLimit":2.0},"quota":"""
            + """{"limit":10,"offset":1,"period":"WEEK"},"tags":{"t":"1"},"unknown":1}""";

    [Fact]
    public async Task CreateUsagePlanSendsWhatIsSaid()
    {
        using RecordingClient wire = new(Plan, HttpStatusCode.Created);
        CreateUsagePlanResponse plan = await wire.Client.CreateUsagePlanAsync(
            new CreateUsagePlanRequest
            {
                Name = "n",
                Description = "d",
                ApiStages = [new ApiStage { ApiId = "a", Stage = "s",
                    Throttle = new() { ["/x/GET"] = new ThrottleSettings { RateLimit = 1.5, BurstLimit = 2 } } }],
                Throttle = new ThrottleSettings { RateLimit = 2 },
                Quota = new QuotaSettings { Limit = 10, Offset = 1, Period = QuotaPeriodType.WEEK },
                Tags = new() { ["t"] = "1" },
            },
            TestContext.Current.CancellationToken);
        wire.AssertSent("POST", "/usageplans",
            """{"name":"n","description":"d","apiStages":[{"apiId":"a","stage":"s","throttle":{"/x/GET":"""
                + """{"burstLimit":2,"rateLimit":1.5}}}],"throttle":{"rateLimit":2},"quota":"""
                + """{"limit":10,"offset":1,"period":"WEEK"},"tags":{"t":"1"}}""");
        Assert.Equal(("p", "n", "d", "c", 2.0, 5),
            (plan.Id, plan.Name, plan.Description, plan.ProductCode, plan.Throttle!.RateLimit, plan.Throttle.BurstLimit));
        Assert.Equal((10, 1, QuotaPeriodType.WEEK), (plan.Quota!.Limit, plan.Quota.Offset, plan.Quota.Period));
        ApiStage stage = Assert.Single(plan.ApiStages!);
        Assert.Equal(("a", "s", 1.5, 2, "1"),
            (stage.ApiId, stage.Stage, stage.Throttle!["/x/GET"].RateLimit, stage.Throttle["/x/GET"].BurstLimit, plan.Tags!["t"]));
    }

    [Fact]
    public async Task PlansAreReadListedChangedAndDeleted()
    {
        using RecordingClient one = new("""{"id":"p","apiStages":[]}""");
        GetUsagePlanResponse plan = await one.Client.GetUsagePlanAsync(new GetUsagePlanRequest { UsagePlanId = "p/1" },
            TestContext.Current.CancellationToken);
        one.AssertSent("GET", "/usageplans/p%2F1");
        Assert.Null((object?)plan.Throttle ?? plan.Quota ?? (object?)plan.Tags);
        await one.Client.UpdateUsagePlanAsync(new UpdateUsagePlanRequest
        {
            UsagePlanId = "p",
            PatchOperations = [new PatchOperation { Op = Op.Remove, Path = "/apiStages", Value = "a:s" }]
        },
                TestContext.Current.CancellationToken);
        one.AssertSent("PATCH", "/usageplans/p", """{"patchOperations":[{"op":"remove","path":"/apiStages","value":"a:s"}]}""");
        await one.Client.DeleteUsagePlanAsync(new DeleteUsagePlanRequest { UsagePlanId = "p" }, TestContext.Current.CancellationToken);
        one.AssertSent("DELETE", "/usageplans/p");

        using RecordingClient page = new($$"""{"position":"x","item":[{{Plan}}]}""");
        GetUsagePlansResponse plans =
            await page.Client.GetUsagePlansAsync(new GetUsagePlansRequest { KeyId = "k", Limit = 500, Position = "y" },
                TestContext.Current.CancellationToken);
        page.AssertSent("GET", "/usageplans?keyId=k&limit=500&position=y");
        Assert.Equal(("x", "p"), (plans.Position, Assert.Single(plans.Items!).Id));
    }

    [Fact]
    public async Task KeysOfPlansAreAddedReadListedAndRemoved()
    {
        using RecordingClient wire = new("""{"id":"k","name":"n","type":"API_KEY","value":"v"}""", HttpStatusCode.Created);
        CreateUsagePlanKeyResponse key =
            await wire.Client.CreateUsagePlanKeyAsync(new CreateUsagePlanKeyRequest { UsagePlanId = "p", KeyId = "k", KeyType = "API_KEY" },
                TestContext.Current.CancellationToken);
        wire.AssertSent("POST", "/usageplans/p/keys", """{"keyId":"k","keyType":"API_KEY"}""");
        Assert.Equal(("k", "n", "API_KEY", "v"), (key.Id, key.Name, key.Type, key.Value));
        await wire.Client.GetUsagePlanKeyAsync(new GetUsagePlanKeyRequest { UsagePlanId = "p", KeyId = "k/1" },
            TestContext.Current.CancellationToken);
        wire.AssertSent("GET", "/usageplans/p/keys/k%2F1");
        await wire.Client.DeleteUsagePlanKeyAsync(new DeleteUsagePlanKeyRequest { UsagePlanId = "p", KeyId = "k" },
            TestContext.Current.CancellationToken);
        wire.AssertSent("DELETE", "/usageplans/p/keys/k");

        using RecordingClient page = new("""{"position":"x","item":[{"id":"k","value":"v"}]}""");
        GetUsagePlanKeysResponse keys =
            await page.Client.GetUsagePlanKeysAsync(new GetUsagePlanKeysRequest
            {
                UsagePlanId = "p",
                NameQuery = "a",
                Limit = 2,
                Position = "y"
            }, TestContext.Current.CancellationToken);
        page.AssertSent("GET", "/usageplans/p/keys?limit=2&name=a&position=y");
        Assert.Equal(("x", "k"), (keys.Position, Assert.Single(keys.Items!).Id));
    }

    [Fact]
    public async Task UsageIsReadFromValuesAndSetByAPatch()
    {
        using RecordingClient wire =
            new("""{"usagePlanId":"p","startDate":"2026-01-01","endDate":"2026-01-02","position":"x","values":{"k":[[1,9],[2,7]]}}""");
        GetUsageResponse usage =
            await wire.Client.GetUsageAsync(new GetUsageRequest
            {
                UsagePlanId = "p",
                KeyId = "k",
                StartDate = "2026-01-01",
                EndDate = "2026-01-02",
                Limit = 5,
                Position = "y"
            }, TestContext.Current.CancellationToken);
        wire.AssertSent("GET", "/usageplans/p/usage?endDate=2026-01-02&keyId=k&limit=5&position=y&startDate=2026-01-01");
        Assert.Equal(("p", "2026-01-01", "2026-01-02", "x"), (usage.UsagePlanId, usage.StartDate, usage.EndDate, usage.Position));
        Assert.Equal([[1L, 9L], [2L, 7L]], usage.Items!["k"]);
        await wire.Client.UpdateUsageAsync(new UpdateUsageRequest
        {
            UsagePlanId = "p",
            KeyId = "k",
            PatchOperations = [new PatchOperation { Op = Op.Replace, Path = "/remaining", Value = "7" }]
        },
                TestContext.Current.CancellationToken);
        wire.AssertSent("PATCH", "/usageplans/p/keys/k/usage",
            """{"patchOperations":[{"op":"replace","path":"/remaining","value":"7"}]}""");
    }

    [Fact]
    public async Task BothIdsOfAPathAreRequired()
    {
        using RecordingClient wire = new("{}");
        await Assert.ThrowsAnyAsync<Amazon.Runtime.AmazonClientException>(()
            => wire.Client.GetUsagePlanKeyAsync(new GetUsagePlanKeyRequest { UsagePlanId = "p" }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<Amazon.Runtime.AmazonClientException>(()
            => wire.Client.GetUsagePlanKeyAsync(new GetUsagePlanKeyRequest { KeyId = "k" }, TestContext.Current.CancellationToken));
        Assert.Null(wire.Target);
    }
}
