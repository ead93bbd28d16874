using System.Text.Encodings.Web;
using System.Text.Json;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>Writes keys as a JSON array, one key at a time: the properties of <see cref="ApiKeyInfo"/> under their own names.</summary>
internal sealed class KeyJson : IKeyWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly bool _withValues;

    /// <summary>Starts the array.</summary>
    public KeyJson(Stream target, bool withValues)
    {
        // A file is read by people: letters of every language stay as they are.
        _json = new Utf8JsonWriter(target,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _withValues = withValues;
        _json.WriteStartArray();
    }

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        _json.WriteStartObject();
        _json.WriteString("Id", key.Id);
        _json.WriteString("Name", key.Name);
        _json.WriteString("Description", key.Description);
        _json.WriteBoolean("Enabled", key.Enabled);
        _json.WriteString("CustomerId", key.CustomerId);
        if (_withValues)
        {
            _json.WriteString("Value", key.Value);
        }

        Write("CreatedDate", key.CreatedDate);
        Write("LastUpdatedDate", key.LastUpdatedDate);
        _json.WriteString("Arn", key.Arn);
        _json.WriteString("Region", key.Region);
        Write("StageKeys", key.StageKeys);
        if (plans is not null)
        {
            Write("UsagePlanIds", plans.Select(plan => plan.Id));
        }

        Write("Tags", key.Tags);
        Write("TagsAll", key.TagsAll);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans)
    {
        _json.WriteEndArray();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Write(string name, DateTimeOffset? date)
    {
        if (date is { } known)
        {
            _json.WriteString(name, known);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private void Write(string name, IEnumerable<string> items)
    {
        _json.WriteStartArray(name);
        foreach (string item in items)
        {
            _json.WriteStringValue(item);
        }

        _json.WriteEndArray();
    }

    private void Write(string name, TagSet tags)
    {
        _json.WriteStartObject(name);
        foreach ((string key, string? value) in tags)
        {
            _json.WriteString(key, value);
        }

        _json.WriteEndObject();
    }
}
