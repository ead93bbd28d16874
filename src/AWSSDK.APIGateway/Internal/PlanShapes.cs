using System.Text.Json;
using Amazon.APIGateway.Model;

namespace Amazon.APIGateway.Internal;

/// <summary>Writes and reads the parts of usage plans.</summary>
internal static class PlanShapes
{
    public static void Write(Utf8JsonWriter writer, List<ApiStage>? stages) => Shapes.Write(writer, "apiStages", stages, stage =>
    {
        Shapes.Write(writer, "apiId", stage.ApiId);
        Shapes.Write(writer, "stage", stage.Stage);
        if (stage.Throttle is not null)
        {
            writer.WriteStartObject("throttle");
            foreach ((string method, ThrottleSettings throttle) in stage.Throttle)
            {
                Write(writer, method, throttle);
            }

            writer.WriteEndObject();
        }
    });

    public static void Write(Utf8JsonWriter writer, string name, ThrottleSettings? throttle)
    {
        if (throttle is not null)
        {
            writer.WriteStartObject(name);
            Shapes.Write(writer, "burstLimit", throttle.BurstLimit);
            Shapes.Write(writer, "rateLimit", throttle.RateLimit);
            writer.WriteEndObject();
        }
    }

    public static void Write(Utf8JsonWriter writer, QuotaSettings? quota)
    {
        if (quota is not null)
        {
            writer.WriteStartObject("quota");
            Shapes.Write(writer, "limit", quota.Limit);
            Shapes.Write(writer, "offset", quota.Offset);
            Shapes.Write(writer, "period", quota.Period?.Value);
            writer.WriteEndObject();
        }
    }

    public static void ReadUsagePlan(JsonElement source, IUsagePlanShape plan)
    {
        plan.Id = Shapes.Text(source, "id");
        plan.Name = Shapes.Text(source, "name");
        plan.Description = Shapes.Text(source, "description");
        plan.ProductCode = Shapes.Text(source, "productCode");
        plan.ApiStages = Shapes.List<ApiStage>(source, "apiStages", ReadStage);
        plan.Throttle = Shapes.Member(source, "throttle") is { } throttle ? ReadThrottle(throttle) : null;
        plan.Quota = Shapes.Member(source, "quota") is { } quota ? ReadQuota(quota) : null;
        plan.Tags = Shapes.Map(source, "tags");
    }

    public static void ReadUsagePlanKey(JsonElement source, IUsagePlanKeyShape key)
    {
        key.Id = Shapes.Text(source, "id");
        key.Name = Shapes.Text(source, "name");
        key.Type = Shapes.Text(source, "type");
        key.Value = Shapes.Text(source, "value");
    }

    public static void ReadUsage(JsonElement source, UsageResponse usage)
    {
        usage.UsagePlanId = Shapes.Text(source, "usagePlanId");
        usage.StartDate = Shapes.Text(source, "startDate");
        usage.EndDate = Shapes.Text(source, "endDate");
        usage.Position = Shapes.Text(source, "position");
        usage.Items = Shapes.Member(source, "values")?.EnumerateObject().ToDictionary(
            key => key.Name,
            key => key.Value.EnumerateArray().Select(day => day.EnumerateArray().Select(count => count.GetInt64()).ToList()).ToList(),
            StringComparer.Ordinal);
    }

    private static void ReadStage(JsonElement source, ApiStage stage)
    {
        stage.ApiId = Shapes.Text(source, "apiId");
        stage.Stage = Shapes.Text(source, "stage");
        stage.Throttle = Shapes.Member(source, "throttle")?.EnumerateObject()
            .ToDictionary(method => method.Name, method => ReadThrottle(method.Value), StringComparer.Ordinal);
    }

    private static ThrottleSettings ReadThrottle(JsonElement source)
        => new() { BurstLimit = Shapes.Integer(source, "burstLimit"), RateLimit = Shapes.Fraction(source, "rateLimit") };

    private static QuotaSettings ReadQuota(JsonElement source) => new()
    {
        Limit = Shapes.Integer(source, "limit"),
        Offset = Shapes.Integer(source, "offset"),
        Period = Shapes.Text(source, "period") is { } period ? new QuotaPeriodType(period) : null,
    };
}
