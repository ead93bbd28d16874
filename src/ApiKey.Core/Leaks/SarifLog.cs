using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ApiKey.Formats;
using ApiKey.Model;

namespace ApiKey.Leaks;

/// <summary>
/// Writes what was found as SARIF 2.1.0, which code scanning reads: result by result, so that little is held; the file has its name when
/// it is complete. No value is in it, and nothing that was made of one: a result is distinguished from others by key, file and turn.
/// </summary>
internal sealed class SarifLog : IDisposable
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Rule = "leaked-api-key";
    private const string BaseId = "%SRCROOT%";

    private readonly OwnerOnlyFile _file;
    private readonly Utf8JsonWriter _json;
    private readonly string _root;
    private readonly List<string> _problems = [];
    private readonly Dictionary<(string Key, string? Path), int> _turns = [];

    /// <summary>Starts a log.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="root">The folder that paths are relative to: the root of the repository.</param>
    /// <param name="tool">The name of the command.</param>
    /// <param name="version">The module's version.</param>
    public SarifLog(string path, string root, string tool, string version)
    {
        _root = Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar;
        _file = new OwnerOnlyFile(path, overwrite: true);
        _json = new Utf8JsonWriter(_file.Stream, new JsonWriterOptions { Indented = true });
        _json.WriteStartObject();
        _json.WriteString("$schema", Schema);
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool(tool, version);
        _json.WriteString("columnKind", "unicodeCodePoints");
        _json.WriteStartObject("originalUriBaseIds");
        _json.WriteStartObject(BaseId);
        _json.WriteString("uri", new Uri(_root).AbsoluteUri);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteStartArray("results");
    }

    /// <summary>Writes a result.</summary>
    public void Add(ApiKeyLeakInfo leak)
    {
        // An id of a key from before 2016 is its value; then only the name tells.
        string key = string.Create(CultureInfo.InvariantCulture, $"{leak.Key} in {leak.Region}");
        int turn = _turns[(key, leak.Path)] = _turns.GetValueOrDefault((key, leak.Path)) + 1;
        string encoded = leak.Form switch
        {
            ApiKeyLeakForm.Base64 => " in base64",
            ApiKeyLeakForm.PercentEncoded => " percent-encoded",
            _ => "",
        };
        _json.WriteStartObject();
        _json.WriteString("ruleId", Rule);
        _json.WriteNumber("ruleIndex", 0);
        _json.WriteString("level", leak.Enabled ? "error" : "warning");
        WriteMessage("message", $"The value of API key {key}, which is {(leak.Enabled ? "enabled" : "disabled")}, is here{encoded}.");
        if (leak.Path is not null)
        {
            WriteLocation(leak);
        }

        string identity = string.Create(CultureInfo.InvariantCulture, $"{key}|{(leak.Path is null ? "" : UriOf(leak.Path, out _))}|{turn}");
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString("primaryLocationLineHash", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32]);
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (_json.BytesPending > 1 << 16)
        {
            _json.Flush();
        }
    }

    /// <summary>Remembers why something was not searched.</summary>
    public void AddProblem(string message) => _problems.Add(message);

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        _json.WriteEndArray();
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", _problems.Count == 0);
        if (_problems.Count > 0)
        {
            _json.WriteStartArray("toolExecutionNotifications");
            foreach (string problem in _problems)
            {
                _json.WriteStartObject();
                _json.WriteString("level", "error");
                WriteMessage("message", problem);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Reset(Stream.Null);
        _json.Dispose();
        _file.Dispose();
    }

    private void WriteTool(string tool, string version)
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", tool);
        _json.WriteString("version", version);
        _json.WriteStartArray("rules");
        _json.WriteStartObject();
        _json.WriteString("id", Rule);
        _json.WriteString("name", "LeakedApiKey");
        WriteMessage("shortDescription", "The value of an API Gateway API key");
        WriteMessage("fullDescription", "Whoever has the value of an API key can call the APIs that it grants access to.");
        WriteMessage("help", "Rotate the key, deliver the new value, and disable the old key. "
            + "Removing the value from the file does not help: it stays in the history.");
        _json.WriteStartObject("properties");
        _json.WriteStartArray("tags");
        _json.WriteStringValue("security");
        _json.WriteEndArray();
        _json.WriteString("security-severity", "8.0");
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteLocation(ApiKeyLeakInfo leak)
    {
        string uri = UriOf(leak.Path!, out bool isRelative);
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        _json.WriteStartObject("physicalLocation");
        _json.WriteStartObject("artifactLocation");
        _json.WriteString("uri", uri);
        if (isRelative)
        {
            _json.WriteString("uriBaseId", BaseId);
        }

        _json.WriteEndObject();
        if (leak is { Line: { } line, Column: { } column })
        {
            // Lines beyond these are of no file that a person opens; the format has 32 bits.
            _json.WriteStartObject("region");
            _json.WriteNumber("startLine", Math.Min(line, int.MaxValue));
            _json.WriteNumber("startColumn", Math.Min(column, int.MaxValue));
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private string UriOf(string path, out bool isRelative)
    {
        isRelative = path.StartsWith(_root, StringComparison.Ordinal);
        return isRelative
            ? string.Join('/', path[_root.Length..].Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString))
            : new Uri(Path.GetFullPath(path)).AbsoluteUri;
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", text);
        _json.WriteEndObject();
    }
}
