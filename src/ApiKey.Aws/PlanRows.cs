using System.Globalization;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Calls;
using ApiKey.Model;

namespace ApiKey.Aws;

/// <summary>How the calls for usage plans are sent: a row each, with its request and what its answer is to us.</summary>
internal static class PlanRows
{
    public static IReadOnlyList<CallRow> All { get; } =
    [
        CallRow.For<CreatePlan, RawPlan>((_, call) => $"/usageplans{Wire.PermissionFor(call.Spec.Tags)}", async (aws, call, stop) =>
            ToRaw(aws, new PlanParts(await aws.Client.CreateUsagePlanAsync(ToRequest(call.Spec), stop)), isChange: true)),
        CallRow.For<GetPlan, RawPlan>((_, call) => $"/usageplans/{call.Id}", async (aws, call, stop) =>
            ToRaw(aws, new PlanParts(await aws.Client.GetUsagePlanAsync(new() { UsagePlanId = call.Id }, stop)), call.Id)),
        CallRow.For<ListPlans, Page<RawPlan>>((_, _) => "/usageplans", async (aws, call, stop) =>
        {
            GetUsagePlansResponse page = await aws.Client.GetUsagePlansAsync(
                new() { KeyId = call.ApiKeyId, Limit = Wire.PageSize, Position = call.Position }, stop);
            return Wire.ToPage(page.Items, page.Position, plan => ToRaw(aws, new PlanParts(plan)));
        }),
        CallRow.For<UpdatePlan, RawPlan>((_, call) => $"/usageplans/{call.Id}", async (aws, call, stop) =>
        {
            UpdateUsagePlanResponse plan = await aws.Client.UpdateUsagePlanAsync(
                new() { UsagePlanId = call.Id, PatchOperations = [.. call.Patches.Select(ToWire)] }, stop);
            return ToRaw(aws, new PlanParts(plan), call.Id);
        }),
        CallRow.For<TagPlan, Nothing>((aws, call) => $"/tags/{Uri.EscapeDataString(Arn(aws, call.Id))}", (aws, call, stop) =>
            Wire.Done(aws.Client.TagResourceAsync(new() { ResourceArn = Arn(aws, call.Id), Tags = Wire.ToWire(call.Tags) ?? [] }, stop))),
        CallRow.For<UntagPlan, Nothing>((aws, call) => $"/tags/{Uri.EscapeDataString(Arn(aws, call.Id))}", (aws, call, stop) =>
            Wire.UntagAsync(aws, Arn(aws, call.Id), call.Keys, stop)),
        CallRow.For<DeletePlan, Nothing>((_, call) => $"/usageplans/{call.Id}", (aws, call, stop) =>
            Wire.Done(aws.Client.DeleteUsagePlanAsync(new() { UsagePlanId = call.Id }, stop))),
        CallRow.For<AddPlanKey, UsagePlanKeyInfo>((_, call) => $"/usageplans/{call.PlanId}/keys", async (aws, call, stop) =>
        {
            CreateUsagePlanKeyResponse key = await aws.Client.CreateUsagePlanKeyAsync(
                new() { UsagePlanId = call.PlanId, KeyId = call.KeyId, KeyType = "API_KEY" }, stop);
            return ToMember(aws, call.PlanId, Wire.Same(call.KeyId, key.Id), key.Name, isChange: true);
        }),
        CallRow.For<GetPlanKey, UsagePlanKeyInfo>((_, call) => $"/usageplans/{call.PlanId}/keys/{call.KeyId}", async (aws, call, stop) =>
        {
            GetUsagePlanKeyResponse key = await aws.Client.GetUsagePlanKeyAsync(
                new() { UsagePlanId = call.PlanId, KeyId = call.KeyId }, stop);
            return ToMember(aws, call.PlanId, Wire.Same(call.KeyId, key.Id), key.Name);
        }),
        CallRow.For<ListPlanKeys, Page<UsagePlanKeyInfo>>((_, call) => $"/usageplans/{call.PlanId}/keys", async (aws, call, stop) =>
        {
            GetUsagePlanKeysResponse page = await aws.Client.GetUsagePlanKeysAsync(
                new() { UsagePlanId = call.PlanId, NameQuery = call.NamePrefix, Limit = Wire.PageSize, Position = call.Position }, stop);
            return Wire.ToPage(page.Items, page.Position, key => ToMember(aws, call.PlanId, key.Id, key.Name));
        }),
        CallRow.For<RemovePlanKey, Nothing>((_, call) => $"/usageplans/{call.PlanId}/keys/{call.KeyId}", (aws, call, stop) =>
            Wire.Done(aws.Client.DeleteUsagePlanKeyAsync(new() { UsagePlanId = call.PlanId, KeyId = call.KeyId }, stop))),
        CallRow.For<GetPlanUsage, Page<KeyUsage>>((_, call) => $"/usageplans/{call.Query.PlanId}/usage", async (aws, call, stop) =>
        {
            GetUsageResponse page = await aws.Client.GetUsageAsync(new()
            {
                UsagePlanId = call.Query.PlanId,
                KeyId = call.Query.KeyId,
                StartDate = ToWire(call.Query.First),
                EndDate = ToWire(call.Query.Last),
                Limit = Wire.PageSize,
                Position = call.Position,
            }, stop);
            int days = call.Query.Last.DayNumber - call.Query.First.DayNumber + 1;
            return new Page<KeyUsage>(ToUsage(page.Items, days), Wire.NullIfEmpty(page.Position));
        }),
        CallRow.For<SetRemaining, KeyUsage?>((_, call) => $"/usageplans/{call.PlanId}/keys/{call.KeyId}/usage", async (aws, call, stop) =>
        {
            string remaining = call.Remaining.ToString(CultureInfo.InvariantCulture);
            UpdateUsageResponse answer = await aws.Client.UpdateUsageAsync(new()
            {
                UsagePlanId = call.PlanId,
                KeyId = call.KeyId,
                PatchOperations = [new PatchOperation { Op = Op.Replace, Path = "/remaining", Value = remaining }],
            }, stop);
            return ToUsage(answer.Items, mostDays: int.MaxValue).FirstOrDefault();
        }),
    ];

