using System.Text.RegularExpressions;
using ApiKey.Formats;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>What the readers of entries share: names, texts, tags, and how problems are noted.</summary>
/// <param name="source">Where it was written; problems go there.</param>
/// <param name="isExact">
/// Whether names count in exact case and types as written, as in JSON. Otherwise case is ignored as in PowerShell, and text may
/// say true, false, numbers or tags, as in CSV.
/// </param>
internal sealed partial class EntryReader(DesiredSource source, bool isExact)
{
    private readonly StringComparison _comparison = isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether names and types count exactly.</summary>
    public bool IsExact => isExact;

    /// <summary>How many problems there are so far.</summary>
    public int Problems => source.Problems.Count;

    /// <summary>Notes a problem.</summary>
    public void Add(DesiredNode node, string message) => source.Add(node.Place, message);

    /// <summary>Whether a name is one of these.</summary>
    public bool Is(TextNode name, params ReadOnlySpan<string> expected)
    {
        foreach (string one in expected)
        {
            if (string.Equals(name.Text, one, _comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What one of these names says; null when none is there.</summary>
    public DesiredNode? Find(MapNode map, params string[] names) =>
        names.Select(name => map.Find(name, _comparison)).FirstOrDefault(found => found is not null);

    /// <summary>Notes names that are given twice, in whatever spelling.</summary>
    public void FindTwice(MapNode map, Func<TextNode, string> identify)
    {
        IEnumerable<(TextNode Name, DesiredNode Value)> again = map.Entries
            .GroupBy(entry => identify(entry.Name), isExact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Skip(1));
        foreach ((TextNode name, _) in again)
        {
            Add(name, $"{Show.Quote(name.Text)} is given twice. Keep one of the two.");
        }
    }

    /// <summary>Notes a name that is not known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it would be an attribute of.</param>
    /// <param name="known">What there is.</param>
    /// <param name="computed">What nobody can choose.</param>
    public void AddUnknown(TextNode name, string what, IReadOnlyCollection<string> known, params string[] computed)
    {
        string nearest = known.MinBy(candidate => Spelling.Distance(name.Text, candidate))!;
        Add(name, Is(name, computed)
            ? $"'{name.Text}' cannot be chosen: AWS or the connection decides it. Remove it."
            : Spelling.Distance(name.Text, nearest) <= Math.Min(2, name.Text.Length / 2)
                ? $"{Show.Quote(name.Text)} is not an attribute of {what}. Did you mean '{nearest}'?"
                : $"{Show.Quote(name.Text)} is not an attribute of {what}. There are: {string.Join(", ", known)}.");
    }

    /// <summary>Reads tags.</summary>
    public TagSet ReadTags(MapNode map)
    {
        List<KeyValuePair<string, string?>> tags = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (!names.Add(name.Text))
            {
                Add(name, $"The tag {Show.Quote(name.Text)} is given twice. Keep one of the two.");
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
                Add(value, $"The tag {Show.Quote(name.Text)} has no value. Give its value as text, empty text for an empty "
                    + "value, or leave the tag out.");
            }
            else
            {
                Add(value, $"The value of tag {Show.Quote(name.Text)} is not text. Put it in quotes.");
            }
        }

        return TagSet.From(tags);
    }

    /// <summary>Reads an id; null for none.</summary>
    public string? ReadId(DesiredNode value, string what)
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
                Add(value, $"id is the id of the {what} that is meant, as text. Leave it out to mean the {what} by its name.");
                return null;
        }
    }

    /// <summary>Reads the region an entry is about; null for the connection's.</summary>
    public string? ReadRegion(DesiredNode value)
    {
        switch (value)
        {
            case NullNode:
            case TextNode { Text.Length: 0 } when !isExact:
                return null;
            case TextNode { Text: var text } when RegionName().IsMatch(text):
                return text;
            default:
                Add(value, "region is the name of a region, for example eu-central-1. Leave it out to mean the connection's region.");
                return null;
        }
    }

    /// <summary>Reads the usage plans a key is in; null when nothing is specified.</summary>
    public IReadOnlyList<PlanReference>? ReadPlans(DesiredNode value)
    {
        switch (value)
        {
            case NullNode:
            case TextNode { Text.Length: 0 } when !isExact:
                return null;
            case TextNode { Text: var text } when !isExact:
                return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(one => new PlanReference(one, PlanReferenceKind.IdOrName, value.Place))];
            case ListNode list:
                return [.. list.Items.Select(ReadPlan).OfType<PlanReference>()];
            default:
                Add(value, "usage_plans is a list of usage plans, each by its name or id, for example "
                    + $"{(isExact ? """[ "gold" ]""" : "gold")}. Leave it out to leave the key's plans alone.");
                return null;
        }
    }

    private PlanReference? ReadPlan(DesiredNode node)
    {
        switch (node)
        {
            case TextNode { Text: var text } when !string.IsNullOrWhiteSpace(text):
                return new PlanReference(text, PlanReferenceKind.IdOrName, node.Place);
            case MapNode { Entries: [(TextNode name, TextNode { Text: var text })] }
                when Is(name, "id", "Id", "name", "Name") && !string.IsNullOrWhiteSpace(text):
                return new PlanReference(text, Is(name, "id", "Id") ? PlanReferenceKind.Id : PlanReferenceKind.Name, node.Place);
            // A plan as an object, with whatever else it has.
            case MapNode map when !isExact && Find(map, "id") is TextNode { Text.Length: > 0 } id:
                return new PlanReference(id.Text, PlanReferenceKind.Id, node.Place);
            default:
                Add(node, "A usage plan is referred to by its name or id as text; or by one of the two alone, for example "
                    + $"{(isExact ? """{ "id": "a1b2c3" }""" : "@{ id = 'a1b2c3' }")}.");
                return null;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RegionName();
}
