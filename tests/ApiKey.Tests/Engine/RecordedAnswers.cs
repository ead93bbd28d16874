using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ApiKey.Tests.Engine;

/// <summary>
/// Answers requests of the module as AWS was recorded to answer them: each with the first of some recorded lines that has its method
/// and path, once. Whatever else is asked for is kept as unexpected and refused.
/// </summary>
internal sealed partial class RecordedAnswers : HttpMessageHandler
{
    private static readonly Dictionary<string, JsonObject> Lines =
        File.ReadLines(Repository.PathOf("tests", "ApiKey.Tests", "Data", "aws-recorded-keys.jsonl"))
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .ToDictionary(line => (string)line["label"]!, StringComparer.Ordinal);

    private readonly List<JsonObject> _left;

    /// <summary>Answers with the lines of these labels, each once.</summary>
    public RecordedAnswers(params string[] labels) => _left = [.. labels.Select(label => Lines[label])];

    /// <summary>What was asked for, in order: method, path with query, and body.</summary>
    public ConcurrentQueue<(string Target, string Body)> Asked { get; } = [];

    /// <summary>What no recorded line answers.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = [];

    /// <summary>How many lines nobody asked for.</summary>
    public int Left => _left.Count;

    /// <summary>What was asked of AWS in a recorded line.</summary>
    public static JsonObject InputOf(string label) => Lines[label]["in"]!.AsObject();

    /// <summary>The text of a recorded error.</summary>
    public static string MessageOf(string label) => (string)Lines[label]["message"]!;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string target = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Asked.Enqueue((target, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        lock (_left)
        {
            JsonObject? line = _left.Find(one => $"{one["http"]!["method"]} {((string)one["http"]!["path"]!).Split('?')[0]}"
                == target.Split('?')[0]);
            if (line is null)
            {
                Unexpected.Enqueue(target);
                if (target.StartsWith("GET /usageplans?", StringComparison.Ordinal))
                {
                    // What is not an id may be a plan's name. No listing is on record, so it is refused as for a user who may not list.
                    return StubHandler.Answer(HttpStatusCode.Forbidden, """{"Message":"Not recorded."}""", "AccessDeniedException");
                }

                return StubHandler.Answer(HttpStatusCode.NotImplemented, """{"message":"Not recorded."}""", "NotRecorded");
            }

            _left.Remove(line);
            return AnswerOf(line);
        }
    }

    private static HttpResponseMessage AnswerOf(JsonObject line)
    {
        string? code = (string?)line["code"];
        HttpStatusCode status = (HttpStatusCode)(int)line["status"]!;
        if (code is not null)
        {
            // IAM writes its text with a capital M.
            string member = code == "AccessDeniedException" ? "Message" : "message";
            return StubHandler.Answer(status, new JsonObject { [member] = (string)line["message"]! }.ToJsonString(), code);
        }

        // Lists are "item" on the wire, and dates whole seconds.
        JsonObject body = line["out"]!.DeepClone().AsObject();
        if (body.Remove("items", out JsonNode? items))
        {
            body["item"] = items;
        }

        string text = Date().Replace(body.ToJsonString(),
            date => $"\"{date.Groups["name"].Value}\":"
                + (1788220800 + int.Parse(date.Groups["label"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));
        return body.Count == 0 ? new HttpResponseMessage(status) { Content = new StringContent("", Encoding.UTF8, "application/json") }
            : StubHandler.Answer(status, text);
    }

    [GeneratedRegex("\"(?<name>createdDate|lastUpdatedDate)\":\"T(?<label>[0-9]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Date();
}
