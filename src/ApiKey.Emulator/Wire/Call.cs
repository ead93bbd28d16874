using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ApiKey.Emulator.Wire;

/// <summary>One request taken apart for an operation: path parameter, query, body.</summary>
internal sealed class Call(EmulatorRequest request, IReadOnlyList<string> parameters, string query)
{
    private readonly List<KeyValuePair<string, string>> _query = ReadQuery(query);

    /// <summary>The first decoded parameter of the path, for example the key's id.</summary>
    public string Parameter => parameters[0];

    /// <summary>The second decoded parameter of the path.</summary>
    public string SecondParameter => parameters[1];

    /// <summary>A decoded parameter of the path, counted from 0.</summary>
    public string ParameterAt(int index) => parameters[index];

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body => request.Body;

    /// <summary>A query parameter; null when it is not there or empty.</summary>
    public string? Query(string name) => QueryAll(name).FirstOrDefault(value => value.Length > 0);

    /// <summary>Every value of a repeated query parameter.</summary>
    public IEnumerable<string> QueryAll(string name) => _query.Where(pair => pair.Key == name).Select(pair => pair.Value);

    /// <summary>Whether a query parameter says true.</summary>
    public bool QueryIsTrue(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page size asked for: 25 by default, at most 500. AWS treats less than one as not specified.</summary>
    public int QueryLimit() => int.TryParse(Query("limit"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int limit)
        && limit > 0 ? Math.Min(limit, 500) : 25;

    /// <summary>Reads the body as a JSON object.</summary>
    public JsonElement ReadObject() => Json.ReadObject(request.Body);

    /// <summary>The operations of a patch: what to do, where, and the new value.</summary>
    public IReadOnlyList<Patch> ReadPatches() =>
        [.. Json.Objects(ReadObject(), "patchOperations")
            .Select(patch => new Patch(Json.Text(patch, "op") ?? "", Json.Text(patch, "path") ?? "", Json.Text(patch, "value") ?? ""))];

    private static List<KeyValuePair<string, string>> ReadQuery(string query) =>
    [
        .. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            return equals < 0
                ? KeyValuePair.Create(WebUtility.UrlDecode(part), "")
                : KeyValuePair.Create(WebUtility.UrlDecode(part[..equals]), WebUtility.UrlDecode(part[(equals + 1)..]));
        }),
    ];
}

/// <summary>One operation of a patch.</summary>
/// <param name="Op">What to do: add, remove, replace.</param>
/// <param name="Path">Where, as a JSON pointer.</param>
/// <param name="Value">The new value, as text.</param>
internal readonly record struct Patch(string Op, string Path, string Value);
