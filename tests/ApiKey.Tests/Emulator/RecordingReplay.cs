using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Emulator;

/// <summary>
/// A recording, sent to the emulator request by request, in order: status, error type, text and every member of the body are
/// compared. Ids are those of the recording; values and dates are mapped as they appear.
/// </summary>
internal sealed partial class RecordingReplay : IDisposable
{
    private readonly IReadOnlySet<int> _loose;
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _clock =
        new(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Queue<string> _ids = new();
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, (int Label, long Date)>> _dates = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _lines;
    private readonly EmulatorClient _client;

    /// <summary>Replays the lines of a file; those of some numbers are compared less strictly.</summary>
    public RecordingReplay(string path, params IEnumerable<int> loose)
    {
        _loose = loose.ToHashSet();

        // Calls to IAM and STS are the recorder's own, and one line never left the SDK.
        _lines =
        [
            .. File.ReadLines(path)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.GetProperty("http").GetProperty("path").GetString() is not (null or "/")),
        ];
        _client = EmulatorClient.InProcess(new ApiGatewayEmulator(_clock,
            faults: Denials())
        { NewId = _ => _ids.TryDequeue(out string? id) ? id : Guid.NewGuid().ToString("N")[..10] });
    }

    /// <summary>How many requests there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Where the emulator answers otherwise than was recorded.</summary>
    public async Task<IReadOnlyList<string>> Differences()
    {
        List<string> differences = [];
        foreach (JsonElement line in _lines)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            _ids.Clear();
            IdsOf(line).ToList().ForEach(_ids.Enqueue);
            Answer answer = await Send(line);
            if (Difference(line, answer) is { } difference)
            {
                differences.Add($"{line.GetProperty("n")} {line.GetProperty("label")}: {difference}");
            }
        }

