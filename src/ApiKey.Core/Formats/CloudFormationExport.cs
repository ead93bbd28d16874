using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys and their usage plans for CloudFormation: a template, and the list of resources that
/// <c>create-change-set --change-set-type IMPORT</c> brings under a stack. Nothing is made, changed or removed by that.
/// </summary>
/// <remarks>
/// Identifiers as in the resource schemas: APIKeyId of AWS::ApiGateway::ApiKey, Id of AWS::ApiGateway::UsagePlan, and Id of
/// AWS::ApiGateway::UsagePlanKey, which is the key's id and the plan's with a colon between. No value is written: a key keeps its
/// own. Every resource is retained when it leaves the stack: a key that is deleted is gone for its callers.
/// </remarks>
/// <param name="template">The template.</param>
/// <param name="imports">The resources to import.</param>
internal sealed partial class CloudFormationExport(Stream template, Stream imports) : IKeyWriter
{
    // How many resources CloudFormation imports in one change set, and how many a template may have.
    private const int MostImported = 200;
    private const int MostResources = 500;

    private const string ServicePrefix = "AWS::ApiGateway::";

    // CloudFormation looks such text up elsewhere, and there is no way to write it down as it is.
    private const string DynamicReference = "{{resolve:";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ExportedKeys _keys = new();
    private readonly Labels _logicalIds = new(ToLogicalId);

    private int _count;

    /// <inheritdoc/>
    public string? ProblemOfNothing => "There are no API keys to write, and CloudFormation accepts no template without resources.";

    /// <inheritdoc/>
    public string? Warning => _count <= MostImported ? null
        : $"The template has {_count} resources. CloudFormation allows {MostResources} in a stack and imports {MostImported} with one "
            + "change set: export fewer keys at a time to several stacks.";

    /// <summary>The file of the resources to import, next to a template.</summary>
    public static string ImportPathOf(string templatePath) => Path.ChangeExtension(templatePath, ".import.json");

    /// <inheritdoc/>
    public string? ProblemOf(ApiKeyInfo key) => ProblemOf([key.Name, key.Description, key.CustomerId, .. TextsOf(key.TagsAll)]);

