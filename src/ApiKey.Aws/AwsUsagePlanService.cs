using System.Globalization;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>The port to usage plans on the service client: one call a method, tried once, failures in the module's own terms.</summary>
internal sealed class AwsUsagePlanService(IAmazonAPIGateway client, string region) : IUsagePlanService
{
    private const int PageSize = 500;
    private const string KeyType = "API_KEY";

    private readonly string _arn = Wire.ServiceArn(region) + "/usageplans";

    public string Region => region;

    public Task<UsagePlanInfo> CreateAsync(UsagePlanSpec spec, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        $"apigateway:POST on {_arn}{(spec.Tags.Count > 0 ? " and apigateway:PUT for its tags" : "")}",
        async () => ToInfo(new PlanParts(await client.CreateUsagePlanAsync(
            new CreateUsagePlanRequest
            {
                Name = spec.Name,
                Description = spec.Description,
                ApiStages = spec.ApiStages.Count > 0 ? [.. spec.ApiStages.Select(ToWire)] : null,
                Throttle = spec.RateLimit is null && spec.BurstLimit is null ? null : new ThrottleSettings { RateLimit = spec.RateLimit, BurstLimit = spec.BurstLimit },
                Quota = spec.QuotaLimit is null ? null : new QuotaSettings { Limit = spec.QuotaLimit, Offset = spec.QuotaOffset, Period = ToWire(spec.QuotaPeriod) },
                Tags = spec.Tags.Count > 0 ? Wire.ToWire(spec.Tags) : null,
            },
            cancellationToken)), isChange: true),
        cancellationToken);

    public Task<UsagePlanInfo> GetAsync(string id, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("GET", id),
        async () =>
        {
            GetUsagePlanResponse plan = await client.GetUsagePlanAsync(new GetUsagePlanRequest { UsagePlanId = id }, cancellationToken);
            Wire.Same(id, plan.Id);
            return ToInfo(new PlanParts(plan));
        },
        cancellationToken);

    public Task<Page<UsagePlanInfo>> ListAsync(string? apiKeyId, string? position, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        $"apigateway:GET on {_arn}",
        async () =>
        {
            GetUsagePlansResponse page = await client.GetUsagePlansAsync(new GetUsagePlansRequest { KeyId = apiKeyId, Limit = PageSize, Position = position }, cancellationToken);
            return new Page<UsagePlanInfo>([.. Wire.List(page.Items).Select(plan => ToInfo(new PlanParts(plan)))], Wire.NullIfEmpty(page.Position));
        },
        cancellationToken,
        new Secrets(position));

    public Task<UsagePlanInfo> RemoveStagesAsync(string id, IReadOnlyCollection<PlanStage> stages, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("PATCH", id),
        async () => ToInfo(new PlanParts(await client.UpdateUsagePlanAsync(
            new UpdateUsagePlanRequest
            {
                UsagePlanId = id,
                PatchOperations = [.. stages.Select(stage => new PatchOperation { Op = Op.Remove, Path = "/apiStages", Value = stage.ToString() })],
            },
            cancellationToken))),
        cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("DELETE", id),
        () => client.DeleteUsagePlanAsync(new DeleteUsagePlanRequest { UsagePlanId = id }, cancellationToken),
        cancellationToken);

