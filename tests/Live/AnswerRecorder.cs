#nullable enable
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ApiKey.Live;

/// <summary>
/// Keeps what an endpoint answered, and writes it in the format of the emulator's replay test. The live suite compiles it in
/// PowerShell, so it uses nothing of the module's: it stands between the SDK and the network.
/// </summary>
public sealed class AnswerRecorder
{
    private const string Zeros = "00000000-0000-0000-0000-000000000000";

    // A key's value is longer than this; what AWS refuses as too short is none of our keys'.
    private const int ShortestValue = 20;

    private static readonly (string Method, Regex Path, string Operation)[] Operations =
    [
        Row("POST", "/apikeys", "CreateApiKey"), Row("GET", "/apikeys", "GetApiKeys"), Row("GET", "/apikeys/(?<apiKey>[^/]+)", "GetApiKey"),
        Row("PATCH", "/apikeys/(?<apiKey>[^/]+)", "UpdateApiKey"), Row("DELETE", "/apikeys/(?<apiKey>[^/]+)", "DeleteApiKey"),
        Row("POST", "/usageplans", "CreateUsagePlan"), Row("GET", "/usageplans", "GetUsagePlans"),
        Row("GET", "/usageplans/(?<usagePlanId>[^/]+)", "GetUsagePlan"),
        Row("PATCH", "/usageplans/(?<usagePlanId>[^/]+)", "UpdateUsagePlan"),
        Row("DELETE", "/usageplans/(?<usagePlanId>[^/]+)", "DeleteUsagePlan"),
        Row("POST", "/usageplans/(?<usagePlanId>[^/]+)/keys", "CreateUsagePlanKey"),
        Row("GET", "/usageplans/(?<usagePlanId>[^/]+)/keys", "GetUsagePlanKeys"),
        Row("GET", "/usageplans/(?<usagePlanId>[^/]+)/keys/(?<keyId>[^/]+)", "GetUsagePlanKey"),
        Row("DELETE", "/usageplans/(?<usagePlanId>[^/]+)/keys/(?<keyId>[^/]+)", "DeleteUsagePlanKey"),
        Row("GET", "/tags/(?<resourceArn>.+)", "GetTags"), Row("PUT", "/tags/(?<resourceArn>.+)", "TagResource"),
        Row("DELETE", "/tags/(?<resourceArn>.+)", "UntagResource"),
    ];

    private readonly Lock _lock = new();
    private readonly List<Exchange> _exchanges = [];

    /// <summary>Puts the recorder around what carries the requests.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Around => inner => new Listener(this, inner);

    /// <summary>Writes what was recorded: values, accounts, request ids and paging positions replaced. Throws, and writes nothing,
    /// when a value were to be in the file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>How many answers it holds.</returns>
    public int Save(string path)
    {
        lock (_lock)
        {
            Dictionary<string, string> replacements = Values();
            Dictionary<string, string> positions = new(StringComparer.Ordinal);
            Dictionary<string, string> accounts = new(StringComparer.Ordinal);
            DateLabels dates = new(_exchanges);
            List<string> lines = [];
            foreach (Exchange exchange in _exchanges)
            {
                string line = Line(exchange, lines.Count + 1, positions, dates).ToJsonString(
                    new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
                line = replacements.Aggregate(line, (text, value) => text.Replace(value.Key, value.Value, StringComparison.Ordinal));
                lines.Add(WithoutPlace(exchange.RequestId is { Length: > 0 } id ? line.Replace(id, Zeros, StringComparison.Ordinal) : line,
                    accounts));
            }

            if (lines.Exists(line => replacements.Keys.Any(value => line.Contains(value, StringComparison.OrdinalIgnoreCase))))
            {
                throw new InvalidOperationException("A key's value would be in the recording, so it was not written.");
            }

            File.WriteAllLines(path, lines);
            return lines.Count;
        }
    }

    private static (string Method, Regex Path, string Operation) Row(string method, string path, string operation)
        => (method, new Regex($"^{path}$", RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout), operation);

    // Which value belongs to which id is in the answers. A value that no answer names was refused; it gets an id of its own.
    private Dictionary<string, string> Values()
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        foreach (JsonObject thing in _exchanges.SelectMany(exchange => Objects(exchange.Answer)))
        {
            if (Text(thing["value"]) is { Length: >= ShortestValue } value && Text(thing["id"]) is { } id)
            {
                ids.TryAdd(value, id);
            }
        }

        foreach (string value in _exchanges.SelectMany(SentValues))
        {
            ids.TryAdd(value, string.Create(CultureInfo.InvariantCulture, $"unknown{ids.Count:D3}"));
        }

        // The longest first: a value may be the beginning of another one.
        return ids.OrderByDescending(one => one.Key.Length).ToDictionary(
            one => one.Key, one => ("V" + one.Value).PadRight(Math.Max(one.Key.Length, 21), '0'), StringComparer.Ordinal);
    }

