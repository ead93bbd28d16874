using System.Text.Json;
using ApiKey.Emulator.Service;

namespace ApiKey.Emulator.Store;

/// <summary>A rate and a burst. AWS stores the half that was not given as 0.</summary>
internal sealed record Throttle(long BurstLimit, double RateLimit)
{
    public static Throttle? Read(JsonElement parent, string name) => Call.Object(parent, name) is { } source
        ? new Throttle(Call.Number(source, "burstLimit") ?? 0, Call.Fraction(source, "rateLimit") ?? 0)
        : null;

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
internal sealed record Quota(long Limit, long Offset, string Period);

/// <summary>A stage a plan opens, with throttles by <c>/path/METHOD</c>.</summary>
internal sealed class PlanStage
{
    public required string ApiId { get; init; }

    public required string Stage { get; init; }

    public SortedDictionary<string, Throttle> Throttles { get; init; } = new(StringComparer.Ordinal);

    public string Key => $"{ApiId}:{Stage}";

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
