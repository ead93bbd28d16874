using Amazon.APIGateway.Model;
using ApiKey.Calls;
using ApiKey.Model;
using WireKey = Amazon.APIGateway.Model.ApiKey;

namespace ApiKey.Aws;

/// <summary>What answers of the service client are in the module's own terms, each checked to be what was asked for.</summary>
internal sealed class Answers
{
    private readonly string _region;

    /// <summary>Answers from a region.</summary>
    public Answers(string region)
    {
        _region = region;
        ServiceArn = Wire.ServiceArn(region);
    }

    /// <summary>What every ARN of the region's API Gateway starts with.</summary>
    public string ServiceArn { get; }

    public static ImportAnswer Imported(ImportApiKeysResponse answer) => new(answer.Ids ?? [], answer.Warnings ?? []);

    public static Page<KeyUsage> Page(UsageQuery query, GetUsageResponse page) =>
        new(ToUsage(page.Items, query.Last.DayNumber - query.First.DayNumber + 1), Wire.NullIfEmpty(page.Position));

    public static KeyUsage? Usage(UpdateUsageResponse answer) => ToUsage(answer.Items, mostDays: int.MaxValue).FirstOrDefault();

    public string KeyArn(string id) => $"{ServiceArn}/apikeys/{id}";

    public RawKey Created(CreateApiKeyResponse key) =>
        ToRaw(key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate,
            key.StageKeys, key.Tags, isChange: true);

    public RawKey Read(string id, GetApiKeyResponse key) =>
        ToRaw(Wire.Same(id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate,
            key.LastUpdatedDate, key.StageKeys, key.Tags);

    // AWS never answers an update with the value; other servers do, and it was not asked for.
    public RawKey Updated(string id, UpdateApiKeyResponse key) =>
        ToRaw(Wire.Same(id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, null, key.CreatedDate, key.LastUpdatedDate,
            key.StageKeys, key.Tags);

    public Page<RawKey> Page(GetApiKeysResponse page) => new([.. Wire.List(page.Items).Select(ToRaw)], Wire.NullIfEmpty(page.Position));

    public Page<RawPlan> Page(GetUsagePlansResponse page) =>
        new([.. Wire.List(page.Items).Select(plan => Plan(new PlanParts(plan)))], Wire.NullIfEmpty(page.Position));

    public Page<UsagePlanKeyInfo> Page(string planId, GetUsagePlanKeysResponse page) =>
        new([.. Wire.List(page.Items).Select(key => ToMember(planId, key.Id, key.Name))], Wire.NullIfEmpty(page.Position));

    public RawPlan Plan(PlanParts plan, string asked) => Plan(plan with { Id = Wire.Same(asked, plan.Id) });

    public RawPlan Plan(PlanParts plan, bool isChange = false) => new(ToInfo(plan, isChange), Wire.ToTags(plan.Tags));

    public UsagePlanKeyInfo Member(string planId, string keyId, CreateUsagePlanKeyResponse key)
        => ToMember(planId, Wire.Same(keyId, key.Id), key.Name, isChange: true);

    public UsagePlanKeyInfo Member(string planId, string keyId, GetUsagePlanKeyResponse key)
        => ToMember(planId, Wire.Same(keyId, key.Id), key.Name);

    private UsagePlanInfo ToInfo(PlanParts plan, bool isChange) => new()
    {
        Id = Wire.Id(plan.Id, "a usage plan", isChange),
        Name = Wire.NullIfEmpty(plan.Name),
        Description = Wire.NullIfEmpty(plan.Description),
        ApiStages = [.. (plan.ApiStages ?? []).Select(ToStage)],
        RateLimit = plan.Throttle?.RateLimit,
        BurstLimit = plan.Throttle?.BurstLimit,
        QuotaLimit = plan.Quota?.Limit,
        QuotaOffset = plan.Quota?.Offset,
        QuotaPeriod = Enum.TryParse(plan.Quota?.Period?.Value, ignoreCase: true, out QuotaPeriod period) && Enum.IsDefined(period)
            ? period : null,
        ProductCode = Wire.NullIfEmpty(plan.ProductCode),
        Arn = $"{ServiceArn}/usageplans/{plan.Id}",
        Region = _region,
    };

    private static PlanStage ToStage(ApiStage stage) => new(stage.ApiId ?? "", stage.Stage ?? "")
    {
        Throttle = (stage.Throttle ?? [])
            .ToDictionary(method => method.Key, method => new ThrottleLimits(method.Value.RateLimit, method.Value.BurstLimit),
                StringComparer.Ordinal),
    };

    private static List<KeyUsage> ToUsage(Dictionary<string, List<List<long>>>? items, int mostDays) =>
    [
        .. (items ?? []).Select(item => item.Value.Count > mostDays
            ? throw Wire.Unexpected("The answer has more days than were asked for.")
                : new KeyUsage(item.Key, [.. item.Value.Select(day => (day.ElementAtOrDefault(0), day.Count > 1 ? day[1] : (long?)null))])),
    ];

    // The value that comes with it is dropped here: nobody asked for it.
    private UsagePlanKeyInfo ToMember(string planId, string? id, string? name, bool isChange = false) => new()
    {
        Id = Wire.Id(id, "a key of a usage plan", isChange),
        Name = Wire.NullIfEmpty(name),
        UsagePlanId = planId,
        Region = _region,
    };

    private RawKey ToRaw(WireKey key) =>
        ToRaw(key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate,
            key.StageKeys, key.Tags);

    // The SDK has no common type for an API key in a listing and in single answers.
    private RawKey ToRaw(
        string? id,
        string? name,
        string? description,
        bool? enabled,
        string? customerId,
        string? value,
        DateTime? created,
        DateTime? updated,
        List<string>? stageKeys,
        Dictionary<string, string>? tags,
        bool isChange = false)
    {
        return new RawKey
        {
            Id = Wire.Id(id, "an API key", isChange),
            Name = Wire.NullIfEmpty(name),
            Description = Wire.NullIfEmpty(description),
            Enabled = enabled ?? false,
            CustomerId = Wire.NullIfEmpty(customerId),
            Value = Wire.NullIfEmpty(value),
            CreatedDate = ToUtc(created),
            LastUpdatedDate = ToUtc(updated),
            Arn = KeyArn(id!),
            Region = _region,
            StageKeys = stageKeys ?? [],
            AllTags = Wire.ToTags(tags),
        };
    }

    private static DateTimeOffset? ToUtc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;
}
