using System.Text.Json;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Store;

/// <summary>A rate and a burst. AWS stores the half that was not given as 0.</summary>
internal sealed record Throttle(long BurstLimit, double RateLimit)
{
    /// <summary>What AWS answers to a throttle that is none.</summary>
    public const string Wrong = "Usage Plan throttle rate limit and burst limit must be numeric and greater than zero";

    public static Throttle? Read(JsonElement parent, string name) => Json.Object(parent, name) is not { } source ? null
        : new Throttle(Json.Number(source, "burstLimit") ?? 0, Json.Fraction(source, "rateLimit") ?? 0)
            is var throttle and not ({ BurstLimit: < 0 } or { RateLimit: < 0 })
            ? throttle
            : throw ServiceError.BadRequest(Wrong);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("burstLimit", BurstLimit);

        // AWS writes a rate with a fraction, 2.0 for 2.
        string format = RateLimit == Math.Floor(RateLimit) && Math.Abs(RateLimit) < 1e15 ? "F1" : "R";
        writer.WritePropertyName("rateLimit");
        writer.WriteRawValue(RateLimit.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}

/// <summary>Requests allowed in a period.</summary>
internal sealed record Quota(long Limit, long Offset, string Period)
{
    /// <summary>What AWS answers to a limit that is none.</summary>
    public const string WrongLimit = "Usage Plan quota limit must be a non-negative numeric";

    /// <summary>What AWS answers to a period that is none.</summary>
    public const string WrongPeriod = "Invalid Usage Plan quota period specified. Must be one of [DAY, WEEK, MONTH]";

    public static Quota? Read(JsonElement body)
    {
        if (Json.Object(body, "quota") is not { } quota)
        {
            return null;
        }

        string? period = Json.Text(quota, "period");
        if (period is not (null or "DAY" or "WEEK" or "MONTH"))
        {
            // The service's model refuses it before the operation sees it.
            throw new ServiceError(
                400,
                "ValidationException",
                $"1 validation error detected: Value '{period}' at 'createUsagePlanInput.quota.period' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [MONTH, WEEK, DAY]");
        }

        return new Quota(
            Json.Number(quota, "limit") ?? throw ServiceError.BadRequest(WrongLimit),
            Json.Number(quota, "offset") ?? 0,
            period ?? throw ServiceError.BadRequest(WrongPeriod));
    }
}

/// <summary>A stage a plan opens, with throttles by <c>/path/METHOD</c>.</summary>
internal sealed class PlanStage
{
    public required string ApiId { get; init; }

    public required string Stage { get; init; }

    public SortedDictionary<string, Throttle> Throttles { get; init; } = new(StringComparer.Ordinal);

    public string Key => $"{ApiId}:{Stage}";

    public static PlanStage Read(JsonElement source)
    {
        PlanStage stage = new() { ApiId = Json.Text(source, "apiId") ?? "", Stage = Json.Text(source, "stage") ?? "" };
        if (Json.Object(source, "throttle") is { } throttles)
        {
            foreach (JsonProperty method in throttles.EnumerateObject())
            {
                stage.Throttles[method.Name] = Throttle.Read(throttles, method.Name) ?? new Throttle(0, 0);
            }
        }

        return stage;
    }

    public PlanStage Copy() => new() { ApiId = ApiId, Stage = Stage, Throttles = new(Throttles, StringComparer.Ordinal) };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("apiId", ApiId);
        writer.WriteString("stage", Stage);
        if (Throttles.Count > 0)
        {
            writer.WriteStartObject("throttle");
            foreach ((string method, Throttle throttle) in Throttles)
            {
                writer.WritePropertyName(method);
                throttle.Write(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}

/// <summary>What of a plan an update can change. An update works on a copy, so that a refusal leaves everything as it was.</summary>
internal sealed class PlanSettings
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string ProductCode { get; set; } = "";

    public Throttle? Throttle { get; set; }

    public Quota? Quota { get; set; }

    public List<PlanStage> Stages { get; init; } = [];

    public PlanSettings Copy() => new()
    {
        Name = Name,
        Description = Description,
        ProductCode = ProductCode,
        Throttle = Throttle,
        Quota = Quota,
        Stages = [.. Stages.Select(stage => stage.Copy())],
    };
}
