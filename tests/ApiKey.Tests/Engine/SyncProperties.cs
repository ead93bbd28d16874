using System.Collections;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Engine;

/// <summary>For any keys and any desired state: Sync does what Compare says, in as many calls, touches nothing else, and then there is
/// nothing to do.</summary>
public sealed class SyncProperties : IDisposable
{
    private static readonly TagPolicy Policy = new()
    {
        Defaults = TagSet.Parse("team=t&env=dev"),
        IgnoredKeys = ["ignored"],
        IgnoredPrefixes = ["k8s/"]
    };

    private static readonly Gen<Dictionary<string, string>> AnyTags =
        from tags in (from key in Gen.Elements("managed", "team", "env", "x", "ignored", "k8s/x", "aws:stack")
                      from value in Gen.Elements("t", "dev", "other", "")
                      select (key, value)).ListOf(4)
        select tags.DistinctBy(tag => tag.key).ToDictionary(tag => tag.key, tag => tag.value);

    private static readonly Gen<SeedKey> AnyKey =
        from name in Gen.Elements("a", "b", "c", "d", "e", "f", "g", "")
        from description in Gen.Elements("Managed by Terraform", "", "text")
        from enabled in Gen.Elements(true, false)
        from customer in Gen.Elements("", "c1")
        from tags in AnyTags
        select new SeedKey { Region = "", Name = name, Description = description, Enabled = enabled, CustomerId = customer, Tags = tags };

