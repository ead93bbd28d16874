using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Attributes;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Tags;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;

namespace ApiKey.Tests.DesiredState;

/// <summary>The schema for editors and the reader judge any document alike.</summary>
[Trait(Category.Name, Category.Unit)]
public class SchemaTests
{
    private static readonly JsonSchema Schema =
        JsonSchema.FromText(File.ReadAllText(Repository.PathOf("docs", "desired-state.schema.json")));

    private static readonly Gen<JsonNode?> AnyScalar = Gen.Elements<Func<JsonNode?>>(
        () => null, () => true, () => false, () => 5, () => "", () => " ", () => "text", () => "abcdefghij0123456789", ()
            => "with-hyphens-0123456789", () => new string('x', 1025), () => new JsonArray(), () => new JsonObject { ["a"] = "b" })
        .Select(make => make());

    private static readonly Gen<JsonNode?> AnyTags = Gen.Elements<Func<JsonNode?>>(
        () => null, () => "env=prod", () => new JsonObject(), () => new JsonObject { ["env"] = "prod" }, ()
            => new JsonObject { ["env"] = null }, () => new JsonObject { ["env"] = 5 },
        () => new JsonObject { ["aws:x"] = "y" }, () => new JsonObject { [""] = "y" }, ()
            => new JsonObject { [new string('k', 129)] = "y" }, () => new JsonObject { ["k"] = new string('v', 257) })
        .Select(make => make());

    // Mostly right, so that documents without any problem come up too.
    private static readonly Gen<(string, JsonNode?)> AnyAttribute = Gen.Frequency(
        (6, Gen.Elements<(string, Func<JsonNode?>)>(
            ("description", () => "d"), ("Description", () => ""), ("enabled", () => false), ("Enabled", () => true),
                ("customer_id", () => "c"), ("CustomerId", () => ""),
            ("value", () => "abcdefghij0123456789"), ("tags", () => new JsonObject { ["env"] = "prod" }), ("Tags", () => new JsonObject()),
                ("id", () => "k1"), ("Id", () => null),
                ("usage_plans", () => new JsonArray("gold")),
                ("UsagePlans", () => new JsonArray(new JsonObject { ["id"] = "p1" })), ("region", () => "eu-west-1"))
                .Select(one => (one.Item1, one.Item2()))),
        (1, from name in Gen.Elements("id", "Id", "name", "Name", "NAME", "description", "enabled", "customer_id", "value", "Value", "arn",
            "TagsAll", "nane", "keys", "usage_plans", "region")
            from value in AnyScalar
            select (name, value)),
        (1, from name in Gen.Elements("tags", "Tags") from value in AnyTags select (name, value)));

    private static readonly Gen<JsonNode?> AnyKey =
        from named in Gen.Frequency((8, Gen.Constant(true)), (1, Gen.Constant(false)))
        from attributes in AnyAttribute.ListOf(3)
        from number in Gen.Choose(1, 1_000_000)
        select (JsonNode?)ToObject([.. named ? [("name", (JsonNode?)$"key-{number}")] : Array.Empty<(string, JsonNode?)>(), .. attributes]);

    private static readonly Gen<JsonNode?> AnyNumber = Gen.Frequency(
        (6, Gen.Elements<Func<JsonNode?>>(() => 0, () => 5, () => 6)),
        (1, Gen.Elements<Func<JsonNode?>>(() => null, () => 2.5, () => -1, () => 7, () => 28, () => 3e9, () => "5", () => true)))
        .Select(make => make());

    private static readonly Gen<JsonNode?> AnyPeriod = Gen.Frequency(
        (6, Gen.Elements<Func<JsonNode?>>(() => "DAY", () => "Week", () => "MONTH")),
        (1, Gen.Elements<Func<JsonNode?>>(() => null, () => "week", () => "YEAR", () => 1))).Select(make => make());

