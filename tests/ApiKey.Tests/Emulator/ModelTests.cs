using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>Random sequences of operations, played against the emulator and against the simplest model of the service there is.</summary>
[Trait(Category.Name, Category.Unit)]
public class ModelTests
{
    private static readonly string[] Names = ["a", "ab", "b", "B", "ü"];

    [Fact]
    public async Task AnySequenceOfOperationsLeavesWhatTheModelHas()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            await Play(seed);
        }
    }

    private static async Task Play(int seed)
    {
        Random random = new(seed);
        using EmulatorClient client = EmulatorClient.InProcess(new ApiGatewayEmulator());
        List<ModelKey> model = [];
        for (int step = 0; step < 60; step++)
        {
            // Mostly a key that is there, sometimes one that is not.
            ModelKey? key = model.Count > 0 && random.Next(8) > 0 ? model[random.Next(model.Count)] : null;
            string id = key?.Id ?? "gone";
            string arn = "/tags/" + Uri.EscapeDataString($"arn:aws:apigateway:us-east-1::/apikeys/{id}");
            HttpStatusCode expected = key is null ? HttpStatusCode.NotFound : HttpStatusCode.OK;
            string name = Names[random.Next(Names.Length)];
            string tag = $"t{random.Next(3)}";
            switch (random.Next(7))
            {
                case 0 or 1:
                    string? value = random.Next(2) == 0 ? new string((char)('a' + random.Next(6)), 20) : null;
                    Answer made = await client.Send("POST", "/apikeys", JsonSerializer.Serialize(new { name, value, enabled = true }));
                    bool used = value is not null && model.Exists(known => known.Value == value);
                    Assert.Equal(used ? HttpStatusCode.Conflict : HttpStatusCode.Created, made.Status);
                    if (!used)
                    {
                        model.Insert(0, new ModelKey(made.Body.GetProperty("id").GetString()!, made.Body.GetProperty("value")
                            .GetString()!)
                        { Name = name, Enabled = true });
                    }

                    break;
                case 2:
                    bool enabled = random.Next(2) == 0;
                    Assert.Equal(expected, (await client.Send("PATCH", $"/apikeys/{id}",
                        $$"""{"patchOperations":[{"op":"replace","path":"/name","value":"{{name}}"},"""
                            + $$"""{"op":"replace","path":"/enabled","value":"{{enabled}}"}]}""")).Status);
                    if (key is not null)
                    {
                        (key.Name, key.Enabled) = (name, enabled);
                    }

                    break;
                case 3:
                    Assert.Equal(key is null ? expected : HttpStatusCode.NoContent,
                        (await client.Send("PUT", arn, $$$"""{"tags":{"{{{tag}}}":"{{{step}}}"}}""")).Status);
                    if (key is not null)
                    {
                        key.Tags[tag] = step.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    }

                    break;
                case 4:
                    Assert.Equal(key is null ? expected : HttpStatusCode.NoContent,
                        (await client.Send("DELETE", $"{arn}?tagKeys={tag}&tagKeys=none")).Status);
                    key?.Tags.Remove(tag);
                    break;
                case 5:
                    Assert.Equal(key is null ? expected : HttpStatusCode.Accepted, (await client.Send("DELETE", $"/apikeys/{id}")).Status);
                    model.RemoveAll(known => known == key);
                    break;
                default:
                    Assert.Equal(expected, (await client.Send("GET", $"/apikeys/{id}")).Status);
                    break;
            }

            string prefix = name[..1];
            Assert.Equal(model.Where(known => known.Name.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(known => known.Name, StringComparer.Ordinal).Select(known => known.ToString()),
                    await List(client, prefix, random.Next(1, 5)));
        }
    }

    private static async Task<List<string>> List(EmulatorClient client, string prefix, int limit)
    {
        List<string> keys = [];
        string? position = null;
        do
        {
            JsonElement page = (await client.Send("GET", $"/apikeys?includeValues=true&limit={limit}&name={Uri.EscapeDataString(prefix)}"
                + (position is null ? "" : $"&position={Uri.EscapeDataString(position)}"))).Body;
            keys.AddRange(page.GetProperty("item").EnumerateArray().Select(Describe));
            position = page.TryGetProperty("position", out JsonElement next) ? next.GetString() : null;
        }
        while (position is not null);
        return keys;
    }

    private static string Describe(JsonElement key)
        => new ModelKey(key.GetProperty("id").GetString()!, key.GetProperty("value").GetString()!)
        {
            Name = key.GetProperty("name").GetString()!,
            Enabled = key.GetProperty("enabled").GetBoolean(),
            Tags = key.TryGetProperty("tags", out JsonElement tags)
            ? new(tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString()!)) : [],
        }.ToString();

    private sealed record ModelKey(string Id, string Value)
    {
        public string Name { get; set; } = "";

        public bool Enabled { get; set; }

        public SortedDictionary<string, string> Tags { get; init; } = [];

        public override string ToString() => $"{Id} {Value} {Name} {Enabled} {string.Join(',', Tags)}";
    }
}
