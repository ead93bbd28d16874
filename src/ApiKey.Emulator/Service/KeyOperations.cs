using System.Text.Json;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>CreateApiKey, GetApiKey, GetApiKeys, UpdateApiKey and DeleteApiKey, with the texts AWS was recorded to answer.</summary>
internal static class KeyOperations
{
    private const int MaxNameLength = 1024;
    private const int MaxDescriptionLength = 125_000;
    private const int MinValueLength = 20;
    private const int MaxValueLength = 128;

    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = CheckName(Call.Text(body, "name") ?? "");
        string description = CheckDescription(Call.Text(body, "description") ?? "");
        string value = CheckValue(Call.Text(body, "value") ?? "");
        SortedDictionary<string, string> tags = TagOperations.Check(Call.Map(body, "tags"), []);
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
                CustomerId = Call.Text(body, "customerId") ?? "",
                Enabled = Call.Truth(body, "enabled"),
                StageKeys = ReadStageKeys(body),
                Tags = tags,
            };
            store.Add(key);
            return Call.Json(writer => key.Write(writer, withValue: true, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredKey key = store.Find(call.Parameter);
            return Call.Json(writer => key.Write(writer, call.QueryIsTrue("includeValue"), alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        int limit = call.QueryLimit();
        string? prefix = call.Query("name");
        string? customer = call.Query("customerId");
        bool withValues = call.QueryIsTrue("includeValues");
        long before = Paging.ReadPosition(call.Query("position"));
        lock (store.Gate)
        {
            return Paging.Write(
                store.OlderThan(before)
                    .Where(key => prefix is null || key.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Where(key => customer is null || key.CustomerId == customer),
                limit,
                key => key.Sequence,
                (writer, key) => key.Write(writer, withValues, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call, long now)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredKey key = store.Find(call.Parameter);
            List<Action> changes = [.. patches.Select(patch => Plan(key, patch))];
            changes.ForEach(change => change());
            key.LastUpdatedDate = now;
            return Call.Json(writer => key.Write(writer, withValue: false, alwaysTags: true));
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
    private static Action Plan(StoredKey key, Patch patch)
    {
        if (patch.Op != "replace" || patch.Path is not ("/description" or "/enabled" or "/name" or "/customerId"))
        {
            throw ServiceError.BadRequest($"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. Must be one of: [/description, /enabled, /name, /customerId]");
        }

        switch (patch.Path)
        {
            case "/name":
                string name = CheckName(patch.Value);
                return () => key.Name = name;
            case "/description":
                string description = CheckDescription(patch.Value);
                return () => key.Description = description;
            case "/customerId":
                return () => key.CustomerId = patch.Value;
            default:
                // Any other text counts as false: AWS was recorded to take "not-a-boolean" without a word.
                return () => key.Enabled = string.Equals(patch.Value, "true", StringComparison.OrdinalIgnoreCase);
        }
    }

    private static List<string> ReadStageKeys(JsonElement body) =>
        [.. Call.Objects(body, "stageKeys").Select(stage => $"{Call.Text(stage, "restApiId")}/{Call.Text(stage, "stageName")}")];

    internal static string CheckName(string name) =>
        name.Length <= MaxNameLength ? name : throw ServiceError.BadRequest("Invalid API Key name, can be at most 1024 characters.");

    internal static string CheckDescription(string description) =>
        description.Length <= MaxDescriptionLength ? description : throw ServiceError.BadRequest("Invalid API Key description specified.");

    internal static string CheckValue(string value) => value.Length switch
    {
        > 0 and < MinValueLength => throw ServiceError.BadRequest("API Key value should be at least 20 characters"),
        > MaxValueLength => throw ServiceError.BadRequest("API Key value exceeds maximum size of 128 characters"),
        _ => value,
    };
}
