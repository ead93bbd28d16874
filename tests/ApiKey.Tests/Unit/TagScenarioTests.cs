using System.Text.Json;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>Terraform's own test cases for tags and provider settings, one row each.</summary>
[Trait(Category.Name, Category.Unit)]
public class TagScenarioTests
{
    public static TheoryData<string> TagFunctions => Scenarios.IdsOf("tag-functions");

    public static TheoryData<string> SessionConfig => Scenarios.IdsOf("session-config");

    [Theory]
    [MemberData(nameof(TagFunctions))]
    public void TagFunctionAnswersAsTerraform(string id)
    {
        JsonElement step = Assert.Single(Scenarios.StepsOf(id));
        JsonElement input = step.GetProperty("input");
        JsonElement expected = step.GetProperty("expect").GetProperty("result");
        string operation = step.GetProperty("op").GetString()!;

        TagSet tags = ReadTags(input, operation == "tags.new" ? "from" : "tags");
        TagSet source = ReadTags(input, "source");
        TagSet target = ReadTags(input, "target");
        TagPolicy policy = new()
        {
            Defaults = ReadTags(input, "default_tags"),
            IgnoredKeys = ReadTexts(input, "ignore_tags", "keys"),
            IgnoredPrefixes = ReadTexts(input, "ignore_tags", "key_prefixes"),
        };

        object? actual = operation switch
        {
            "tags.default_get" => policy.Defaults,
            "tags.default_merge" => policy.Merge(tags),
            "tags.default_equals" => policy.Defaults.Equals(tags),
            "tags.remove_default" => tags.Except(policy.Defaults),
            "tags.ignore_config" => policy.WithoutIgnored(tags),
            "tags.ignore_aws" or "tags.ignore_system" => tags.WithoutSystem(),
            "tags.ignore" => tags.Without(ReadTexts(input, "keys")),
            "tags.ignore_prefixes" => tags.WithoutPrefixes(ReadTexts(input, "prefixes")),
            "tags.only" => tags.Only(ReadTexts(input, "keys")),
            "tags.merge" => tags.Merge(ReadTags(input, "with")),
            "tags.removed" => ReadTags(input, "old").RemovedBy(ReadTags(input, "new")),
            "tags.updated" => ReadTags(input, "old").UpdatedBy(ReadTags(input, "new")),
            "tags.key_exists" => tags.ContainsKey(input.GetProperty("key").GetString()!),
            "tags.key_value" => tags.ValueOf(input.GetProperty("key").GetString()!),
            "tags.contains_all" => source.ContainsAll(target),
            "tags.contains_all_keys" => source.ContainsAllKeys(target),
            "tags.equal" => source.Equals(target),
            "tags.chunks" => tags.Chunk(input.GetProperty("size").GetInt32()).Select(chunk => chunk.Length).ToArray(),
            // Our text form is another one, but reads Terraform's, in which a + is a blank.
            "tags.url_encode" => TagSet.Parse(expected.GetString()!.Replace("+", "%20", StringComparison.Ordinal))
                .Equals(tags.WithoutNulls())
                ? expected.GetString()
                : null,
            "tags.to_map" or "tags.new" => tags,
            _ => throw new InvalidOperationException($"No row for {operation}."),
        };

        AssertSame(expected, actual);
    }

    [Theory]
    [MemberData(nameof(SessionConfig))]
    public void SettingsJoinTheEnvironmentAsTerraform(string id)
    {
        JsonElement step = Assert.Single(Scenarios.StepsOf(id));
        JsonElement input = step.GetProperty("input");
        JsonElement expected = step.GetProperty("expect");
        Dictionary<string, string> environment = input.GetProperty("env").EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);

        TagPolicy policy = TagPolicy.Resolve(ReadTags(input, "explicit"), ReadTexts(input, "keys"), ReadTexts(input, "key_prefixes"),
            environment);

        if (expected.TryGetProperty("default_tags", out JsonElement defaults))
        {
            Assert.Equal(ReadTags(expected, "default_tags"), policy.Defaults);
            Assert.Equal(defaults.ValueKind == JsonValueKind.Null, policy.IsEmpty);
        }
        else
        {
            Assert.Equal(ReadTexts(expected, "keys").Order(), policy.IgnoredKeys.Order());
            Assert.Equal(ReadTexts(expected, "key_prefixes").Order(), policy.IgnoredPrefixes.Order());
            Assert.Equal(expected.GetProperty("none_at_all").GetBoolean(), policy.IsEmpty);
        }
    }

    private static void AssertSame(JsonElement expected, object? actual)
    {
        switch (actual)
        {
            case TagSet tags:
                // Terraform compares maps, in which a tag without a value has an empty one.
                Assert.Equal(
                    expected.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? ""),
                    tags.ToDictionary(tag => tag.Key, tag => tag.Value ?? ""));
                break;
            case int[] numbers:
                Assert.Equal(expected.EnumerateArray().Select(number => number.GetInt32()), numbers);
                break;
            case bool truth:
                Assert.Equal(expected.GetBoolean(), truth);
                break;
            default:
                Assert.Equal(expected.GetString(), (string?)actual);
                break;
        }
    }

    private static TagSet ReadTags(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement tags))
        {
            return TagSet.Empty;
        }

        return tags.ValueKind switch
        {
            JsonValueKind.Object => TagSet.From(tags.EnumerateObject().Select(tag => KeyValuePair.Create(tag.Name, tag.Value.GetString()))),
            JsonValueKind.Array => TagSet.From(tags.EnumerateArray().Select(key => KeyValuePair.Create(key.GetString()!, (string?)null))),
            _ => TagSet.Empty,
        };
    }

    private static string[] ReadTexts(JsonElement parent, params string[] path)
    {
        foreach (string name in path)
        {
            if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out parent))
            {
                return [];
            }
        }

        return parent.ValueKind == JsonValueKind.Array ? [.. parent.EnumerateArray().Select(text => text.GetString()!)] : [];
    }
}