    private static CreateUsagePlanRequest ToRequest(UsagePlanSpec spec) => new()
    {
        Name = spec.Name,
        Description = spec.Description,
        ApiStages = spec.ApiStages.Count > 0 ? [.. spec.ApiStages.Select(ToWire)] : null,
        Throttle = spec.RateLimit is null && spec.BurstLimit is null ? null
            : new ThrottleSettings { RateLimit = spec.RateLimit, BurstLimit = spec.BurstLimit },
        Quota = spec.QuotaLimit is null ? null
            : new QuotaSettings { Limit = spec.QuotaLimit, Offset = spec.QuotaOffset, Period = ToWire(spec.QuotaPeriod) },
        Tags = Wire.ToWire(spec.Tags),
    };

    private static PatchOperation ToWire(PlanPatch patch) => new()
    {
        Op = patch.Kind switch
        {
            PlanPatchKind.Add => Op.Add,
            PlanPatchKind.Replace => Op.Replace,
            _ => Op.Remove,
        },
        Path = patch.Path,
        Value = patch.Value,
    };

    private static string Arn(AwsApiGateway aws, string? id) => $"{aws.ServiceArn}/usageplans/{id}";

    private static ApiStage ToWire(PlanStage stage) => new()
    {
        ApiId = stage.ApiId,
        Stage = stage.Stage,
        Throttle = stage.Throttle.Count > 0
            ? stage.Throttle.ToDictionary(method => method.Key,
                method => new ThrottleSettings { RateLimit = method.Value.RateLimit, BurstLimit = method.Value.BurstLimit },
                StringComparer.Ordinal)
            : null,
    };

    private static string ToWire(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static QuotaPeriodType? ToWire(QuotaPeriod? period) => period switch
    {
        QuotaPeriod.Day => QuotaPeriodType.DAY,
        QuotaPeriod.Week => QuotaPeriodType.WEEK,
        QuotaPeriod.Month => QuotaPeriodType.MONTH,
        _ => null,
    };

    private static RawPlan ToRaw(AwsApiGateway aws, PlanParts plan, string asked)
        => ToRaw(aws, plan with { Id = Wire.Same(asked, plan.Id) });

    private static RawPlan ToRaw(AwsApiGateway aws, PlanParts plan, bool isChange = false) => new(
        new UsagePlanInfo
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
            Arn = Arn(aws, plan.Id),
            Region = aws.Region,
        },
        Wire.ToTags(plan.Tags));

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
    private static UsagePlanKeyInfo ToMember(AwsApiGateway aws, string planId, string? id, string? name, bool isChange = false) => new()
    {
        Id = Wire.Id(id, "a key of a usage plan", isChange),
        Name = Wire.NullIfEmpty(name),
        UsagePlanId = planId,
        Region = aws.Region,
    };

    /// <summary>A usage plan of the service client, which has no common type for one in a listing and in single answers.</summary>
    private readonly record struct PlanParts(
        string? Id, string? Name, string? Description, List<ApiStage>? ApiStages, ThrottleSettings? Throttle, QuotaSettings? Quota,
            string? ProductCode, Dictionary<string, string>? Tags)
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