    private static IEnumerable<string> SentValues(Exchange exchange)
    {
        if (exchange.Path != "/apikeys" || exchange.Method != "POST")
        {
            return [];
        }

        // Of a file every cell that could be a value.
        return Parse(exchange.Body) is JsonObject input ? Text(input["value"]) is { Length: >= ShortestValue } value ? [value] : []
            : Regex.Matches(exchange.Body, "(?<=^|[,\"\n])[A-Za-z0-9]{20,128}(?=$|[,\"\r\n])", RegexOptions.ExplicitCapture,
                Regex.InfiniteMatchTimeout)
                .Select(match => match.Value);
    }

    private static JsonObject Line(Exchange exchange, int number, Dictionary<string, string> positions, DateLabels dates)
    {
        (string Method, Regex Path, string Operation) row = Array.Find(Operations,
            one => one.Method == exchange.Method && one.Path.IsMatch(exchange.Path));
        Dictionary<string, string[]> asked = Query(exchange.Query);
        JsonObject input = Parse(exchange.Body) as JsonObject ?? [];
        string operation = row.Operation ?? "Unknown";
        if (exchange is { Method: "POST", Path: "/apikeys" } && asked.ContainsKey("mode"))
        {
            operation = "ImportApiKeys";
            input = new JsonObject { ["body"] = exchange.Body };
        }

        Match? match = row.Path?.Match(exchange.Path);
        foreach (Group part in match?.Groups.Values.Where(part => part.Name != "0") ?? [])
        {
            // In the path it is not in the body.
            input[part.Name] = Uri.UnescapeDataString(part.Value);
        }

        JsonObject query = [];
        foreach ((string name, string[] values) in asked)
        {
            string[] shown = name == "position" ? [.. values.Select(value => Label(value, positions))] : values;
            query[name] = shown is [string one] ? one : new JsonArray([.. shown.Select(value => (JsonNode?)value)]);
        }

        JsonObject? output = exchange.Answer?.DeepClone() as JsonObject;
        string? message = exchange.Status >= 400 ? Text(output?["message"] ?? output?["Message"]) ?? "" : null;
        if (exchange.Status >= 400)
        {
            output = null;
        }
        else
        {
            output ??= [];
            dates.Put(number - 1, output);
            if (exchange.Path == "/apikeys" && Text(output["position"]) is { } position)
            {
                output["position"] = Label(position, positions);
            }

            if (output.Remove("item", out JsonNode? items))
            {
                output["items"] = items;
            }
        }

        return new JsonObject
        {
            ["n"] = number,
            ["label"] = string.Create(CultureInfo.InvariantCulture, $"live-{number}-{operation}"),
            ["op"] = operation,
            ["in"] = input,
            ["http"] = new JsonObject { ["method"] = exchange.Method, ["path"] = exchange.Path, ["query"] = query },
            ["status"] = exchange.Status,
            ["code"] = exchange.ErrorType,
            ["message"] = message,
            ["out"] = output,
        };
    }

    // A position holds the value of the key it stands at.
    private static string Label(string position, Dictionary<string, string> positions)
    {
        if (!positions.TryGetValue(position, out string? label))
        {
            label = string.Create(CultureInfo.InvariantCulture, $"<POS:{positions.Count}>");
            positions.Add(position, label);
        }

        return label;
    }