    private static readonly Gen<JsonNode?> AnyLimits = Gen.OneOf(
        Members(("rate_limit", AnyNumber), ("burst_limit", AnyNumber)),
        Members(("RateLimit", AnyNumber), ("burst_limit", AnyNumber), ("BurstLimit", AnyNumber)));

    private static readonly Gen<JsonNode?> AnyQuota = Gen.OneOf(
        Members(("limit", AnyNumber), ("period", AnyPeriod), ("offset", AnyNumber)),
        Members(("Limit", AnyNumber), ("period", AnyPeriod), ("Period", AnyPeriod), ("Offset", AnyNumber)));

    private static readonly Gen<JsonNode?> AnyMethod = Members(
        ("path", Gen.Elements("/pets/GET", "*/*", "GET", "/", "").Select(path => (JsonNode?)path)), ("rate_limit", AnyNumber),
        ("burst_limit", AnyNumber));

    private static readonly Gen<JsonNode?> AnyMethods = Gen.OneOf(
        AnyMethod.Select(method => (JsonNode?)new JsonArray(method)),
        AnyLimits.Select(limits => (JsonNode?)new JsonObject { ["/a/GET"] = limits }),
        AnyScalar);

    // No stage comes twice, which no schema can say.
    private static readonly Gen<JsonNode?> AnyStage = Gen.Frequency(
        (4, Gen.Choose(1, 1_000_000).Select(number => (JsonNode?)$"a{number}:prod")),
        (1, Gen.Elements<Func<JsonNode?>>(() => "a", () => "a:", () => ":b", () => "a:b:c", () => 1, () => null).Select(make => make())),
        (3, Members(("api_id", Gen.Choose(1, 1_000_000).Select(number => (JsonNode?)$"a{number}")),
            ("stage", Gen.Elements("prod", "prod", "").Select(stage => (JsonNode?)stage)), ("throttle", AnyMethods))),
        (1, Members(("ApiId", Gen.Constant((JsonNode?)"b")), ("Stage", Gen.Constant((JsonNode?)"c")), ("stage",
            Gen.Constant((JsonNode?)"d")), ("Throttle", AnyMethods))));

    private static readonly Gen<(string, JsonNode?)> AnyPlanAttribute = Gen.Frequency(
        (3, Gen.Elements<(string, Func<JsonNode?>)>(("description", () => "d"), ("Description", () => ""), ("product_code", () => "c"),
            ("id", () => "p1"), ("Id", () => null), ("tags", () => new JsonObject { ["env"] = "prod" }), ("region", () => "eu-west-1"))
            .Select(one => (one.Item1, one.Item2()))),
        (2, AnyLimits.Select(limits => ("throttle_settings", limits))),
        (1, AnyLimits.Select(limits => ("throttle_settings", (JsonNode?)new JsonArray(limits)))),
        (2, AnyQuota.Select(quota => ("quota_settings", quota))),
        (2, AnyStage.Select(stage => ("api_stages", (JsonNode?)new JsonArray(stage)))),
        (3, from name in Gen.Elements("RateLimit", "BurstLimit", "QuotaLimit", "QuotaOffset")
            from number in AnyNumber
            select (name, number)),
        (1, AnyPeriod.Select(period => ("QuotaPeriod", period))),
        (1, from name in Gen.Elements("id", "Name", "description", "product_code", "ProductCode", "api_stages", "ApiStages", "rate_limit",
            "throttle_settings", "quota_settings", "tags", "region", "arn", "keys")
            from value in AnyScalar
            select (name, value)));

    private static readonly Gen<JsonNode?> AnyPlan =
        from named in Gen.Frequency((8, Gen.Constant(true)), (1, Gen.Constant(false)))
        from count in Gen.Choose(0, 3)
        from attributes in AnyPlanAttribute.ListOf(count)
        from flat in Gen.Elements(0, 0, 1)
        from rate in AnyNumber
        from burst in AnyNumber
        from limit in AnyNumber
        from period in AnyPeriod
        from number in Gen.Choose(1, 1_000_000)
        select (JsonNode?)ToObject([.. named ? [("name", (JsonNode?)$"plan-{number}")] : Array.Empty<(string, JsonNode?)>(), .. attributes,
            .. flat == 0 ? [] : new[] { ("RateLimit", rate), ("BurstLimit", burst), ("QuotaLimit", limit), ("QuotaPeriod", period) }]);

