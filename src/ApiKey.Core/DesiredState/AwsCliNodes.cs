using ApiKey.Formats;

namespace ApiKey.DesiredState;

/// <summary>
/// Makes a desired state of what lists keys and usage plans as they are: <c>{ "items": [ … ] }</c> of the AWS CLI and of boto3, and keys
/// that AWS.Tools or these commands emit, as JSON or rows. Members that nobody can choose are omitted, and what an item does not have,
/// the key or plan does not have.
/// </summary>
internal static class AwsCliNodes
{
    private const string Items = "items";
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    private static readonly string[] ReadOnlyMembers = ["createdDate", "lastUpdatedDate", "stageKeys", "Arn", "ProfileName", "TagsAll",
        "RotatedFrom", "RotatedTo", "StackName"];
    private static readonly string[] TextMembers = ["name", "description"];
    private static readonly string[] PlanMembers = ["apiStages", "throttle", "quota", "productCode"];

    /// <summary>Whether a document is one of those.</summary>
    public static bool IsDocument(DesiredNode root) => IsItem(root)
        || (root is ListNode { Items.Count: > 0 } list && list.Items.All(IsItem))
        || (root is MapNode map && map.Find(Items) is ListNode
            && map.Entries.All(entry => entry.Name.Text is Items or "position" or "NextToken" or "warnings" or "ResponseMetadata"));

    /// <summary>Whether it is one item of those.</summary>
    public static bool IsItem(DesiredNode node) => node is MapNode map && map.Find("id", AnyCase) is TextNode
        && (map.Find("createdDate", AnyCase) is not null || IsPlan(map));

    /// <summary>A document as a desired state of ours.</summary>
    /// <exception cref="FileProblemException">It is only a part of a listing, or lists nothing.</exception>
    public static MapNode ToDesired(DesiredNode root) => root switch
    {
        ListNode list => ToDesired(list.Place, list.Items),
        _ when IsItem(root) => ToDesired(root.Place, [root]),
        _ => ToDesired((MapNode)root),
    };

    private static MapNode ToDesired(MapNode root)
    {
        if ((root.Find("NextToken") ?? root.Find("position")) is { } more and not NullNode)
        {
            throw Problem(more, "This is a part of a listing: there are more items. Run the AWS CLI without --max-items and "
                + "--no-paginate.");
        }

        ListNode items = (ListNode)root.Find(Items)!;
        if (items.Items.Count == 0)
        {
            throw Problem(items, "Whether this lists no keys or no usage plans is not clear. A desired state without any keys is written "
                + "{ \"keys\": [] }.");
        }

        if (items.Items[0] is MapNode first && first.Find("type") is TextNode { Text: "API_KEY" })
        {
            throw Problem(items, "This lists the keys of a usage plan, and of each only its id and name. Give the output of "
                + "aws apigateway get-api-keys.");
        }

        DesiredNode[] plans = [.. items.Items.Where(item => item is MapNode map && IsPlan(map))];
        DesiredNode[] keys = [.. items.Items.Except(plans)];
        List<(TextNode, DesiredNode)> entries = [];
        if (keys.Length > 0)
        {
            entries.Add((new TextNode(items.Place, "keys"), new ListNode(items.Place, [.. keys.Select(ToEntry)])));
        }

        if (plans.Length > 0)
        {
            entries.Add((new TextNode(items.Place, "usage_plans"), new ListNode(items.Place, [.. plans.Select(ToEntry)])));
        }

        return new MapNode(root.Place, entries);
    }

    private static MapNode ToDesired(NodePlace place, IReadOnlyList<DesiredNode> items) =>
        ToDesired(new MapNode(place, [(new TextNode(place, Items), new ListNode(place, items))]));

    private static bool IsPlan(MapNode map) => Array.Exists(PlanMembers, member => map.Find(member, AnyCase) is not null);

    // AWS writes createdDate, AWS.Tools and we CreatedDate.
    private static string Camel(TextNode name) => name.Text.Length == 0 ? "" : $"{char.ToLowerInvariant(name.Text[0])}{name.Text[1..]}";

    private static DesiredNode ToEntry(DesiredNode item)
    {
        if (item is not MapNode map)
        {
            return item;
        }

        List<(TextNode Name, DesiredNode)> entries = [.. map.Entries
            .Where(entry => !ReadOnlyMembers.Contains(entry.Name.Text, StringComparer.OrdinalIgnoreCase)
                && entry.Value is not NullNode)
            .Select(entry =>
            Camel(entry.Name) switch
            {
                "id" or "name" or "description" or "enabled" or "value" or "region"
                    => Rename(entry.Name, entry.Name.Text.ToLowerInvariant(), entry.Value),
                "customerId" => Rename(entry.Name, "customer_id", entry.Value),
                "productCode" => Rename(entry.Name, "product_code", entry.Value),
                "usagePlanIds" => Rename(entry.Name, "usage_plans", entry.Value),
                "tags" when entry.Value is MapNode tags => Rename(entry.Name, "tags", new MapNode(tags.Place,
                    [.. tags.Entries.Where(tag => !tag.Name.Text.StartsWith("aws:", StringComparison.Ordinal))])),
                "tags" => Rename(entry.Name, "tags", entry.Value),
                "quota" => Rename(entry.Name, "quota_settings", entry.Value),
                "throttle" => Rename(entry.Name, "throttle_settings", Limits(entry.Value)),
                "apiStages" when entry.Value is ListNode stages => Rename(entry.Name, "api_stages",
                    new ListNode(stages.Place, [.. stages.Items.Select(ToStage)])),
                "apiStages" => Rename(entry.Name, "api_stages", entry.Value),
                _ => entry,
            })];

        // In which plans a key is, an export says; that it should be in none, it does not.
        entries.RemoveAll(entry => entry.Name.Text == "usage_plans" && entry.Item2 is ListNode { Items.Count: 0 });

        // A key of AWS's without a description has none, and not Terraform's.
        foreach (string text in TextMembers.Where(text => !entries.Exists(entry => entry.Name.Text == text)))
        {
            entries.Add((new TextNode(map.Place, text), new TextNode(map.Place, "")));
        }

        return new MapNode(map.Place, entries);
    }

    private static DesiredNode ToStage(DesiredNode node) => node is not MapNode map ? node
        : new MapNode(map.Place, [.. map.Entries.Select(entry => Camel(entry.Name) switch
        {
            "apiId" => Rename(entry.Name, "api_id", entry.Value),
            "stage" => Rename(entry.Name, "stage", entry.Value),
            "throttle" when entry.Value is MapNode methods => Rename(entry.Name, "throttle",
                new MapNode(methods.Place, [.. methods.Entries.Select(method => (method.Name, Limits(method.Value)))])),
            _ => entry,
        })]);

    private static DesiredNode Limits(DesiredNode node) => node is not MapNode map ? node
        : new MapNode(map.Place, [.. map.Entries.Select(entry => Camel(entry.Name) switch
        {
            "rateLimit" => Rename(entry.Name, "rate_limit", entry.Value),
            "burstLimit" => Rename(entry.Name, "burst_limit", entry.Value),
            _ => entry,
        })]);

    private static (TextNode Name, DesiredNode Value) Rename(TextNode name, string ours, DesiredNode value)
        => (new TextNode(name.Place, ours), value);

    private static FileProblemException Problem(DesiredNode at, string message) => new(at.Place.Line, at.Place.Column, message);
}
