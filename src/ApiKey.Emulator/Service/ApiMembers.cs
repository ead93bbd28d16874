using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>What a member of a part of an API holds.</summary>
internal enum MemberKind
{
    Text,
    Truth,
    Number,
    Texts,
    Truths,
    List,
}

/// <summary>A member that a request may set and a patch may change.</summary>
internal readonly record struct Member(string Name, MemberKind Kind);

/// <summary>
/// The members of the parts of a REST API, as in the service's model: what a body may hold, and what a patch may change. One table
/// for both, a row for each member.
/// </summary>
internal static class ApiMembers
{
    public static readonly Member[] OfApi =
    [
        new("name", MemberKind.Text), new("description", MemberKind.Text), new("version", MemberKind.Text),
            new("apiKeySource", MemberKind.Text),
        new("policy", MemberKind.Text), new("binaryMediaTypes", MemberKind.List), new("minimumCompressionSize", MemberKind.Number),
        new("disableExecuteApiEndpoint", MemberKind.Truth),
    ];

    public static readonly Member[] OfMethod =
    [
        new("authorizationType", MemberKind.Text), new("authorizerId", MemberKind.Text), new("apiKeyRequired", MemberKind.Truth),
        new("operationName", MemberKind.Text), new("requestParameters", MemberKind.Truths), new("requestModels", MemberKind.Texts),
        new("requestValidatorId", MemberKind.Text), new("authorizationScopes", MemberKind.List),
    ];

    public static readonly Member[] OfMethodResponse = [new("responseParameters", MemberKind.Truths),
        new("responseModels", MemberKind.Texts)];

    public static readonly Member[] OfIntegration =
    [
        // In a body "httpMethod" is what the SDKs call integrationHttpMethod.
        new("type", MemberKind.Text), new("httpMethod", MemberKind.Text), new("uri", MemberKind.Text),
            new("connectionType", MemberKind.Text),
        new("connectionId", MemberKind.Text), new("credentials", MemberKind.Text), new("requestParameters", MemberKind.Texts),
        new("requestTemplates", MemberKind.Texts), new("passthroughBehavior", MemberKind.Text), new("contentHandling", MemberKind.Text),
        new("timeoutInMillis", MemberKind.Number), new("cacheNamespace", MemberKind.Text), new("cacheKeyParameters", MemberKind.List),
    ];

    public static readonly Member[] OfIntegrationResponse =
    [
        new("selectionPattern", MemberKind.Text), new("responseParameters", MemberKind.Texts), new("responseTemplates", MemberKind.Texts),
        new("contentHandling", MemberKind.Text),
    ];

    public static readonly Member[] OfDeployment = [new("description", MemberKind.Text)];

    public static readonly Member[] OfStage =
    [
        new("deploymentId", MemberKind.Text), new("description", MemberKind.Text), new("cacheClusterEnabled", MemberKind.Truth),
        new("cacheClusterSize", MemberKind.Text), new("variables", MemberKind.Texts), new("documentationVersion", MemberKind.Text),
        new("tracingEnabled", MemberKind.Truth), new("clientCertificateId", MemberKind.Text), new("accessLogSettings", MemberKind.Texts),
    ];

    /// <summary>The members of a body, over what a part has without them.</summary>
    public static JsonObject Read(JsonElement body, Member[] members, JsonObject shape)
    {
        foreach (Member member in members)
        {
            if (ToNode(body, member) is { } node)
            {
                shape[member.Name] = node;
            }
        }

        return shape;
    }

    /// <summary>The part as a patch leaves it; a refusal leaves it as it is.</summary>
    public static JsonObject Patch(JsonObject shape, IEnumerable<Patch> patches, Member[] members,
        Func<JsonObject, Patch, string[], bool>? special = null)
    {
        JsonObject changed = (JsonObject)shape.DeepClone();
        foreach (Patch patch in patches)
        {
            string[] path = [.. patch.Path.TrimStart('/').Split('/').Select(part => part.Replace("~1", "/").Replace("~0", "~"))];
            if (special?.Invoke(changed, patch, path) != true)
            {
                Apply(changed, patch, path, members);
            }
        }

        return changed;
    }

    /// <summary>The refusal of a path that a part does not have.</summary>
    public static ServiceError InvalidPath(Patch patch) => ServiceError.BadRequest($"Invalid patch path {patch.Path}");

