using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>What AWS was recorded, documented or reported to answer, played against the emulator step by step.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class RecordedScenarioTests : IDisposable
{
    private readonly EmulatorClient _client = EmulatorClient.InProcess(new ApiGatewayEmulator());
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private JsonElement _last;
    private bool _byName;
    private bool _byId;

    public static TheoryData<string> All =>
        [.. new[] { "aws-recorded", "aws-reported" }.SelectMany(group => Scenarios.IdsOf(group).Select(row => row.Data))];

    [Theory]
    [MemberData(nameof(All))]
    public async Task TheEmulatorAnswersAsAws(string id)
    {
        foreach (JsonElement step in Scenarios.StepsOf(id))
        {
            JsonElement input = step.GetProperty("input");
            Answer answer = await Play(step.GetProperty("op").GetString()!, input);
            Check(step.GetProperty("expect"), answer);
            _last = answer.Body;
        }
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(@"^\{(\d+) x (.)\}$")]
    private static partial Regex Repetition();

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement text)
        ? text.GetString() : null;

    private async Task<Answer> Play(string operation, JsonElement input)
    {
        switch (operation)
        {
            case "create_api_key":
                Answer created = await _client.Send("POST", "/apikeys", Fill(input.GetRawText()));
                if (created.Status == HttpStatusCode.Created)
                {
                    _names["id"] = Text(created.Body, "id")!;
                    _names["name"] = Text(created.Body, "name") ?? "";
                    _names["value"] = Text(created.Body, "value")!;
                    string letter = _names["name"].Length > 0 ? _names["name"][^1..] : "";
                    (_names[letter], _names[letter + ".value"]) = (_names["id"], _names["value"]);
                }

                return created;
            case "update_api_key":
                return await _client.Send("PATCH", $"/apikeys/{Fill(Text(input, "id") ?? "{id}")}",
                    $"{{\"patchOperations\":{(input.TryGetProperty("patch", out JsonElement patch) ? Fill(patch.GetRawText()) : "[]")}}}");
            case "get_api_keys":
                List<string> query = [];
                (_byName, _byId) = (input.TryGetProperty("name_query", out _), false);
                if (Text(input, "name_query") is { } name)
                {
                    query.Add("name=" + Uri.EscapeDataString(Fill(name)));
                }

                if (input.TryGetProperty("limit", out JsonElement limit))
                {
                    query.Add(string.Create(CultureInfo.InvariantCulture, $"limit={limit.GetInt32()}"));
                }

                if (input.TryGetProperty("position", out _))
                {
                    query.Add("position=" + Uri.EscapeDataString(_last.GetProperty("position").GetString()!));
                }

                return await _client.Send("GET", "/apikeys?" + string.Join('&', query));
            case "delete_api_key":
                return await _client.Send("DELETE", $"/apikeys/{Fill(Text(input, "id")!)}");
            case "create_usage_plan":
                Answer plan = await _client.Send("POST", "/usageplans", Fill(input.GetRawText()));
                _names["plan"] = Text(plan.Body, "id")!;
                return plan;
            case "create_usage_plan_key":
                return await _client.Send("POST", $"/usageplans/{Plan(input)}/keys",
                    $$"""{"keyId":"{{Fill(Text(input, "key_id")!)}}","keyType":"{{Text(input, "key_type")}}"}""");
            case "get_usage_plan_keys":
                (_byName, _byId) = (false, true);
                return await _client.Send("GET", $"/usageplans/{Plan(input)}/keys?name={Text(input, "name_query")}");
            case "get_usage":
                if (!_names.ContainsKey("plan"))
                {
                    _names["plan"] = Text((await _client.Send("POST", "/usageplans", """{"name":"p"}""")).Body, "id")!;
                }

                return await _client.Send("GET",
                    $"/usageplans/{Plan(input)}/usage?startDate=2026-01-01&endDate=2026-01-02&keyId=notattached");
            case "invoke":
                // The emulator has no data plane: nothing is called with a key.
                return new Answer(HttpStatusCode.OK, null, default);
            case "get_tags":
                return await _client.Send("GET", "/tags/" + Uri.EscapeDataString(Fill(Text(input, "arn")!)));
            default:
                throw new InvalidOperationException($"No step for {operation}.");
        }
    }

    // Placeholders: "{1025 x a}", "{id}", "{v}", "{first 8 chars of the name}" and the like.
    private string Fill(string text) => Regex.Replace(text, @"\{[^{}""]*\}", match =>
    {
        if (Repetition().Match(match.Value) is { Success: true } repetition)
        {
            return new string(repetition.Groups[2].Value[0], int.Parse(repetition.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        return match.Value switch
        {
            "{id}" or "{value}" or "{plan}" or "{A}" or "{B}" or "{A.value}" or "{B.value}" => _names[match.Value[1..^1]],
            "{gone}" => "gone123456",
            "{v}" => "abcdefghij0123456789",
            "{first 8 chars of the name}" => _names["name"][..8],
            "{first 8 chars, upper case}" => _names["name"][..8].ToUpperInvariant(),
            "{name from the 3rd char}" => _names["name"][2..],
            "{name chars 3..8}" => _names["name"][2..8],
            _ => match.Value,
        };
    });

    private string Plan(JsonElement input) => Fill(Text(input, "plan")!);

    private void Check(JsonElement expected, Answer answer)
    {
        if (answer.Body.ValueKind == JsonValueKind.Undefined && answer.Status == HttpStatusCode.OK)
        {
            return;
        }

        foreach (JsonProperty rule in expected.EnumerateObject())
        {
            switch (rule.Name)
            {
                case "http":
                    Assert.Equal(rule.Value.GetInt32(), (int)answer.Status);
                    break;
                case "ok":
                    Assert.True((int)answer.Status < 300);
                    break;
                case "code":
                    Assert.Equal(rule.Value.GetString(), answer.ErrorType);
                    break;
                case "message":
                    Assert.Equal(rule.Value.GetString(), answer.Message);
                    break;
                case "fields_exactly":
                    Assert.Equal(Strings(rule.Value).Order(StringComparer.Ordinal), Answer.Members(answer.Body));
                    break;
                case "item_fields_exactly":
                    Assert.All(Items(answer),
                        item => Assert.Equal(Strings(rule.Value).Order(StringComparer.Ordinal), Answer.Members(item)));
                    break;
                case "count":
                    Assert.Equal(rule.Value.GetInt32(), Items(answer).Count());
                    break;
                case "order":
                    // The names of that recording were random ones. A later one shows that a filter by name sorts by it, and that
                    // the keys of a plan are listed by their ids, which are random here.
                    IEnumerable<string> wanted = _byName || _byId ? Strings(rule.Value).Order(StringComparer.Ordinal) : Strings(rule.Value);
                    IEnumerable<string> names = Items(answer).Select(item => Text(item, "name")!);
                    Assert.Equal(wanted, _byId ? names.Order(StringComparer.Ordinal) : names);
                    break;
                case "has":
                    Assert.All(Strings(rule.Value), name => Assert.True(answer.Body.TryGetProperty(name, out _), name));
                    break;
                case "lacks":
                    Assert.All(Strings(rule.Value), name => Assert.False(answer.Body.TryGetProperty(name, out _), name));
                    break;
                case "body" when rule.Value.TryGetProperty("items", out JsonElement items):
                    Assert.Equal(items.GetArrayLength(), Items(answer).Count());
                    break;
                case "body":
                    using (JsonDocument whole = JsonDocument.Parse(Fill(rule.Value.GetRawText())))
                    {
                        Assert.True(JsonElement.DeepEquals(whole.RootElement, answer.Body), answer.Body.GetRawText());
                    }


                    break;
                case "value":
                    Assert.NotEmpty(Text(answer.Body, "value")!);
                    break;
                case "createdDate":
                    Assert.True(answer.Body.GetProperty("createdDate").TryGetInt64(out _));
                    break;
                default:
                    Assert.True(JsonElement.DeepEquals(rule.Value, answer.Body.GetProperty(rule.Name)), answer.Body.GetRawText());
                    break;
            }
        }
    }

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);

    // The wire name of a listing's member is "item"; the recordings use the SDK's name for it.
    private static IEnumerable<JsonElement> Items(Answer answer) => answer.Body.GetProperty("item").EnumerateArray();
}
