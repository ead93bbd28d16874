using System.Text.Encodings.Web;
using System.Text.Json;
using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys and usage plans as a desired state in JSON: each with its id and its attributes under Terraform's names, a key with
/// the ids of its plans, and never a value.
/// </summary>
internal sealed class DesiredStateExport : IKeyWriter
{
    // A file is read by people: letters of every language stay as they are.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Plans = "usage_plans";

    private readonly Utf8JsonWriter _json;

    /// <summary>Starts the document.</summary>
    public DesiredStateExport(Stream target)
    {
        _json = new Utf8JsonWriter(target, Layout);
        _json.WriteStartObject();
        _json.WriteStartArray("keys");
    }

    /// <summary>The entry of one key, over several lines that end with LF.</summary>
    public static string Entry(ApiKeyInfo key)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Layout))
        {
            Write(json, key, plans: null);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray()).ReplaceLineEndings("\n");
    }

    /// <inheritdoc/>
    public string? ProblemOf(UsagePlanInfo plan) => !string.IsNullOrWhiteSpace(plan.Name) ? null
        : $"has no name, and plans of a desired state need one. Give it a name with {Words.Typed.Command(Act.NamePlan, plan.Id)}, or use "
            + $"{Words.Typed.Setting("SkipUsagePlan")}.";

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        Write(_json, key, plans);
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans)
    {
        _json.WriteEndArray();

        // An empty list would say that there should be none.
        if (plans.Count > 0)
        {
            _json.WriteStartArray(Plans);
            foreach (UsagePlanInfo plan in plans)
            {
                Write(_json, plan);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static void Write(Utf8JsonWriter json, ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        foreach (ApiKeyField field in ApiKeyField.All.Where(field => field.Update != FieldUpdate.Never))
        {
            switch (field.Kind)
            {
                case FieldKind.Text:
                    json.WriteString(field.TerraformName, field.Current(key));
                    break;
                case FieldKind.Boolean:
                    json.WriteBoolean(field.TerraformName, ApiKeyField.ReadBoolean(field.Current(key)!));
                    break;
                default:
                    Write(json, field.TerraformName, key.Tags);
                    break;
            }
        }

        // Where nobody looked, the plans of the key are left alone.
        if (plans is not null)
        {
            json.WriteStartArray(Plans);
            foreach (string plan in plans.Select(plan => plan.Id).Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(plan);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, UsagePlanInfo plan)
    {
        json.WriteStartObject();
        json.WriteString("id", plan.Id);
        json.WriteString("name", plan.Name);
        json.WriteString("description", plan.Description);
        if (plan.ProductCode is not null)
        {
            json.WriteString("product_code", plan.ProductCode);
        }

        json.WriteStartArray("api_stages");
        foreach (PlanStage stage in plan.ApiStages)
        {
            Write(json, stage);
        }

        json.WriteEndArray();
        if (plan.RateLimit is not null || plan.BurstLimit is not null)
        {
            json.WritePropertyName("throttle_settings");
            Write(json, new ThrottleLimits(plan.RateLimit, plan.BurstLimit), path: null);
        }

        if (plan.QuotaLimit is { } quota)
        {
            json.WriteStartObject("quota_settings");
            json.WriteNumber("limit", quota);
            json.WriteString("period", (plan.QuotaPeriod ?? QuotaPeriod.Month).ToString().ToUpperInvariant());
            json.WriteNumber("offset", plan.QuotaOffset ?? 0);
            json.WriteEndObject();
        }

        Write(json, "tags", plan.Tags);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlanStage stage)
    {
        json.WriteStartObject();
        json.WriteString("api_id", stage.ApiId);
        json.WriteString("stage", stage.Stage);
        if (stage.Throttle.Count > 0)
        {
            json.WriteStartArray("throttle");
            foreach ((string path, ThrottleLimits limits) in stage.Throttle.OrderBy(method => method.Key, StringComparer.Ordinal))
            {
                Write(json, limits, path);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // AWS stores 0 for the half of a throttle that was omitted.
    private static void Write(Utf8JsonWriter json, ThrottleLimits limits, string? path)
    {
        json.WriteStartObject();
        if (path is not null)
        {
            json.WriteString("path", path);
        }

        json.WriteNumber("rate_limit", limits.RateLimit ?? 0);
        json.WriteNumber("burst_limit", limits.BurstLimit ?? 0);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TagSet tags)
    {
        json.WriteStartObject(name);
        foreach ((string tag, string? value) in tags)
        {
            json.WriteString(tag, value);
        }

        json.WriteEndObject();
    }
}
