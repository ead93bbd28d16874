using System.Globalization;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Calls;
using ApiKey.Model;

namespace ApiKey.Aws;

/// <summary>Requests of the service client, from what is wanted.</summary>
internal static class Requests
{
    public static CreateApiKeyRequest Create(ApiKeySpec spec) => new()
    {
        Name = spec.Name,
        Description = spec.Description,
        Enabled = spec.Enabled,
        Value = Wire.NullIfEmpty(spec.Value),
        CustomerId = Wire.NullIfEmpty(spec.CustomerId),
        Tags = spec.Tags is { Count: > 0 } tags ? Wire.ToWire(tags) : null,
    };

    public static GetApiKeysRequest List(ApiKeyQuery query, string? position) => new()
    {
        NameQuery = query.NamePrefix,
        CustomerId = query.CustomerId,
        IncludeValues = query.IncludeValues,
        Limit = ApiKeyQuery.PageSize,
        Position = position,
    };

    public static ImportApiKeysRequest Import(ImportKeys call) => new()
    {
        Body = new MemoryStream(call.KeyFile.ToArray(), writable: false),
        Format = ApiKeysFormat.Csv,
        FailOnWarnings = call.FailOnWarnings,
    };

    public static CreateUsagePlanRequest Create(UsagePlanSpec spec) => new()
    {
        Name = spec.Name,
        Description = spec.Description,
        ApiStages = spec.ApiStages.Count > 0 ? [.. spec.ApiStages.Select(ToWire)] : null,
        Throttle = spec.RateLimit is null && spec.BurstLimit is null ? null
            : new ThrottleSettings { RateLimit = spec.RateLimit, BurstLimit = spec.BurstLimit },
        Quota = spec.QuotaLimit is null ? null
            : new QuotaSettings { Limit = spec.QuotaLimit, Offset = spec.QuotaOffset, Period = ToWire(spec.QuotaPeriod) },
        Tags = spec.Tags.Count > 0 ? Wire.ToWire(spec.Tags) : null,
    };

    public static GetUsageRequest Usage(GetPlanUsage call) => new()
    {
        UsagePlanId = call.Query.PlanId,
        KeyId = call.Query.KeyId,
        StartDate = ToWire(call.Query.First),
        EndDate = ToWire(call.Query.Last),
        Limit = ApiKeyQuery.PageSize,
        Position = call.Position,
    };

    public static List<PatchOperation> Replace(IReadOnlyList<FieldChange> changes)
        => [.. changes.Select(change => Replace(change.Path, change.Value))];

    public static PatchOperation Replace(string path, string value) => new() { Op = Op.Replace, Path = path, Value = value };

    public static List<PatchOperation> Remove(IReadOnlyCollection<PlanStage> stages) =>
        [.. stages.Select(stage => new PatchOperation { Op = Op.Remove, Path = "/apiStages", Value = stage.ToString() })];

    /// <summary>Tag keys in groups whose order is the same in plain and in encoded text.</summary>
    public static List<List<string>> SignableGroups(IEnumerable<string> keys)
    {
        List<List<string>> groups = [];
        string? last = null;
        foreach (string key in keys.Order(StringComparer.Ordinal))
        {
            string encoded = Uri.EscapeDataString(key);
            if (last is null || string.CompareOrdinal(encoded, last) < 0)
            {
                groups.Add([]);
            }

            groups[^1].Add(key);
            last = encoded;
        }

        return groups;
    }

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
}
