using ApiKey.Attributes;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// From what a file or objects say to the keys that should be, through the table of attributes. Whatever is wrong is noted
/// with its place, and reading goes on, so that all of it is reported at once.
/// </summary>
/// <param name="source">Where it was written; problems go there.</param>
/// <param name="isExact">
/// Whether names count in exact case and types as written, as in JSON. Otherwise case is ignored as in PowerShell, and text may
/// say true, false or tags, as in CSV.
/// </param>
/// <param name="policy">The tag policy: default tags count towards AWS's limits.</param>
/// <param name="valueCheck">How values are checked.</param>
internal sealed class DesiredStateReader(DesiredSource source, bool isExact, TagPolicy policy, ValueCheck valueCheck)
{
    private const string Keys = "keys";
    private const string Defaults = "defaults";
    private const string Schema = "$schema";
    private const string Id = "id";
    private const string UsagePlans = "usage_plans";
    private const string UsagePlansOurs = "UsagePlans";

    private static readonly string[] Known = [Id, .. ApiKeyField.All.Select(field => field.TerraformName), "usage_plans", "region"];

    /// <summary>The attributes that nobody can choose, in Terraform's spelling and ours.</summary>
    private static readonly string[] Computed = ["arn", "created_date", "last_updated_date", "stage_keys", "tags_all", "Arn",
        "CreatedDate", "LastUpdatedDate", "StageKeys", "TagsAll"];

    private readonly EntryReader _entries = new(source, isExact);

    /// <summary>
    /// Reads a document: a list of keys; or <c>keys</c> with <c>defaults</c> for what they omit, and <c>usage_plans</c>.
    /// </summary>
    public DesiredEntries Read(DesiredNode root)
    {
        switch (root)
        {
            case ListNode list:
                return new DesiredEntries { Keys = ReadList(list, KeyDefaults.None), ListsKeys = true };
            case MapNode map:
                return ReadDocument(map);
            default:
                source.Add(root.Place, $"A desired state is a list of keys, or '{Keys}' with such a list.");
                return DesiredEntries.None;
        }
    }

    /// <summary>Reads one key.</summary>
    public DesiredKey? ReadKey(DesiredNode node) => ReadKey(node, KeyDefaults.None);

    private DesiredEntries ReadDocument(MapNode map)
    {
        int before = source.Problems.Count;
        TextNode[] unknown = [.. map.Entries.Select(entry => entry.Name)
            .Where(name => !_entries.Is(name, Keys, Defaults, Schema, UsagePlans, UsagePlansOurs))];
        bool isKey = map.Find("name", StringComparison.OrdinalIgnoreCase) is not null && Array.TrueForAll(unknown, IsOfKey);
        if (unknown.Length == map.Entries.Count && (isKey || unknown.Length > 1))
        {
            source.Add(map.Place, isKey ? "This is one key by itself. Put it into a list."
                : $"This is not a desired state: it has {Show.Quote(unknown[0].Text)} and {Show.Quote(unknown[1].Text)}"
                    + $"{(unknown.Length > 2 ? " among others" : "")}, but neither '{Keys}', a list of keys, nor '{UsagePlans}', a list of "
                    + "usage plans.");
            return DesiredEntries.None;
        }

        foreach (TextNode name in unknown)
        {
            source.Add(name.Place, $"{Show.Quote(name.Text)} is not known here. A desired state has '{Keys}', a list of keys, or "
                + $"'{UsagePlans}', a list of usage plans, and may have '{Defaults}'.");
        }

        _entries.FindTwice(map, name => _entries.Is(name, UsagePlansOurs) ? UsagePlans : name.Text);
        KeyDefaults defaults = _entries.Find(map, Defaults) is { } given ? ReadDefaults(given) : KeyDefaults.None;
        DesiredNode? keys = _entries.Find(map, Keys);
        DesiredNode? plans = _entries.Find(map, UsagePlans, UsagePlansOurs);
        if (plans is not (null or ListNode))
        {
            source.Add(plans.Place, $"'{UsagePlans}' is not a list. It lists the usage plans that should be, each with its attributes.");
        }

        // Misspelt, it has a problem of its own.
        if (keys is not (null or ListNode) || (keys is null && plans is null && source.Problems.Count == before))
        {
            source.Add((keys ?? map).Place,
                $"'{Keys}' is missing or not a list. It lists the keys that should be, each with its attributes.");
        }

        PlanEntryReader plan = new(source, _entries, policy);
        return new DesiredEntries
        {
            Keys = keys is ListNode list ? ReadList(list, defaults) : [],
            ListsKeys = keys is ListNode,
            Plans = plans is ListNode listed ? [.. ItemsOf(listed).Select(plan.Read).OfType<DesiredPlan>()] : [],
            ListsPlans = plans is ListNode,
        };
    }

    private DesiredKey? ReadKey(DesiredNode node, KeyDefaults defaults)
    {
        if (node is not MapNode map)
        {
            source.Add(node.Place, "A key is written as its attributes, for example name, description and tags.");
            return null;
        }

        int before = source.Problems.Count;
        _entries.FindTwice(map, Canonical);
        string? id = null;
        string? region = null;
        IReadOnlyList<PlanReference>? plans = null;
        ApiKeySpec spec = new();
        Dictionary<ApiKeyField, NodePlace> places = [];
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (IsId(name))
            {
                id = _entries.ReadId(value, "key");
            }
            else if (IsRegion(name))
            {
                region = _entries.ReadRegion(value);
            }
            else if (IsPlans(name))
            {
                plans = _entries.ReadPlans(value);
            }
            else if (FieldOf(name) is not { } field)
            {
                _entries.AddUnknown(name, "an API key", Known, Computed);
            }
            else if (TryRead(field, value, ref spec))
            {
                places[field] = value.Place;
            }
        }

