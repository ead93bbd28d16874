using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>Keys are handed over to Terraform and taken over from it, and both do the same with the same configurations.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class TerraformHandOverTests : IDisposable
{
    // Names as they are, and as Terraform's language could take them for something else.
    private static readonly string[] Hostile =
    [
        "plain-name", "plain-name", "9 starts with a digit", "${interpolated}", "%{ if true }x%{ endif }",
            "$${escaped} $$${more} %%{x} %%%{y}", "$", "%", "ends with $", "a$\"b", "$\\{",
        "quote \" and 'single' and \\backslash\\ \\n", "two\nlines\r\n\ttabbed", "nul\u0000 bell\u0007 escape\u001b[31m",
            "\u202ereversed \u200bwide \uFEFF", "Ünïcödé 日本語 😀", "e\u0301 combining",
            "EOT\n<<EOT", "#comment // /* x */", "}\n}\nresource",
                "", "   ",
    ];

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private TerraformFolder? _folder;

    public TerraformHandOverTests()
    {
        _server = new EmulatorServer(_emulator);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-DefaultTag @{ team = 'a'; '${x}' = '%{y}'; some = 'not on all' } -IgnoreTag ignored -IgnoreTagPrefix 'k8s/'", "ignored")]
    public async Task WhatIsExportedIsTakenOverUnchanged(string settings, string ignored)
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        foreach ((int index, string text) in Hostile.Index())
        {
            Dictionary<string, string> tags = new() { ["team"] = index % 3 == 0 ? "b" : "a", ["${x}"] = "%{y}", [$"tag {text}"] = text };
            tags.Add(index % 2 == 0 ? "some" : "other", "not on all");
            if (ignored.Length > 0)
            {
                tags.Add(ignored, "x");
                tags.Add("k8s/y", "z");
            }

            _emulator.Seed(new SeedKey
            {
                Region = "us-east-1",
                Name = text,
                Description = index == 0 ? "Managed by Terraform" : text,
                Enabled = index % 2 == 0,
                CustomerId = index == 1 ? text
                    : null,
                Tags = tags,
                CreatedDate = DateTimeOffset.UnixEpoch.AddDays(index)
            });
        }

        string file = Path.Combine(_folder.Path, "keys.tf");
        using ModuleSession session = new();
        session.Unconnected().Good(
            $"Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret {settings}", _server.Uri);
        Assert.Equal(settings.Length > 0 ? 1 : 0, session.Run("Export-ApiGatewayApiKey $args[0]", file).Warnings.Count);
        string text1 = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("value ", text1);
        Assert.Contains("resource \"aws_api_gateway_api_key\" \"plain-name\"", text1);

        _folder.WriteConfiguration("", isOverride: settings.Length > 0);
        Assert.Contains($"Plan: {Hostile.Length} to import, 0 to add, 0 to change, 0 to destroy.", await _folder.Run("plan", "-no-color"));

        if (settings.Length > 0)
        {
            return;
        }

        // Taken over, Terraform's state is a desired state that asks for nothing, and so is what it shows. Terraform keeps text
        // in Unicode's composed form only, and here text is compared as it is.
        await _folder.Run("apply", "-auto-approve", "-no-color");
        _folder.Write("shown.json", await _folder.Run("show", "-json"));
        foreach (string state in new[] { "terraform.tfstate", "shown.json" })
        {
            PlannedChange[] changes =
                [.. session.Good("Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", Path.Combine(_folder.Path, state))
                    .Select(change => (PlannedChange)change.BaseObject)];
            Assert.Equal(Hostile.Length, changes.Length);
            Assert.Equal(Hostile.Where(text => !text.IsNormalized()).Select(text => text.Normalize()),
                changes.Where(change => change.Action != PlanAction.None).Select(change => change.Name));
        }
    }

    [Fact]
    public async Task APlanOfTerraformsIsAppliedByTheModule()
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        _folder.WriteConfiguration("""
            resource "aws_api_gateway_api_key" "k" {
              count = 3
              name  = "k-${count.index}"
              value = "abcdefghij012345678${count.index}"
              tags  = { n = count.index }
            }
            """, "default_tags {\n tags = { team = \"a\" }\n}");
        await _folder.Run("plan", "-no-color", "-out=plan");
        _folder.Write("plan.json", await _folder.Run("show", "-json", "plan"));
        using ModuleSession session = new();
        session.Unconnected().Good("Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret",
            _server.Uri);
        Assert.Equal(3, session.Good("Sync-ApiGatewayApiKey $args[0]", Path.Combine(_folder.Path, "plan.json")).Count);
        ApiKeyInfo key = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey k-2 -IncludeValue");
        Assert.Equal(("abcdefghij0123456782", "n=2, team=a"), (key.Value, key.Tags.ToString()));
    }

    [Fact]
    public async Task TheSameConfigurationsEndInTheSameKeysStepByStep()
    {
        // A customer id stays once it is there: AWS refuses to clear one, Terraform's request for it too.
        (string Resources, string DefaultTags, string[] IgnorePrefixes)[] steps =
        [
            ("a: | b: description=d; enabled=false; customer_id=c; tags=x=1,y=", "", []),
            ("a: tags=x=1 | b: description=; customer_id=c; tags=x=2,z=3", "team=t", []),
            ("a: name=renamed; tags=team=own | b: customer_id=c; tags=x=2,z=3", "team=t,env=dev", []),
            ("a: name=renamed; enabled=false | b: customer_id=c2; tags=env=prod | c: tags=k=v", "team=u,env=dev", ["k8s/"]),
            ("a: name=renamed; enabled=false | b: customer_id=c2; tags=env=prod | c: tags=k=v", "team=u,env=dev", ["k8s/"]),
            ("b: customer_id=c2 | c: name=d; description=x; tags=k=w", "", ["k8s/"]),
        ];
        _folder = await TerraformFolder.Open(_server.Uri);
        using ModuleSession session = new(settings: new ApiGatewayConnection { Region = "us-east-1" });
        Dictionary<string, string> ourIds = [];
        Dictionary<string, string> theirIds = [];
        foreach ((int number, (string resources, string defaultTags, string[] prefixes)) in steps.Index())
        {
            Entry[] entries = [.. resources.Split(" | ").Select(Entry.Parse)];
            TagPolicy policy = new() { Defaults = ToTags(defaultTags), IgnoredPrefixes = prefixes };
            ApiGatewayConnection connection = session.Connection with { TagPolicy = policy };

            // Somebody else puts the same tags on the same keys of both.
            foreach (string label in ourIds.Keys.Where(_ => number is 3 or 4 or 5))
            {
                Drift(session, session.Connection, ourIds[label], number);
                Drift(session, session.Connection with { Transport = new EmulatorHttpHandler(_emulator) }, theirIds[label], number);
            }

            _folder.WriteConfiguration(string.Join('\n', entries.Select(entry => entry.ToTerraform())), ToProvider(policy));
            await _folder.Run("apply", "-auto-approve", "-no-color");
            object[] desired = [.. entries.Select(entry => entry.ToHashtable(ourIds.GetValueOrDefault(entry.Label)))];
            PlannedChange[] changes =
                [.. session.Good("Sync-ApiGatewayApiKey $args[0] -Connection $args[1] -Prune -PruneTag @{ managed = 'yes' }", desired,
                    connection).Select(change => (PlannedChange)change.BaseObject)];
            foreach (PlannedChange created in changes.Where(change => change.Action == PlanAction.Create))
            {
                ourIds[entries.Single(entry => entry.Name == created.Name).Label] = created.Key!.Id;
            }

            using JsonDocument file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "terraform.tfstate"),
                TestContext.Current.CancellationToken));
            Dictionary<string, JsonElement> state = file.RootElement.GetProperty("resources").EnumerateArray().ToDictionary(
                resource => resource.GetProperty("name").GetString()!,
                resource => resource.GetProperty("instances")[0].GetProperty("attributes"));
            theirIds = state.ToDictionary(resource => resource.Key, resource => resource.Value.GetProperty("id").GetString()!);
            ourIds = ourIds.Where(id => theirIds.ContainsKey(id.Key)).ToDictionary();
            Assert.Equal(entries.Length, session.Good("Get-ApiGatewayApiKey").Count);
            foreach ((string label, string id) in ourIds)
            {
                ApiKeyInfo ours = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0] -Connection $args[1]", id, connection);
                ApiKeyInfo theirs = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0] -Connection $args[1]", theirIds[label],
                    connection with { Transport = new EmulatorHttpHandler(_emulator) });
                string at = $"step {number}, {label}: ";
                Assert.Equal(at + (theirs.Name, theirs.Description, theirs.Enabled, theirs.CustomerId),
                    at + (ours.Name, ours.Description, ours.Enabled, ours.CustomerId));
                Assert.Equal(at + Tell(_emulator.TagsOf("us-east-1", theirs.Id)), at + Tell(session.Emulator.TagsOf("us-east-1", ours.Id)));
                Assert.Equal(at + ReadTags(state[label], "tags_all"), at + ours.TagsAll);
                Assert.Equal(at + ReadTags(state[label], "tags"), at + ours.Tags);
            }
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder?.Dispose();
    }

    private static void Drift(ModuleSession session, ApiGatewayConnection connection, string id, int number) =>
        session.Good($"Set-ApiGatewayApiKey $args[0] -Connection $args[1] -AddTag @{{ 'k8s/x' = '{number}'; stray = 'yes' }}", id,
            connection);

    private static TagSet ToTags(string text) => TagSet.Parse(text.Replace(',', '&'));

    private static TagSet ReadTags(JsonElement resource, string name)
        => resource.GetProperty(name) is { ValueKind: JsonValueKind.Object } tags
        ? TagSet.From(tags.EnumerateObject().Select(tag => KeyValuePair.Create(tag.Name, tag.Value.GetString())))
        : TagSet.Empty;

    private static string Tell(IReadOnlyDictionary<string, string> tags)
        => TagSet.From(tags.Select(tag => KeyValuePair.Create(tag.Key, (string?)tag.Value))).ToString();

    private static string ToProvider(TagPolicy policy) => $$"""
        default_tags {
          tags = {{{string.Join(", ", policy.Defaults.Select(tag => $"\"{tag.Key}\" = \"{tag.Value}\""))}}}
        }
        ignore_tags {
          key_prefixes = [{{string.Join(", ", policy.IgnoredPrefixes.Select(prefix => $"\"{prefix}\""))}}]
        }
        """;

    /// <summary>One key of a configuration, as text: <c>label: name=n; description=d; tags=k=v,k2=v2</c>.</summary>
    private sealed record Entry(string Label, Dictionary<string, string> Attributes)
    {
        public string Name => Attributes.GetValueOrDefault("name", Label);

        public static Entry Parse(string text) => new(
            text.Split(':')[0],
            text.Split(':')[1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToDictionary(attribute => attribute.Split('=')[0], attribute => attribute[(attribute.IndexOf('=') + 1)..]));

        private TagSet Tags => ToTags(Attributes.GetValueOrDefault("tags", "")).Merge(TagSet.Parse("managed=yes"));

        public string ToTerraform() => $$"""
            resource "aws_api_gateway_api_key" "{{Label}}" {
              name = "{{Name}}"
              {{string.Join("\n  ", Attributes.Where(attribute => attribute.Key is "description" or "customer_id")
                .Select(attribute => $"{attribute.Key} = \"{attribute.Value}\""))}}
              {{(Attributes.TryGetValue("enabled", out string? enabled) ? $"enabled = {enabled}" : "")}}
              tags = { {{string.Join(", ", Tags.Select(tag => $"{tag.Key} = \"{tag.Value}\""))}} }
            }
            """;

        public System.Collections.Hashtable ToHashtable(string? id)
        {
            System.Collections.Hashtable table = new() { ["name"] = Name, ["tags"] = Tags };
            if (id is not null)
            {
                table["id"] = id;
            }

            foreach ((string name, string value) in Attributes.Where(attribute => attribute.Key is "description" or "customer_id"
                or "enabled"))
            {
                table[name] = name == "enabled" ? bool.Parse(value) : value;
            }

            return table;
        }
    }
}
