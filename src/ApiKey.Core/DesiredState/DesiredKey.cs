using System.Globalization;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>A file, or objects, that say which keys should be; with everything that is wrong with it.</summary>
internal sealed class DesiredSource(string name)
{
    /// <summary>The file's path, or what the objects are called.</summary>
    public string Name { get; } = name;

    /// <summary>What is wrong, in no order.</summary>
    public List<FileProblem> Problems { get; } = [];

    /// <summary>Where in it something stands, for example <c>Line 4 of keys.json</c>.</summary>
    public string Origin(NodePlace place) => place.Column == 0
        ? string.Create(CultureInfo.InvariantCulture, $"Object {place.Line} of the desired state")
        : string.Create(CultureInfo.InvariantCulture, $"Line {place.Line} of {Path.GetFileName(Name)}");

    /// <summary>Notes a problem.</summary>
    public void Add(NodePlace place, string message) => Problems.Add(new FileProblem(place.Line, place.Column, message));

    /// <summary>The problems as one exception, in file order.</summary>
    public FileProblemException ToException() =>
        new(Name, [.. Problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)
            .Take(FileProblemException.MostProblems)]);
}

/// <summary>
/// One key that should be. Its spec says every attribute but the value: what an entry omits has Terraform's default, as a
/// resource block of Terraform has it.
/// </summary>
/// <param name="Id">The key meant; null to mean it by its name.</param>
/// <param name="Spec">What it should be. A value only when the entry says one.</param>
/// <param name="Source">Where the entry stands.</param>
/// <param name="Place">Where in it.</param>
internal sealed record DesiredKey(string? Id, ApiKeySpec Spec, DesiredSource Source, NodePlace Place)
{
    /// <summary>The region the entry is about; null for whatever region it is compared with.</summary>
    public string? Region { get; init; }

    /// <summary>The usage plans the key is in, and no others; null when the entry does not say, so that they are left alone.</summary>
    public IReadOnlyList<PlanReference>? UsagePlans { get; init; }

    /// <summary>Where it stands, for example <c>Line 4 of keys.json</c>.</summary>
    public string Origin => Source.Origin(Place);

    /// <summary>The name, never the value.</summary>
    public override string ToString() => Show.Escape($"API key {Show.Quote(Spec.Name)}");

    /// <summary>Notes with its source each entry that says what an earlier one says already, so that both mean the same key.</summary>
    public static void FindDoubles(IReadOnlyList<DesiredKey> keys, bool isOneRegion = false)
    {
        keys = isOneRegion ? [.. keys.Select(key => key with { Region = null })] : keys;
        Find(keys.Where(key => key.Id is not null), key => key.Id!, other => $"{other.Origin} has the same id. Keep one of the two.");
        Find(
            keys.GroupBy(key => (key.Region, key.Spec.Name!)).Where(group => group.Any(key => key.Id is null))
                .SelectMany(group => group),
            key => key.Spec.Name!,
            other => $"{other.Origin} has the same name, {Show.Quote(other.Spec.Name)}, so the name does not tell which key is meant. Give "
                + "each of them its id, or keep one.");
        Find(keys.Where(key => key.Spec.Value is not null), key => key.Spec.Value!,
            other => $"{other.Origin} has the same value, and AWS accepts a value only once. Give each key a value of its own, or leave it "
                + "out.");
    }

    private static void Find(IEnumerable<DesiredKey> keys, Func<DesiredKey, string> what, Func<DesiredKey, string> tell)
    {
        // What is in two regions are two keys.
        Dictionary<(string? Region, string What), DesiredKey> seen = [];
        foreach (DesiredKey key in keys)
        {
            if (!seen.TryAdd((key.Region, what(key)), key))
            {
                key.Source.Add(key.Place, tell(seen[(key.Region, what(key))]));
            }
        }
    }
}
