using System.Collections;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>
/// What the AWS CLI writes for get-api-keys and get-usage-plans, <c>{ "items": [ … ] }</c>, and the items of it, as rows of something
/// new. Members that nobody can choose are omitted.
/// </summary>
internal static class AwsDocument
{
    private const string Items = "items";

    private static readonly string[] ReadOnly = ["id", "createdDate", "lastUpdatedDate", "stageKeys"];
    private static readonly string[] OfKeys = ["createdDate", "stageKeys"];
    private static readonly string[] OfPlans = ["apiStages", "throttle", "quota"];
    private static readonly string[] MoreItems = ["NextToken", "position"];

    /// <summary>Whether something is a whole document.</summary>
    public static bool Is(object? input) => Input.IsRow(input) && Find(input!, Items) is IList and not IDictionary
        && Find(input!, "name") is null;

    /// <summary>Whether something is a document, or an item of one.</summary>
    public static bool IsOrHolds(object? input) => Is(input) || IsItem(input);

    /// <summary>The items of a document as rows; of anything else only itself.</summary>
    /// <param name="row">The hashtable that came down the pipeline.</param>
    /// <param name="isOfPlans">Whether usage plans are wanted; API keys otherwise.</param>
    /// <exception cref="RowException">It is a part of a listing, or lists something else.</exception>
    public static IReadOnlyList<IDictionary> RowsOf(IDictionary row, bool isOfPlans)
    {
        if (IsItem(row))
        {
            return [ToRow(row, isOfPlans)];
        }

        if (!Is(row))
        {
            return [row];
        }

        return Array.Exists(MoreItems, more => Find(row, more) is not null)
            ? throw new RowException("This is a part of a listing: there are more items. Run the AWS CLI without --max-items and "
                + "--no-paginate.")
            : [.. ((IList)Find(row, Items)!).Cast<object>().Select(item => ToRow(item, isOfPlans))];
    }

    /// <summary>Objects of parsed JSON as hashtables, all the way down, without members that are the empty text, which ConvertTo-Json makes
    /// of an empty map that lies deep; anything else as it is.</summary>
    public static object? Plain(object? input) => Input.Unwrap(input) is PSCustomObject
        ? ToMap(input!, Plain, member => Find(input!, member) is not "") : input;

    private static bool IsItem(object? input) => Input.IsRow(input) && Find(input!, "id") is string
        && OfKeys.Concat(OfPlans).Any(member => IsThere(input!, member));

    private static Hashtable ToRow(object item, bool isOfPlans)
    {
        if (!Input.IsRow(item))
        {
            throw new RowException($"{Input.Describe(item)} is not an item of get-api-keys or get-usage-plans.");
        }

        if (OfPlans.Any(member => IsThere(item, member)) != isOfPlans && (!isOfPlans || OfKeys.Any(member => IsThere(item, member))))
        {
            throw new RowException(isOfPlans ? "This is an API key, not a usage plan. Use New-ApiGatewayApiKey."
                : "This is a usage plan, not an API key. Use New-ApiGatewayUsagePlan.");
        }

        Hashtable row = new(StringComparer.OrdinalIgnoreCase);
        foreach (string column in Input.ColumnsOf(item).Except(ReadOnly, StringComparer.OrdinalIgnoreCase))
        {
            object? value = Find(item, column);
            switch (column)
            {
                case var _ when value is null:
                    break;
                case "tags":
                    row[column] = ToMap(value, tag => tag, name => !name.StartsWith("aws:", StringComparison.Ordinal));
                    break;
                case "throttle":
                    Copy(value, row, "", "rateLimit", "burstLimit");
                    break;
                case "quota":
                    Copy(value, row, "Quota", "limit", "period", "offset");
                    break;
                case "apiStages" when value is ICollection { Count: 0 }:
                    break;
                case "apiStages":
                    row[column] = ((IEnumerable)value).Cast<object>().Select(stage => ToMap(stage,
                        of => Input.IsRow(of) ? ToMap(of!, limits => ToMap(limits!, limit => limit)) : of))
                        .ToArray<object>();
                    break;
                default:
                    row[column] = value;
                    break;
            }
        }

        // A key of AWS's without a description has none, and not Terraform's.
        if (!isOfPlans && !row.ContainsKey("description"))
        {
            row["description"] = "";
        }

        return row;
    }

    private static void Copy(object from, Hashtable to, string prefix, params string[] members)
    {
        foreach (string member in members)
        {
            if (Find(from, member) is { } value)
            {
                to[prefix + member] = value;
            }
        }
    }

    private static Hashtable ToMap(object input, Func<object?, object?> value, Func<string, bool>? takes = null)
    {
        Hashtable map = [];
        foreach (string member in Input.ColumnsOf(input).Where(takes ?? (_ => true)))
        {
            if (Find(input, member) is { } found)
            {
                map[member] = value(found);
            }
        }

        return map;
    }

    private static bool IsThere(object input, string member) => Input.ColumnsOf(input).Contains(member, StringComparer.Ordinal);

    private static object? Find(object input, string member)
    {
        if (!Input.TryFind(input, [member], out object? value) || Input.Unwrap(value) is not { } found)
        {
            return null;
        }

        return found is PSCustomObject ? value : found;
    }
}

/// <summary>Makes a hashtable of a document of the AWS CLI, or of an item of one, so that it binds as a row.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformAwsDocumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Input.Unwrap(inputData) is IDictionary || !AwsDocument.IsOrHolds(inputData))
        {
            return inputData;
        }

        Hashtable row = new(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in ((PSObject)inputData).Properties)
        {
            row[property.Name] = property.Value;
        }

        return row;
    }
}
