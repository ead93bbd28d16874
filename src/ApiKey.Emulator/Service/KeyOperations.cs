using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>CreateApiKey, GetApiKey, GetApiKeys, UpdateApiKey and DeleteApiKey, with the texts AWS was recorded to answer.</summary>
internal static class KeyOperations
{
    private const int MaxNameLength = 1024;
    private const int MaxDescriptionLength = 125_000;
    private const int MinValueLength = 20;
    private const int MaxValueLength = 128;

    internal const string ShortValue = "API Key value should be at least 20 characters";

    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = CheckName(Json.Text(body, "name") ?? "");
        string description = CheckDescription(Json.Text(body, "description") ?? "");
        string value = CheckValue(Json.Text(body, "value") ?? "");
        SortedDictionary<string, string> tags = TagOperations.Check(Json.Map(body, "tags"), []);
        lock (store.Gate)
        {
            if (store.HoldsValue(value))
            {
                throw ServiceError.Conflict("API Key already exists");
            }

            store.RefuseWhenFull();
            StoredKey key = new()
            {
                Id = store.NewId(),
                Value = value.Length > 0 ? value : RegionStore.NewValue(),
                Sequence = store.NextSequence,
                CreatedDate = now,
                LastUpdatedDate = now,
                Name = name,
                Description = description,
                CustomerId = Json.Text(body, "customerId") ?? "",
                Enabled = Json.Truth(body, "enabled"),
                StageKeys = ReadStageKeys(body),
                Tags = tags,
            };
            store.Add(key);
            return Json.Write(writer => key.Write(writer, withValue: true, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredKey key = store.Find(call.Parameter);
            return Json.Write(writer => key.Write(writer, call.QueryIsTrue("includeValue"), alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        int limit = call.QueryLimit();
        string? prefix = call.Query("name");
        string? customer = call.Query("customerId");
        bool withValues = call.QueryIsTrue("includeValues");
        string? position = call.Query("position");
        lock (store.Gate)
        {
            StoredKey? after = position is null ? null : store.FindShown(Paging.Read(position, "apiKey")) ?? throw Paging.Invalid();

            // With a filter by name AWS lists by name, without one in no order; here the newest comes first then.
            IEnumerable<StoredKey> keys = prefix is null ? store.OlderThan(after?.Sequence ?? long.MaxValue) : store.ByName(prefix, after);
            return Paging.Write(
                keys.Where(key => customer is null || key.CustomerId == customer),
                limit,
                key => PositionOf(store, key),
                (writer, key) => key.Write(writer, withValues, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call, long now)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredKey key = store.Find(call.Parameter);
            List<Action> changes = [.. patches.Select(patch => Plan(store, key, patch))];
            changes.ForEach(change => change());
            key.LastUpdatedDate = now;
            return Json.Write(writer => key.Write(writer, withValue: false, alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            store.Remove(store.Find(call.Parameter));
            return default;
        }
    }

    // Every patch is checked before the first one is applied: all or none.
    private static Action Plan(RegionStore store, StoredKey key, Patch patch)
    {
        switch (patch.Op, patch.Path)
        {
            case ("replace", "/name"):
                string name = CheckName(patch.Value);
                return () => store.Rename(key, name);
            case ("replace", "/description"):
                string description = CheckDescription(patch.Value);
                return () => key.Description = description;
            case ("replace", "/customerId"):
                return patch.Value.Length > 0 ? () => key.CustomerId = patch.Value
                    : throw ServiceError.BadRequest("Customer Id cannot be an empty string");
            case ("replace", "/enabled"):
                // Any other text counts as false: AWS was recorded to take "not-a-boolean" without a word.
                return () => key.Enabled = string.Equals(patch.Value, "true", StringComparison.OrdinalIgnoreCase);
            case ("add", "/stages"):
                return () => key.StageKeys = [.. key.StageKeys.Except([patch.Value], StringComparer.Ordinal), patch.Value];
            case ("remove", "/stages"):
                return () => key.StageKeys = [.. key.StageKeys.Except([patch.Value], StringComparer.Ordinal)];
            case ("add" or "remove", "/labels"):
                return () => { };
            default:
                string paths = patch.Op == "replace" ? "/description, /enabled, /name, /customerId" : "/stages, /labels";
                throw ServiceError.BadRequest(
                    $"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. Must be one of: [{paths}]");
        }
    }

    private static string PositionOf(RegionStore store, StoredKey key)
    {
        store.MarkShown(key);
        return key.Name.Length > 0 ? Paging.WritePosition(("apiKey", key.Value), ("name", key.Name))
            : Paging.WritePosition(("apiKey", key.Value));
    }

    private static List<string> ReadStageKeys(JsonElement body) =>
        [.. Json.Objects(body, "stageKeys").Select(stage => $"{Json.Text(stage, "restApiId")}/{Json.Text(stage, "stageName")}")];

    internal static string CheckName(string name) =>
        name.Length <= MaxNameLength ? name : throw ServiceError.BadRequest("Invalid API Key name, can be at most 1024 characters.");

    internal static string CheckDescription(string description) =>
        description.Length <= MaxDescriptionLength ? description : throw ServiceError.BadRequest("Invalid API Key description specified.");

    internal static string CheckValue(string value) => value.Length switch
    {
        > 0 and < MinValueLength => throw ServiceError.BadRequest(ShortValue),
        > MaxValueLength => throw ServiceError.BadRequest("API Key value exceeds maximum size of 128 characters"),
        _ => value,
    };
}
