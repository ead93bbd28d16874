using System.Collections;
using System.Management.Automation;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// Reads which usage plans stand for those of a file: a hashtable, or an object with a property for each. Its names are ids, its
/// values ids, names or plan objects; none may be empty.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformUsagePlanMapAttribute : GivenAttribute
{
    private static readonly TransformPlanAttribute Plan = new() { IsIdColumn = true };

    /// <inheritdoc/>
    protected override object Read(object input)
    {
        Dictionary<string, UsagePlanIdentity> map = new(StringComparer.Ordinal);
        foreach ((object given, object? value) in PairsOf(input))
        {
            string id = (Input.Unwrap(given) as string)?.Trim() ?? throw new FormatException(
                $"The id {given} in the map is {Input.DescribeWithin(given)}; ids are text. Put it in quotes.");
            if (id.Length == 0 || !map.TryAdd(id, ReadPlan(id, value)))
            {
                throw new FormatException(id.Length == 0 ? "The map has an empty id. Give the id of a usage plan that the file names."
                    : $"The map has the id {Show.Quote(id)} twice. Keep one of the two.");
            }
        }

        return map;
    }

    /// <inheritdoc/>
    protected override bool SaysWhatIsMissing(object? input) => input is IDictionary { Count: > 0 };

    private static IEnumerable<(object, object?)> PairsOf(object input) => Input.Unwrap(input) switch
    {
        IDictionary map => map.Keys.Cast<object>().Select(key => (key, map[key])),
        PSCustomObject => ((PSObject)input).Properties.Select(property => ((object)property.Name, Input.ValueOf(property))),
        _ => throw new FormatException($"{Input.Describe(input)} is not a map of usage plans. Give a hashtable with the ids in the file "
            + "and the plans that stand for them, for example @{ a1b2c3 = 'gold' }."),
    };

    private static UsagePlanIdentity ReadPlan(string id, object? value) => Plan.Transform(null!, value) switch
    {
        UsagePlanIdentity[] and [{ Unusable: { } why }] => throw new FormatException($"What stands for {Show.Quote(id)}: {why}"),
        UsagePlanIdentity[] and [{ } one] => one,
        UsagePlanIdentity[] and [_, _, ..] =>
            throw new FormatException($"Several usage plans stand for {Show.Quote(id)} in the map. Give one."),
        _ => throw new FormatException($"Nothing stands for {Show.Quote(id)} in the map; perhaps a variable was never set. Give the id or "
            + "the name of a usage plan, or leave it out: then it stays as it is."),
    };
}