    /// <inheritdoc/>
    public string? ProblemOf(UsagePlanInfo plan) => ProblemOf([plan.Name, plan.Description, .. TextsOf(plan.TagsAll)]);

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans) => _keys.Add(key, plans);

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans)
    {
        using MemoryStream text = new();
        using Utf8JsonWriter json = new(text, Layout);
        using Utf8JsonWriter list = new(imports, Layout);
        list.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("AWSTemplateFormatVersion", "2010-09-09");
        json.WriteStartObject("Resources");
        Dictionary<string, string> logicalIdOf = new(StringComparer.Ordinal);
        foreach (UsagePlanInfo plan in plans)
        {
            string logicalId = _logicalIds.For($"Plan_{plan.Name}", plan.Id);
            logicalIdOf.Add(plan.Id, logicalId);
            WriteResource("UsagePlan", logicalId, ("Id", plan.Id), () => WritePlan(json, plan));
        }

        foreach ((ApiKeyInfo key, IReadOnlyList<UsagePlanInfo> plansOfKey) in _keys.OldestFirst)
        {
            string logicalId = _logicalIds.For($"Key_{key.Name}", key.Id);
            WriteResource("ApiKey", logicalId, ("APIKeyId", key.Id), () => WriteKey(json, key));
            foreach (UsagePlanInfo plan in plansOfKey)
            {
                string membership = _logicalIds.For($"{logicalId}_In_{logicalIdOf[plan.Id]}", $"{key.Id}_{plan.Id}");
                WriteResource("UsagePlanKey", membership, ("Id", $"{key.Id}:{plan.Id}"), () =>
                {
                    WriteReference(json, "KeyId", logicalId);
                    json.WriteString("KeyType", "API_KEY");
                    WriteReference(json, "UsagePlanId", logicalIdOf[plan.Id]);
                });
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        list.WriteEndArray();
        json.Flush();
        template.Write(Encoding.UTF8.GetBytes(SurrogatePair().Replace(Encoding.UTF8.GetString(text.ToArray()), pair =>
            string.Concat(pair.Groups["half"].Captures.Select(half => (char)Convert.ToUInt16(half.Value, fromBase: 16))))));

        void WriteResource(string type, string logicalId, (string Name, string Value) identifier, Action writeProperties)
        {
            _count++;
            json.WriteStartObject(logicalId);
            json.WriteString("Type", ServicePrefix + type);
            json.WriteString("DeletionPolicy", "Retain");
            json.WriteString("UpdateReplacePolicy", "Retain");
            json.WriteStartObject("Properties");
            writeProperties();
            json.WriteEndObject();
            json.WriteEndObject();
            list.WriteStartObject();
            list.WriteString("ResourceType", ServicePrefix + type);
            list.WriteString("LogicalResourceId", logicalId);
            list.WriteStartObject("ResourceIdentifier");
            list.WriteString(identifier.Name, identifier.Value);
            list.WriteEndObject();
            list.WriteEndObject();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The streams belong to their files.
    }

    private static void WriteKey(Utf8JsonWriter json, ApiKeyInfo key)
    {
        WriteText(json, "Name", key.Name);
        WriteText(json, "Description", key.Description);
        json.WriteBoolean("Enabled", key.Enabled);
        WriteText(json, "CustomerId", key.CustomerId);
        WriteTags(json, key.TagsAll);
    }

    private static void WritePlan(Utf8JsonWriter json, UsagePlanInfo plan)
    {
        WriteText(json, "UsagePlanName", plan.Name);
        WriteText(json, "Description", plan.Description);
        if (plan.ApiStages.Count > 0)
        {
            json.WriteStartArray("ApiStages");
            foreach (PlanStage stage in plan.ApiStages)
            {
                json.WriteStartObject();
                json.WriteString("ApiId", stage.ApiId);
                json.WriteString("Stage", stage.Stage);
                if (stage.Throttle.Count > 0)
                {
                    json.WriteStartObject("Throttle");
                    foreach ((string path, ThrottleLimits limits) in stage.Throttle)
                    {
                        WriteLimits(json, path, limits);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (plan.QuotaLimit is { } quota)
        {
            json.WriteStartObject("Quota");
            json.WriteNumber("Limit", quota);
            WriteNumber(json, "Offset", plan.QuotaOffset is 0 ? null : plan.QuotaOffset);
            json.WriteString("Period", (plan.QuotaPeriod ?? QuotaPeriod.Month).ToString().ToUpperInvariant());
            json.WriteEndObject();
        }

        if (plan.RateLimit is not null || plan.BurstLimit is not null)
        {
            WriteLimits(json, "Throttle", new ThrottleLimits(plan.RateLimit, plan.BurstLimit));
        }

        WriteTags(json, plan.TagsAll);
    }

    private static void WriteLimits(Utf8JsonWriter json, string name, ThrottleLimits limits)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "BurstLimit", limits.BurstLimit);
        WriteNumber(json, "RateLimit", limits.RateLimit);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void WriteTags(Utf8JsonWriter json, TagSet tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        json.WriteStartArray("Tags");
        foreach ((string tag, string? value) in tags)
        {
            json.WriteStartObject();
            WriteText(json, "Key", tag);
            WriteText(json, "Value", value ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What looks like a variable is written so that it is text to CloudFormation and to everything that checks templates.
    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (!text.Contains("${", StringComparison.Ordinal))
        {
            json.WriteString(name, text);
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartArray("Fn::Join");
        json.WriteStringValue("$");
        json.WriteStartArray();
        foreach (string part in text.Split('$'))
        {
            json.WriteStringValue(part);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string name, string logicalId)
    {
        json.WriteStartObject(name);
        json.WriteString("Ref", logicalId);
        json.WriteEndObject();
    }

    // The JSON writer writes such a character as two escapes, and who reads templates as YAML takes each for a broken character.
    [GeneratedRegex(@"(?<=(?<!\\)(\\\\)*)\\u(?<half>D[89AB][0-9A-F]{2})\\u(?<half>D[C-F][0-9A-F]{2})", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex SurrogatePair();

    private static string? ProblemOf(IEnumerable<string?> texts) =>
        texts.Any(text => text?.Contains(DynamicReference, StringComparison.OrdinalIgnoreCase) is true)
            ? $"has a text with {DynamicReference} in it, which CloudFormation would look up instead of using it as it is. Leave it out, "
                + "or give it another text."
            : null;

    private static IEnumerable<string?> TextsOf(TagSet tags) => tags.SelectMany(tag => new[] { tag.Key, tag.Value });

    // A logical id has letters and digits only, at most 255 of them. Words begin with a capital letter.
    private static string ToLogicalId(string name)
    {
        string[] words = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string plain = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return plain.Length <= 200 ? plain : plain[..150] + plain[^50..];
    }
}
