using System.Globalization;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>How parts of REST APIs are found and shown.</summary>
internal static class ApiAnswer
{
    // AWS names the account of an API that it does not find; the emulator's is this one.
    private const string Account = "000000000000";

    public static StoredApi Find(RegionStore store, Call call) =>
        store.FindApi(call.Parameter) ?? throw ServiceError.NotFound($"Invalid API identifier specified {Account}:{call.Parameter}");

    /// <summary>The API of a call on a resource. AWS names the resource also when it is the API that is not there.</summary>
    public static StoredApi FindWithResource(RegionStore store, Call call) =>
        store.FindApi(call.Parameter) is { } api && api.Resources.ContainsKey(call.SecondParameter) ? api : throw UnknownResource();

    public static ServiceError UnknownResource() => ServiceError.NotFound("Invalid Resource identifier specified");

    public static string Required(System.Text.Json.JsonElement body, string name) =>
        Json.Text(body, name) is { Length: > 0 } text ? text : throw ServiceError.BadRequest($"Missing required parameter: {name}");

    public static ReadOnlyMemory<byte> Show(JsonObject shape) => Json.Write(writer => shape.WriteTo(writer));

    /// <summary>A part with its tags, when it has some.</summary>
    public static JsonObject WithTags(JsonObject shape, SortedDictionary<string, string> tags, bool always = false)
    {
        JsonObject shown = (JsonObject)shape.DeepClone();
        if (always || tags.Count > 0)
        {
            shown["tags"] = StoredApi.ToJson(tags);
        }

        return shown;
    }

    /// <summary>A page of a list. Nobody recorded a position of these lists; here it counts the items before it.</summary>
    public static ReadOnlyMemory<byte> ShowPage(Call call, IEnumerable<JsonObject> shapes)
    {
        int before = 0;
        if (call.Query("position") is { } position
            && !int.TryParse(Paging.Read(position, "before"), NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            throw Paging.Invalid();
        }

        int limit = call.QueryLimit();
        string next = (before + limit).ToString(CultureInfo.InvariantCulture);
        return Paging.Write(shapes.Skip(before), limit, _ => Paging.WritePosition(("before", next)),
            (writer, shape) => shape.WriteTo(writer));
    }
}
