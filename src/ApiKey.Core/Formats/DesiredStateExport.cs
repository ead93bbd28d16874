using System.Text.Encodings.Web;
using System.Text.Json;
using ApiKey.Attributes;
using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys as a desired state in JSON: every key with its id, its attributes under Terraform's names, and never its value.
/// </summary>
internal sealed class DesiredStateExport : IKeyWriter
{
    // A file is read by people: letters of every language stay as they are.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            Write(json, key);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray()).ReplaceLineEndings("\n");
    }

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        Write(_json, key);
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans)
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static void Write(Utf8JsonWriter json, ApiKeyInfo key)
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
                    json.WriteStartObject(field.TerraformName);
                    foreach ((string tag, string? value) in key.Tags)
                    {
                        json.WriteString(tag, value);
                    }

                    json.WriteEndObject();
                    break;
            }
        }

        json.WriteEndObject();
    }
}