        return differences;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("V([a-z0-9]{10})0{10,}")]
    private static partial Regex Value();

    [GeneratedRegex(@"^User: \S+ ")]
    private static partial Regex Caller();

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    // The recorder's denied sessions become faults that happen to the same requests.
    private List<EmulatorFault> Denials()
    {
        List<EmulatorFault> denials = [];
        foreach (IGrouping<string?, JsonElement> operation in _lines.GroupBy(line => Text(line, "op")))
        {
            int passed = 0;
            foreach (JsonElement line in operation)
            {
                if (Text(line, "code") == "AccessDeniedException")
                {
                    denials.Add(new EmulatorFault
                    {
                        Kind = EmulatorFaultKind.AccessDenied,
                        Operation = operation.Key,
                        Skip = passed,
                        Times = 1
                    });
                }
                else
                {
                    passed++;
                }
            }
        }

        return denials;
    }

    // The ids that the request makes, in the order in which the emulator asks for them.
    private static IEnumerable<string> IdsOf(JsonElement line) => Text(line, "op") switch
    {
        "CreateRestApi" => [line.GetProperty("out").GetProperty("rootResourceId").GetString()!, line.GetProperty("out").GetProperty("id")
            .GetString()!],
        "ImportApiKeys" => Value().Matches(line.GetProperty("in").GetProperty("body").GetString()!).Select(match => match.Groups[1].Value),
        _ => line.GetProperty("out") is { ValueKind: JsonValueKind.Object } made && made.TryGetProperty("id", out JsonElement id)
            ? [id.GetString()!] : [],
    };

    private async Task<Answer> Send(JsonElement line)
    {
        JsonElement http = line.GetProperty("http");
        string path = http.GetProperty("path").GetString()!;
        List<string> query = [];
        foreach (JsonProperty parameter in http.GetProperty("query").EnumerateObject())
        {
            IEnumerable<JsonElement> values = parameter.Value.ValueKind == JsonValueKind.Array ? parameter.Value.EnumerateArray()
                : [parameter.Value];
            query.AddRange(values.Select(value => $"{parameter.Name}={Uri.EscapeDataString(Position(value.ToString()))}"));
        }

        string target = path + (query.Count == 0 ? "" : (path.Contains('?') ? "&" : "?") + string.Join('&', query));
        string method = http.GetProperty("method").GetString()!;
        return await _client.Send(method, target, method is "GET" or "DELETE" ? null : Actual(Body(line)));
    }

    private static string Body(JsonElement line)
    {
        JsonObject input = JsonObject.Create(line.GetProperty("in"))!;
        if (input["body"] is { } file)
        {
            return (string)file!;
        }

        // What is in the path is not in the body, and one member is called otherwise there.
        bool hasVerb = Text(line, "op") is "PutMethod" or "PutIntegration";
        foreach (string name in new[] { "apiKey", "usagePlanId", "restApiId", "resourceId", "parentId", "resourceArn" }
            .Concat(hasVerb ? ["httpMethod"] : []))
        {
            input.Remove(name);
        }

        if (input.Remove("integrationHttpMethod", out JsonNode? verb))
        {
            input["httpMethod"] = verb;
        }

        return input.ToJsonString();
    }

    // A value that AWS generated is another one here.
    private string Actual(string text)
        => _values.Aggregate(text, (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal));

    private string Position(string text) => _positions.GetValueOrDefault(text, text);

    private string? Difference(JsonElement line, Answer answer)
    {
        if ((int)answer.Status != line.GetProperty("status").GetInt32() || answer.ErrorType != Text(line, "code"))
        {
            return $"{(int)answer.Status} {answer.ErrorType} {answer.Message} instead of {line.GetProperty("status")} {Text(line, "code")} "
                + $"{Text(line, "message")}";
        }

        if (Text(line, "message") is { } message)
        {
            string member = answer.ErrorType == "AccessDeniedException" ? "Message" : "message";
            string told = Caller().Replace(answer.Body.GetProperty(member).GetString()!, "");
            string recorded = Caller().Replace(message, "");
            bool same = _loose.Contains(line.GetProperty("n").GetInt32())
                ? told.Split(" because ")[0] == recorded.Split(" with an explicit deny")[0]
                : told == recorded;
            return same && Answer.Members(answer.Body) is [_] ? null : $"'{told}' instead of '{recorded}'";
        }

        JsonObject expected = JsonObject.Create(line.GetProperty("out"))!;
        if (answer.Body.ValueKind == JsonValueKind.Undefined)
        {
            return expected.Count == 0 ? null : "no body";
        }

        JsonObject actual = JsonObject.Create(answer.Body)!;
        if (expected.Remove("items", out JsonNode? items))
        {
            expected["item"] = items;
        }

        Learn(expected, actual);
        return ComparePosition(expected, actual) ?? CompareDates(expected, actual)
            ?? (JsonNode.DeepEquals(expected, actual) ? null : $"{actual.ToJsonString()}\n    instead of {expected.ToJsonString()}");
    }

    private void Learn(JsonObject expected, JsonObject actual)
    {
        foreach ((JsonObject wanted, JsonObject got) in Items(expected, actual))
        {
            if (wanted["value"] is { } value && got["value"] is { } made)
            {
                // Known values must come back; unknown ones are learned.
                _values.TryAdd((string)value!, (string)made!);
                wanted["value"] = _values[(string)value!];
            }
        }
    }

    private string? ComparePosition(JsonObject expected, JsonObject actual)
    {
        if (!expected.Remove("position", out JsonNode? wanted))
        {
            return actual.ContainsKey("position") ? "a position that AWS did not send" : null;
        }

        string told = (string?)actual["position"] ?? "";
        actual.Remove("position");
        string label = (string)wanted!;
        if (!label.StartsWith('<'))
        {
            return told == label ? null : $"position {told} instead of {label}";
        }

        // The recording hides a position that holds a value, and says what is in it.
        string id = (string)actual["item"]!.AsArray()[^1]!["id"]!;
        string name = (string)actual["item"]!.AsArray()[^1]!["name"]!;
        string value = Actual(_values.Keys.Single(known => known.StartsWith("V" + id, StringComparison.Ordinal)));
        _positions[label] = told;
        return told == Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes($"apiKey=S{value}&name=S{name}"))) ? null
            : "another position";
    }

    // Dates are T0, T1, … by key; the same label is the same date, and another one another.
    private string? CompareDates(JsonObject expected, JsonObject actual)
    {
        foreach ((JsonObject wanted, JsonObject got) in Items(expected, actual))
        {
            Dictionary<string, (int, long)> known = _dates.TryGetValue((string?)wanted["id"] ?? "",
                out Dictionary<string, (int Label, long Date)>? found) ? found : [];
            foreach (string name in new[] { "createdDate", "lastUpdatedDate" })
            {
                if (wanted[name] is null || got[name] is null)
                {
                    continue;
                }

                int label = int.Parse(((string)wanted[name]!)[1..], CultureInfo.InvariantCulture);
                long date = (long)got[name]!;

                // The labels begin anew with each part of the recording, so that only a later one can be compared.
                if (known.TryGetValue(name, out (int Label, long Date) before) && label >= before.Label
                    && (label == before.Label) != (date == before.Date) && !(label == 0 && before.Label == 0))
                {
                    return $"{name} {date} for {wanted[name]}, before {before.Date} for T{before.Label}";
                }

                known[name] = (label, date);
                wanted[name] = date;
            }

            _dates[(string?)wanted["id"] ?? ""] = known;
        }

        return null;
    }

    private static IEnumerable<(JsonObject Expected, JsonObject Actual)> Items(JsonObject expected, JsonObject actual) =>
        expected["item"] is JsonArray wanted && actual["item"] is JsonArray got
            ? wanted.Zip(got).Select(pair => (pair.First!.AsObject(), pair.Second!.AsObject()))
            : [(expected, actual)];
}