    // Accounts, access keys and who called become others, the same always the same; the region is the one that recordings have.
    private static string WithoutPlace(string line, Dictionary<string, string> accounts)
    {
        string text = Regex.Replace(line, "(?<=apigateway(:|%3A))[a-z]{2}(-[a-z]+)+-[0-9](?=(:|%3A))", "us-east-1",
            RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
        // Who was refused: a user's name, or a role's and its session's.
        text = Regex.Replace(text, "(?<=User: )arn:[^\\s\"\\\\]+", "arn:aws:iam::111111111111:user/recorder", RegexOptions.None,
            Regex.InfiniteMatchTimeout);
        return Regex.Replace(text, "(?<=:)[0-9]{12}(?=:)|\\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16,}\\b", match =>
        {
            if (!accounts.TryGetValue(match.Value, out string? other))
            {
                other = match.Value.Length == 12 ? string.Create(CultureInfo.InvariantCulture, $"{111111111111 + accounts.Count}")
                    : string.Create(CultureInfo.InvariantCulture, $"{match.Value[..4]}EXAMPLE{accounts.Count:D9}");
                accounts.Add(match.Value, other);
            }

            return other;
        }, RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
    }

    private static Dictionary<string, string[]> Query(string query) => query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .GroupBy(part => Uri.UnescapeDataString(part[0]), part => part.Length > 1 ? Uri.UnescapeDataString(part[1]) : "",
            StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static IEnumerable<JsonObject> Objects(JsonNode? answer) => answer switch
    {
        JsonObject one when one["item"] is JsonArray items => items.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string?)node : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Exchange(string Method, string Path, string Query, string Body, int Status, string? ErrorType, string? RequestId,
        JsonNode? Answer);

    // Dates become T0, T1, … of each key. AWS counts whole seconds: where two changes have the same one, nothing can be compared, and
    // every date of that key is T0, which the replay takes for any.
    private sealed class DateLabels
    {
        private static readonly string[] Names = ["createdDate", "lastUpdatedDate"];

        private readonly Dictionary<(int, string, string), int> _labels = [];

        public DateLabels(List<Exchange> exchanges)
        {
            Dictionary<(string, string), (long Date, int Label, bool Changed)> last = [];
            HashSet<string> unclear = new(StringComparer.Ordinal);
            for (int index = 0; index < exchanges.Count; index++)
            {
                Exchange exchange = exchanges[index];
                if (exchange.Method is not "GET")
                {
                    foreach ((string, string) key in last.Keys.Where(key => exchange.Method == "POST"
                        || exchange.Path.Contains(key.Item1, StringComparison.Ordinal)).ToList())
                    {
                        last[key] = last[key] with { Changed = true };
                    }
                }

                foreach (JsonObject thing in Objects(exchange.Answer))
                {
                    foreach (string name in Names)
                    {
                        if (Text(thing["id"]) is not { } id || thing[name]?.GetValueKind() != JsonValueKind.Number)
                        {
                            continue;
                        }

                        long date = (long)thing[name]!.GetValue<double>();
                        bool isKnown = last.TryGetValue((id, name), out (long Date, int Label, bool Changed) before);
                        if (isKnown && before.Changed && before.Date == date && name == "lastUpdatedDate")
                        {
                            unclear.Add(id);
                        }

                        int label = !isKnown ? 0 : before.Date == date ? before.Label : before.Label + 1;
                        last[(id, name)] = (date, label, false);
                        _labels[(index, id, name)] = label;
                    }
                }
            }

            foreach ((int, string, string) one in _labels.Keys.Where(one => unclear.Contains(one.Item2)).ToList())
            {
                _labels[one] = 0;
            }
        }

        public void Put(int index, JsonObject output)
        {
            foreach (JsonObject thing in Objects(output))
            {
                foreach (string name in Names.Where(thing.ContainsKey))
                {
                    thing[name] = string.Create(CultureInfo.InvariantCulture,
                        $"T{_labels.GetValueOrDefault((index, Text(thing["id"]) ?? "", name))}");
                }
            }
        }
    }

    private sealed class Listener(AnswerRecorder recorder, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);

            // Read here, it stays in memory for whoever reads it next.
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);

            // Being too fast, or a server in trouble, says nothing about the operation.
            if ((int)answer.StatusCode is not (429 or >= 500))
            {
                lock (recorder._lock)
                {
                    recorder._exchanges.Add(new Exchange(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query,
                        body, (int)answer.StatusCode, Header(answer, "x-amzn-errortype")?.Split(':')[0], Header(answer, "x-amzn-requestid"),
                        Parse(text)));
                }
            }

            return answer;
        }

        private static string? Header(HttpResponseMessage answer, string name)
            => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
    }
}