        // A name that is there and wrong has a problem of its own.
        if (spec.Name is null && source.Problems.Count == before)
        {
            source.Add(map.Place, "The key has no name. Give it one.");
        }

        foreach ((ApiKeyField field, NodePlace place) in places)
        {
            Judge(field, spec, id, place);
        }

        return source.Problems.Count > before ? null : new DesiredKey(id, spec.Complete(defaults.Spec), source, map.Place)
        {
            Region = region ?? defaults.Region,
            UsagePlans = plans ?? defaults.UsagePlans,
        };
    }

    private DesiredKey[] ReadList(ListNode list, KeyDefaults defaults) =>
        [.. ItemsOf(list).Select(item => ReadKey(item, defaults)).OfType<DesiredKey>()];

    private IEnumerable<DesiredNode> ItemsOf(ListNode list) =>
        list.Items.TakeWhile(_ => source.Problems.Count < FileProblemException.MostProblems);

    private KeyDefaults ReadDefaults(DesiredNode node)
    {
        if (node is not MapNode map)
        {
            source.Add(node.Place, $"'{Defaults}' has attributes and what they are for keys that do not say them.");
            return KeyDefaults.None;
        }

        ApiKeySpec spec = new();
        string? region = null;
        IReadOnlyList<PlanReference>? plans = null;
        _entries.FindTwice(map, Canonical);
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (IsRegion(name))
            {
                region = _entries.ReadRegion(value);
            }
            else if (IsPlans(name))
            {
                plans = _entries.ReadPlans(value);
            }
            else if (FieldOf(name) is not { IsOneKeysOwn: false } field)
            {
                source.Add(name.Place, $"{Show.Quote(name.Text)} cannot have a default. These can: "
                    + $"{string.Join(", ", ApiKeyField.All.Where(one => !one.IsOneKeysOwn).Select(one => one.TerraformName))}, "
                    + "usage_plans, region.");
            }
            else if (TryRead(field, value, ref spec))
            {
                Judge(field, spec, id: null, value.Place);
            }
        }

        return new KeyDefaults(spec, region, plans);
    }

    private bool TryRead(ApiKeyField field, DesiredNode value, ref ApiKeySpec spec)
    {
        try
        {
            string? text = (field.Kind, value) switch
            {
                (_, NullNode) => null,
                (FieldKind.Text, TextNode given) => !isExact && given.Text.Length == 0 && field.Update == FieldUpdate.Never ? null
                    : given.Text,
                (FieldKind.Boolean, FlagNode given) => given.IsTrue ? "true" : "false",
                (FieldKind.Boolean, TextNode given) when !isExact => string.IsNullOrWhiteSpace(given.Text) ? null : given.Text,
                (FieldKind.Tags, MapNode given) => _entries.ReadTags(given).ToText(),
                (FieldKind.Tags, TextNode given) when !isExact => given.Text,
                (FieldKind.Text, OtherNode given)
                    => throw new FormatException($"{field.TerraformName} is text, and this is {given.Kind}. Put it in quotes."),
                (FieldKind.Text, _) => throw new FormatException($"{field.TerraformName} is text."),
                (FieldKind.Boolean, _) => throw new FormatException(
                    $"{field.TerraformName} is {(isExact ? "true or false, without quotes" : "true or false")}."),
                _ => throw new FormatException(
                    $"{field.TerraformName} are names and texts, for example {(isExact ? """{ "env": "prod" }""" : "@{ env = 'prod' }")}."),
            };
            if (text is not null)
            {
                spec = field.Read(spec, text);
            }

            return text is not null;
        }
        catch (FormatException problem)
        {
            source.Add(value.Place, problem.Message);
            return false;
        }
    }

    private void Judge(ApiKeyField field, ApiKeySpec spec, string? id, NodePlace place)
    {
        // AWS has keys without a name; by its id such a key can be meant.
        bool namelessById = field.Kind == FieldKind.Text && field.IsOneKeysOwn && field.Update == FieldUpdate.Patch && id is not null
            && string.IsNullOrWhiteSpace(spec.Name);
        IEnumerable<string> problems = field.Update switch
        {
            _ when namelessById => [],
            FieldUpdate.Tags => TagRules.ProblemsOf(policy.Merge(spec.Tags!)),
            _ => field.ProblemsOf(spec, valueCheck),
        };
        foreach (string problem in problems)
        {
            source.Add(place, problem);
        }
    }

    private string Canonical(TextNode name) => IsId(name) ? Id : IsRegion(name) ? "region" : IsPlans(name) ? UsagePlans
        : FieldOf(name)?.Name ?? name.Text;

    private ApiKeyField? FieldOf(TextNode name) => ApiKeyField.All.FirstOrDefault(field =>
        _entries.Is(name, field.TerraformName, field.Name) || (!isExact && _entries.Is(name, field.Column)));

    private bool IsOfKey(TextNode name) => IsId(name) || IsRegion(name) || IsPlans(name) || FieldOf(name) is not null;

    private bool IsId(TextNode name) => _entries.Is(name, Id, "Id");

    private bool IsRegion(TextNode name) => _entries.Is(name, "region", "Region");

    // A table has the column of AWS's key file.
    private bool IsPlans(TextNode name) => _entries.Is(name, UsagePlans, UsagePlansOurs)
        || (!isExact && _entries.Is(name, KeyFileFormat.PlanColumn));

    /// <summary>What keys get that do not say it.</summary>
    private sealed record KeyDefaults(ApiKeySpec Spec, string? Region, IReadOnlyList<PlanReference>? UsagePlans)
    {
        public static KeyDefaults None { get; } = new(new ApiKeySpec(), null, null);
    }
}