    /// <summary>Any text but true counts as false, as AWS was recorded to take it.</summary>
    public static bool IsTrue(string text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    public static int ReadNumber(Patch patch) =>
        int.TryParse(patch.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw ServiceError.BadRequest($"Invalid value '{patch.Value}' specified for {patch.Path}");

    private static JsonNode? ToNode(JsonElement body, Member member)
    {
        switch (member.Kind)
        {
            case MemberKind.Text:
                return Json.Text(body, member.Name) is { } text ? JsonValue.Create(text) : null;
            case MemberKind.Truth:
                return body.TryGetProperty(member.Name, out _) ? JsonValue.Create(Json.Truth(body, member.Name)) : null;
            case MemberKind.Number:
                return Json.Number(body, member.Name) is { } number ? JsonValue.Create(number) : null;
            case MemberKind.Texts:
                return Collect(Json.Map(body, member.Name).Select(entry => (entry.Key, (JsonNode?)entry.Value)));
            case MemberKind.Truths:
                return Json.Object(body, member.Name) is { } truths
                    ? Collect(truths.EnumerateObject().Select(entry => (entry.Name, (JsonNode?)Json.Truth(truths, entry.Name))))
                    : null;
            default:
                string[] items = [.. Json.Texts(body, member.Name)];
                return items.Length > 0 ? new JsonArray([.. items.Select(item => JsonValue.Create(item))]) : null;
        }
    }

    // Of a name that is there twice the last one counts, as everywhere in JSON.
    private static JsonObject? Collect(IEnumerable<(string Name, JsonNode? Value)> entries)
    {
        JsonObject all = [];
        foreach ((string name, JsonNode? value) in entries)
        {
            all[name] = value;
        }

        return all.Count > 0 ? all : null;
    }

    private static void Apply(JsonObject shape, Patch patch, string[] path, Member[] members)
    {
        Member member = Array.Find(members, known => known.Name == path[0]);
        switch (member.Kind, path)
        {
            case (MemberKind.Text or MemberKind.Truth or MemberKind.Number, [string name]) when member.Name is not null:
                SetValue(shape, patch, name, member.Kind);
                break;
            case (MemberKind.Texts, ["accessLogSettings"]) when patch.Op == "remove":
                shape.Remove("accessLogSettings");
                break;
            case (MemberKind.Texts or MemberKind.Truths, [string name, string key]):
                JsonObject map = shape[name] as JsonObject ?? [];
                shape[name] = map;
                if (patch.Op == "remove")
                {
                    map.Remove(key);
                }
                else
                {
                    map[key] = member.Kind == MemberKind.Texts ? patch.Value : IsTrue(patch.Value);
                }

                DropEmpty(shape, name, map.Count);
                break;
            case (MemberKind.List, [string name, string item]):
                List<string> items = [.. (shape[name] as JsonArray ?? []).Select(known => (string)known!).Where(known => known != item)];
                if (patch.Op != "remove")
                {
                    items.Add(patch.Op == "replace" ? patch.Value : item);
                }

                shape[name] = new JsonArray([.. items.Select(text => JsonValue.Create(text))]);
                DropEmpty(shape, name, items.Count);
                break;
            default:
                throw InvalidPath(patch);
        }
    }

    private static void SetValue(JsonObject shape, Patch patch, string name, MemberKind kind)
    {
        if (patch.Op == "remove" && kind == MemberKind.Text)
        {
            shape.Remove(name);
        }
        else if (patch.Op != "replace")
        {
            throw ServiceError.BadRequest("Invalid patch operation specified. Must be one of: [replace]");
        }
        else if (patch.Value.Length == 0 && kind != MemberKind.Truth)
        {
            shape.Remove(name);
        }
        else
        {
            shape[name] = kind switch
            {
                MemberKind.Truth => IsTrue(patch.Value),
                MemberKind.Number => ReadNumber(patch),
                _ => patch.Value,
            };
        }
    }

    private static void DropEmpty(JsonObject shape, string name, int count)
    {
        // A list of cache keys is shown also when it is empty.
        if (count == 0 && name != "cacheKeyParameters")
        {
            shape.Remove(name);
        }
    }
}