    private static readonly Gen<JsonNode?> AnyDocument = Gen.OneOf(
        from plans in AnyPlan.ListOf(1)
        from name in Gen.Elements("usage_plans", "usage_plans", "UsagePlans")
        from keys in AnyKey.ListOf(1)
        from both in Gen.Elements(false, false, true)
        let keyPart = both ? [("keys", (JsonNode?)new JsonArray([.. keys]))] : Array.Empty<(string, JsonNode?)>()
        select (JsonNode?)ToObject([(name, new JsonArray([.. plans])), .. keyPart]),
        AnyKey.ListOf(2).Select(keys => (JsonNode?)new JsonArray([.. keys])),
        from keys in AnyKey.ListOf(1)
        from defaults in AnyAttribute.ListOf(1)
        from extra in Gen.Elements(0, 0, 0, 1)
        select (JsonNode?)ToObject([("keys", new JsonArray([.. keys])), ("defaults", ToObject([.. defaults])),
            .. extra == 0 ? [] : new (string, JsonNode?)[] { ("foo", 1) }]),
        AnyScalar);

    [Fact]
    public void TheSchemaAndTheReaderAgree()
    {
        int good = 0;
        int bad = 0;
        Prop.ForAll(AnyDocument.ToArbitrary(), document =>
        {
            string text = document?.ToJsonString() ?? "null";
            bool valid = Schema.Evaluate(JsonDocument.Parse(text).RootElement).IsValid;

            // That two entries mean the same key no schema can say, so doubles are not looked for here.
            DesiredSource source = new("keys.json");
            new DesiredStateReader(source, isExact: true, TagPolicy.None, default).Read(JsonNodes.Parse(text));
            _ = valid ? good++ : bad++;
            return (valid == (source.Problems.Count == 0))
                .Label($"{text}: schema says {valid}, reader {string.Join("; ", source.Problems)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.True(good > 200 && bad > 200, $"{good} good, {bad} bad");
    }

    [Fact]
    public void TheSchemaHasEveryAttributeInBothSpellings()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "desired-state.schema.json")));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        Assert.Equal(
            ApiKeyField.All.SelectMany(field => new[] { field.Name, field.TerraformName })
                .Concat(["Id", "id", "usage_plans", "UsagePlans", "region", "Region"])
                .Order(StringComparer.Ordinal),
            definitions.GetProperty("key").GetProperty("properties").EnumerateObject().Select(property => property.Name)
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            ApiKeyField.All.Where(field => !field.IsOneKeysOwn).SelectMany(field => new[] { field.Name, field.TerraformName })
                .Concat(["usage_plans", "UsagePlans", "region", "Region"]).Order(StringComparer.Ordinal),
            definitions.GetProperty("defaults").GetProperty("properties").EnumerateObject().Select(property => property.Name)
                .Order(StringComparer.Ordinal));
    }

    // Each member mostly there.
    private static Gen<JsonNode?> Members(params (string Name, Gen<JsonNode?> Value)[] members) => members.Aggregate(
        Gen.Constant(Array.Empty<(string, JsonNode?)>()),
        (all, member) => from some in all
                         from there in Gen.Elements(true, true, true, true, false)
                         from value in member.Value
                         select there ? [.. some, (member.Name, value)] : some).Select(some => (JsonNode?)ToObject(some));

    private static JsonObject ToObject(IEnumerable<(string Name, JsonNode? Value)> attributes)
    {
        JsonObject result = [];
        foreach ((string name, JsonNode? value) in attributes)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }
}
