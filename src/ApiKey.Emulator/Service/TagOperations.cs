using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>TagResource, UntagResource and GetTags on API keys, usage plans, REST APIs and stages.</summary>
internal static class TagOperations
{
    private const int MaxTags = 50;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;
    private const string SystemPrefix = "aws:";

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            SortedDictionary<string, string> tags = Find(store, call.Parameter);
            return Json.Write(writer =>
            {
                writer.WriteStartObject();
                StoredKey.WriteTags(writer, tags);
                writer.WriteEndObject();
            });
        }
    }

    public static ReadOnlyMemory<byte> Tag(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            SortedDictionary<string, string> tags = Find(store, call.Parameter);
            foreach ((string name, string value) in Check(Json.Map(body, "tags"), tags.Keys))
            {
                tags[name] = value;
            }

            return default;
        }
    }

    public static ReadOnlyMemory<byte> Untag(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            SortedDictionary<string, string> tags = Find(store, call.Parameter);
            string[] names = [.. call.QueryAll("tagKeys")];
            if (names.FirstOrDefault(IsSystem) is { } system)
            {
                throw ServiceError.BadRequest($"Tag keys starting with 'aws:' are reserved for system use: {system}");
            }

            foreach (string name in names)
            {
                tags.Remove(name);
            }

            return default;
        }
    }

    /// <summary>Checks tags against AWS's documented limits, counted with those that are there already.</summary>
    public static SortedDictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> tags, IEnumerable<string> present)
    {
        SortedDictionary<string, string> wanted = new(StringComparer.Ordinal);
        foreach ((string name, string value) in tags)
        {
            if (IsSystem(name))
            {
                throw ServiceError.BadRequest("Tag keys starting with 'aws:' are reserved for system use");
            }

            if (name.Length is 0 or > MaxKeyLength)
            {
                throw ServiceError.BadRequest("Tag keys must have 1 to 128 characters");
            }

            if (value.Length > MaxValueLength)
            {
                throw ServiceError.BadRequest("Tag values can be at most 256 characters");
            }

            wanted[name] = value;
        }

        return wanted.Keys.Concat(present).Distinct(StringComparer.Ordinal).Count(name => !IsSystem(name)) <= MaxTags
            ? wanted
            : throw ServiceError.BadRequest("A resource can have at most 50 tags");
    }

    private static bool IsSystem(string name) => name.StartsWith(SystemPrefix, StringComparison.OrdinalIgnoreCase);

    // arn:{partition}:apigateway:{region}::/apikeys/{id} and .../usageplans/{id}, .../restapis/{id}, .../restapis/{id}/stages/{name}
    private static SortedDictionary<string, string> Find(RegionStore store, string arn)
    {
        string[] parts = arn.Split(':', 6);
        if (parts.Length != 6 || parts[0] != "arn" || parts[2] != "apigateway" || parts[3] != store.Region)
        {
            throw ServiceError.BadRequest("Invalid resource ARN");
        }

        return parts[5].Split('/') switch
        {
            ["", "apikeys", string id] => store.Find(id).Tags,
            ["", "usageplans", string id] => store.FindPlan(id).Tags,
            ["", "restapis", string id] when store.FindApi(id) is { } api => api.TagsOf(),
            ["", "restapis", string id, "stages", string stage] when store.HasStage($"{id}:{stage}") => store.FindApi(id)!.TagsOf(stage),
            _ => throw ServiceError.NotFound("Invalid resource identifier specified"),
        };
    }
}