    // Which existing key an entry means by its id, if there are so many; -1 for none. The value is of a small number of values, 0 for none.
    private static readonly Gen<(int Id, string Name, string? Description, bool? Enabled, string? CustomerId, int Value,
        Dictionary<string, string>? Tags)> AnyEntry =
        from id in Gen.Frequency((9, Gen.Constant(-1)), (1, Gen.Choose(0, 3)))
        from name in Gen.Elements("a", "b", "c", "d", "e", "f", "g")
        from description in Gen.Elements(null, "Managed by Terraform", "", "text")
        from enabled in Gen.Elements<bool?>(null, true, false)
        from customer in Gen.Elements(null, "", "c1")
        from value in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Choose(1, 6)))
        from tags in AnyTags
        from hasTags in Gen.Elements(true, false)
        select (id, name, description, enabled, customer, value,
            hasTags ? tags.Where(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal)).ToDictionary() : null);

    private static readonly Gen<(SeedKey[] Actual, Hashtable[] Desired, bool Prune)> AnyCase =
        from actual in AnyKey.ListOf(5)
        from values in Gen.Shuffle(new[] { 1, 2, 3, 4, 5 })
        from entries in AnyEntry.ListOf(5)
        from prune in Gen.Elements(true, false)
        from oneNameOneKey in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        select (
            (oneNameOneKey ? actual.DistinctBy(key => key.Name) : actual)
                .Select((key, index) => key with { Id = $"id{index}", Value = ValueOf(values[index]) }).ToArray(),
            entries.DistinctBy(entry => entry.Name).Select(ToHashtable).ToArray(),
            prune);

    private readonly ModuleSession _session = new();
    private int _number;

    [Fact]
    public void SyncDoesThePlanAndNothingElse()
    {
        int planned = 0;
        List<string> refused = [];
        Prop.ForAll(AnyCase.ToArbitrary(), example =>
        {
            string region = $"region-{++_number}";
            foreach (SeedKey key in example.Actual)
            {
                _session.Emulator.Seed(key with { Region = region });
            }

            ApiGatewayConnection connection = _session.Connection with { Region = region, TagPolicy = Policy };
            string prune = example.Prune ? "-Prune -PruneTag @{ managed = 't' }" : "";
            Dictionary<string, string> before = Snapshot(region);

            Outcome compared = _session.Run($"Compare-ApiGatewayApiKey $args[0] -Connection $args[1] {prune}", example.Desired, connection);
            Assert.Equal(before, Snapshot(region));
            long requests = _session.Emulator.RequestCount;
            Outcome synced = _session.Run($"Sync-ApiGatewayApiKey $args[0] -Connection $args[1] {prune} -AllowReplace -Force",
                example.Desired, connection);
            long calls = _session.Emulator.RequestCount - requests;
            Dictionary<string, string> after = Snapshot(region);

            Assert.Equal(compared.ErrorTexts, synced.ErrorTexts);
            if (compared.Errors.Count > 0)
            {
                Assert.Equal(before, after);
                Assert.Empty(synced.Output);
                refused.Add(compared.ErrorTexts.First());
                return true;
            }

            planned++;
            PlannedChange[] plan = [.. compared.Output.Select(change => (PlannedChange)change.BaseObject)];
            PlannedChange[] done = [.. synced.Output.Select(change => (PlannedChange)change.BaseObject)];
            Assert.Equal(plan.Select(change => (change.Action, change.Id, change.Name)),
                done.Select(change => (change.Action, change.Id, change.Name)));
            Assert.All(done, change => Assert.Equal(ChangeStatus.Done, change.Status));
            Assert.Equal(1 + plan.Sum(change => change.Calls), calls);

            // Nothing but the plan's keys changed, and of no key what others manage.
            // A key that has the name and the value wanted of another is taken for its successor, half made by an earlier run.
            HashSet<string?> touched = [.. plan.Select(change => change.Id), .. plan.Select(change => change.Successor?.Id)];
            Assert.All(before.Where(key => !touched.Contains(key.Key)), key => Assert.Equal(key.Value, after[key.Key]));
            Assert.All(after.Keys.Where(before.ContainsKey),
                id => Assert.Equal(Foreign(example.Actual.Single(key => key.Id == id).Tags),
                    Foreign(_session.Emulator.TagsOf(region, id))));

            Assert.Empty(_session.Good($"Compare-ApiGatewayApiKey $args[0] -Connection $args[1] {prune}", example.Desired, connection));
            Assert.Empty(_session.Good($"Sync-ApiGatewayApiKey $args[0] -Connection $args[1] {prune}", example.Desired, connection));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.True(planned > 50, $"Only {planned} of 200 cases could be planned, for example: {string.Join('\n', refused.Take(20))}");
    }

    public void Dispose() => _session.Dispose();

    private Dictionary<string, string> Snapshot(string region) => _session
        .Good("Get-ApiGatewayApiKey -Connection $args[0] -IncludeValue", _session.Connection with { Region = region })
        .Select(key => (ApiKeyInfo)key.BaseObject)
        .ToDictionary(key => key.Id,
            key => $"{key.Name}|{key.Description}|{key.Enabled}|{key.CustomerId}|{key.Value}|"
                + TagSet.From(_session.Emulator.TagsOf(region, key.Id).Select(tag => KeyValuePair.Create(tag.Key, (string?)tag.Value))));

    private static IEnumerable<string> Foreign(IReadOnlyDictionary<string, string> tags) =>
        tags.Where(tag => Policy.IsForeign(tag.Key)).Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);

    private static string ValueOf(int number) => $"SecretValue0123456789{number}";

    private static Hashtable ToHashtable((int Id, string Name, string? Description, bool? Enabled, string? CustomerId, int Value,
        Dictionary<string, string>? Tags) entry)
    {
        Hashtable table = new() { ["name"] = entry.Name };
        foreach ((string column, object? value) in new (string, object?)[] { ("Description", entry.Description), ("enabled", entry.Enabled),
            ("customer_id", entry.CustomerId) })
        {
            // What is $null was perhaps never set, and is refused.
            if (value is not null)
            {
                table[column] = value;
            }
        }

        if (entry.Id >= 0)
        {
            table["id"] = $"id{entry.Id}";
        }

        if (entry.Value > 0)
        {
            table["value"] = ValueOf(entry.Value);
        }

        if (entry.Tags is not null)
        {
            table["tags"] = entry.Tags;
        }

        return table;
    }
}