    public Task<UsagePlanKeyInfo> AddKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("POST", planId, "/keys"),
        async () =>
        {
            CreateUsagePlanKeyResponse key = await client.CreateUsagePlanKeyAsync(new CreateUsagePlanKeyRequest { UsagePlanId = planId, KeyId = keyId, KeyType = KeyType }, cancellationToken);
            return ToKey(planId, Wire.Same(keyId, key.Id), key.Name, isChange: true);
        },
        cancellationToken);

    public Task<UsagePlanKeyInfo> GetKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("GET", planId, $"/keys/{keyId}"),
        async () =>
        {
            GetUsagePlanKeyResponse key = await client.GetUsagePlanKeyAsync(new GetUsagePlanKeyRequest { UsagePlanId = planId, KeyId = keyId }, cancellationToken);
            return ToKey(planId, Wire.Same(keyId, key.Id), key.Name);
        },
        cancellationToken);

    public Task<Page<UsagePlanKeyInfo>> ListKeysAsync(string planId, string? namePrefix, string? position, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("GET", planId, "/keys"),
        async () =>
        {
            GetUsagePlanKeysResponse page = await client.GetUsagePlanKeysAsync(
                new GetUsagePlanKeysRequest { UsagePlanId = planId, NameQuery = namePrefix, Limit = PageSize, Position = position },
                cancellationToken);
            return new Page<UsagePlanKeyInfo>([.. Wire.List(page.Items).Select(key => ToKey(planId, key.Id, key.Name))], Wire.NullIfEmpty(page.Position));
        },
        cancellationToken,
        new Secrets(position));

    public Task RemoveKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("DELETE", planId, $"/keys/{keyId}"),
        () => client.DeleteUsagePlanKeyAsync(new DeleteUsagePlanKeyRequest { UsagePlanId = planId, KeyId = keyId }, cancellationToken),
        cancellationToken);

    public Task<Page<KeyUsage>> GetUsageAsync(UsageQuery query, string? position, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("GET", query.PlanId, "/usage"),
        async () =>
        {
            GetUsageResponse page = await client.GetUsageAsync(
                new GetUsageRequest { UsagePlanId = query.PlanId, KeyId = query.KeyId, StartDate = ToWire(query.First), EndDate = ToWire(query.Last), Limit = PageSize, Position = position },
                cancellationToken);
            return new Page<KeyUsage>(ToUsage(page.Items, query.Last.DayNumber - query.First.DayNumber + 1), Wire.NullIfEmpty(page.Position));
        },
        cancellationToken,
        new Secrets(position));

    public Task<KeyUsage?> SetRemainingAsync(string planId, string keyId, long remaining, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnPlan("PATCH", planId, $"/keys/{keyId}/usage"),
        async () =>
        {
            UpdateUsageResponse usage = await client.UpdateUsageAsync(
                new UpdateUsageRequest
                {
                    UsagePlanId = planId,
                    KeyId = keyId,
                    PatchOperations = [new PatchOperation { Op = Op.Replace, Path = "/remaining", Value = remaining.ToString(CultureInfo.InvariantCulture) }],
                },
                cancellationToken);
            return ToUsage(usage.Items, mostDays: int.MaxValue).FirstOrDefault();
        },
        cancellationToken);

    private static ApiStage ToWire(PlanStage stage) => new()
    {
        ApiId = stage.ApiId,
        Stage = stage.Stage,
        Throttle = stage.Throttle.Count > 0
            ? stage.Throttle.ToDictionary(method => method.Key, method => new ThrottleSettings { RateLimit = method.Value.RateLimit, BurstLimit = method.Value.BurstLimit }, StringComparer.Ordinal)
            : null,
    };

    private static PlanStage ToStage(ApiStage stage) => new(stage.ApiId ?? "", stage.Stage ?? "")
    {
        Throttle = (stage.Throttle ?? []).ToDictionary(method => method.Key, method => new ThrottleLimits(method.Value.RateLimit, method.Value.BurstLimit), StringComparer.Ordinal),
    };

    private static string ToWire(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static QuotaPeriodType? ToWire(QuotaPeriod? period) => period switch
    {
        QuotaPeriod.Day => QuotaPeriodType.DAY,
        QuotaPeriod.Week => QuotaPeriodType.WEEK,
        QuotaPeriod.Month => QuotaPeriodType.MONTH,
        _ => null,
    };

    private static List<KeyUsage> ToUsage(Dictionary<string, List<List<long>>>? items, int mostDays) =>
    [
        .. (items ?? []).Select(item => item.Value.Count > mostDays ? throw Wire.Unexpected("The answer has more days than were asked for.") : new KeyUsage(item.Key, [.. item.Value.Select(day => (day.ElementAtOrDefault(0), day.Count > 1 ? day[1] : (long?)null))])),
    ];

    private UsagePlanInfo ToInfo(PlanParts plan, bool isChange = false) => new()
    {
        Id = Wire.Id(plan.Id, "a usage plan", isChange),
        Name = Wire.NullIfEmpty(plan.Name),
        Description = Wire.NullIfEmpty(plan.Description),
        ApiStages = [.. (plan.ApiStages ?? []).Select(ToStage)],
        RateLimit = plan.Throttle?.RateLimit,
        BurstLimit = plan.Throttle?.BurstLimit,
        QuotaLimit = plan.Quota?.Limit,
        QuotaOffset = plan.Quota?.Offset,
        QuotaPeriod = Enum.TryParse(plan.Quota?.Period?.Value, ignoreCase: true, out QuotaPeriod period) && Enum.IsDefined(period) ? period : null,
        ProductCode = Wire.NullIfEmpty(plan.ProductCode),
        Arn = $"{_arn}/{plan.Id}",
        Region = region,
        Tags = Wire.ToTags(plan.Tags),
    };

    // The value that comes with it is dropped here: nobody asked for it.
    private UsagePlanKeyInfo ToKey(string planId, string? id, string? name, bool isChange = false) => new()
    {
        Id = Wire.Id(id, "a key of a usage plan", isChange),
        Name = Wire.NullIfEmpty(name),
        UsagePlanId = planId,
        Region = region,
    };

    private string OnPlan(string verb, string id, string rest = "") => $"apigateway:{verb} on {_arn}/{id}{rest}";

    // The SDK has no common type for a plan in a listing and in single answers.
    private readonly record struct PlanParts(
        string? Id, string? Name, string? Description, List<ApiStage>? ApiStages, ThrottleSettings? Throttle, QuotaSettings? Quota, string? ProductCode, Dictionary<string, string>? Tags)
    {
        public PlanParts(UsagePlan plan)
            : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
        {
        }

        public PlanParts(CreateUsagePlanResponse plan)
            : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
        {
        }

        public PlanParts(GetUsagePlanResponse plan)
            : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
        {
        }

        public PlanParts(UpdateUsagePlanResponse plan)
            : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
        {
        }
    }
}
