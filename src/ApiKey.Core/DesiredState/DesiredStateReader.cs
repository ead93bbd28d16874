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

    private readonly StringComparison _comparison = isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The attributes that nobody can choose, in Terraform's spelling and ours.</summary>
    private static readonly string[] Computed = ["arn", "created_date", "last_updated_date", "region", "stage_keys", "tags_all", "Arn",
        "CreatedDate", "LastUpdatedDate", "Region", "StageKeys", "TagsAll"];

    /// <summary>Reads a document: a list of keys, or <c>keys</c> with <c>defaults</c> for what they leave out.</summary>
    public IReadOnlyList<DesiredKey> Read(DesiredNode root)
    {
        switch (root)
        {
            case ListNode list:
                return ReadList(list, new ApiKeySpec());
            case MapNode map:
                int before = source.Problems.Count;
                foreach ((TextNode name,
                    _) in map.Entries.Where(entry => !Is(entry.Name, Keys) && !Is(entry.Name, Defaults) && !Is(entry.Name, Schema)))
                {
                    source.Add(name.Place, $"{Show.Quote(name.Text)} is not known here. A desired state has '{Keys}', a list of keys, and "
                        + $"may have '{Defaults}'.");
                }

                FindTwice(map, name => name.Text);
                ApiKeySpec defaults = Find(map, Defaults) is { } given ? ReadDefaults(given) : new ApiKeySpec();
                if (Find(map, Keys) is ListNode keys)
                {
                    return ReadList(keys, defaults);
                }

                // Misspelt, it has a problem of its own.
                if (Find(map, Keys) is not null || source.Problems.Count == before)
                {
                    source.Add((Find(map, Keys) ?? map).Place,
                        $"'{Keys}' is missing or not a list. It lists the keys that should be, each with its attributes.");
                }

                return [];
            default:
                source.Add(root.Place, $"A desired state is a list of keys, or '{Keys}' with such a list.");
                return [];
        }
    }

    /// <summary>Reads one key.</summary>
    public DesiredKey? ReadKey(DesiredNode node, ApiKeySpec defaults)
    {
        if (node is not MapNode map)
        {
            source.Add(node.Place, "A key is written as its attributes, for example name, description and tags.");
            return null;
        }

        int before = source.Problems.Count;
        FindTwice(map, name => IsId(name) ? Id : FieldOf(name)?.Name ?? name.Text);
        string? id = null;
        ApiKeySpec spec = new();
        Dictionary<ApiKeyField, NodePlace> places = [];
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (IsId(name))
            {
                id = ReadId(value);
            }
            else if (FieldOf(name) is not { } field)
            {
                source.Add(name.Place, TellUnknown(name.Text));
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

        return source.Problems.Count == before ? new DesiredKey(id, spec.Complete(defaults), source, map.Place) : null;
    }

    private DesiredKey[] ReadList(ListNode list, ApiKeySpec defaults) =>
        [.. list.Items.TakeWhile(_ => source.Problems.Count < FileProblemException.MostProblems).Select(item => ReadKey(item, defaults))
            .OfType<DesiredKey>()];

    private ApiKeySpec ReadDefaults(DesiredNode node)
    {
        ApiKeySpec spec = new();
        if (node is not MapNode map)
        {
            source.Add(node.Place, $"'{Defaults}' has attributes and what they are for keys that do not say them.");
            return spec;
        }

        FindTwice(map, name => FieldOf(name)?.Name ?? name.Text);
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (FieldOf(name) is not { IsOneKeysOwn: false } field)
            {
                source.Add(name.Place, $"{Show.Quote(name.Text)} cannot have a default. These can: "
                    + $"{string.Join(", ", ApiKeyField.All.Where(one => !one.IsOneKeysOwn).Select(one => one.TerraformName))}.");
            }
            else if (TryRead(field, value, ref spec))
            {
                Judge(field, spec, id: null, value.Place);
            }
        }

        return spec;
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
                (FieldKind.Tags, MapNode given) => ReadTags(given).ToText(),
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

    private TagSet ReadTags(MapNode map)
    {
        List<KeyValuePair<string, string?>> tags = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (!names.Add(name.Text))
            {
                source.Add(name.Place, $"The tag {Show.Quote(name.Text)} is given twice. Keep one of the two.");
            }
            else if (value is TextNode text)
            {
                tags.Add(KeyValuePair.Create(name.Text, (string?)text.Text));
            }
            else if (value is NullNode && isExact)
            {
                // As Terraform has it.
                continue;
            }
            else if (value is NullNode)
            {
                source.Add(value.Place, $"The tag {Show.Quote(name.Text)} has no value. Give its value as text, empty text for an empty "
                    + "value, or leave the tag out.");
            }
            else
            {
                source.Add(value.Place, $"The value of tag {Show.Quote(name.Text)} is not text. Put it in quotes.");
            }
        }

        return TagSet.From(tags);
    }

    private string? ReadId(DesiredNode value)
    {
        switch (value)
        {
            case NullNode:
                return null;
            case TextNode { Text: var text } when !string.IsNullOrWhiteSpace(text):
                return isExact ? text : text.Trim();
            case TextNode when !isExact:
                return null;
            default:
                source.Add(value.Place, "id is the id of the key that is meant, as text. Leave it out to mean the key by its name.");
                return null;
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

    private void FindTwice(MapNode map, Func<TextNode, string> identify)
    {
        IEnumerable<(TextNode Name, DesiredNode Value)> again = map.Entries
            .GroupBy(entry => identify(entry.Name), isExact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Skip(1));
        foreach ((TextNode name, _) in again)
        {
            source.Add(name.Place, $"{Show.Quote(name.Text)} is given twice. Keep one of the two.");
        }
    }

    private string TellUnknown(string name)
    {
        if (Computed.Any(computed => string.Equals(computed, name, _comparison)))
        {
            return $"'{name}' cannot be chosen: AWS or the connection decides it. Remove it.";
        }

        string[] known = [Id, .. ApiKeyField.All.Select(field => field.TerraformName)];
        string nearest = known.MinBy(candidate => Spelling.Distance(name, candidate))!;
        return Spelling.Distance(name, nearest) <= Math.Min(2, name.Length / 2)
            ? $"{Show.Quote(name)} is not an attribute of an API key. Did you mean '{nearest}'?"
            : $"{Show.Quote(name)} is not an attribute of an API key. There are: {string.Join(", ", known)}.";
    }

    private ApiKeyField? FieldOf(TextNode name) => ApiKeyField.All.FirstOrDefault(field =>
        Is(name, field.TerraformName) || Is(name, field.Name) || (!isExact && Is(name, field.Column)));

    private bool IsId(TextNode name) => Is(name, Id) || Is(name, "Id");

    private DesiredNode? Find(MapNode map, string name) => map.Find(name, _comparison);

    private bool Is(TextNode name, string expected) => string.Equals(name.Text, expected, _comparison);
}
