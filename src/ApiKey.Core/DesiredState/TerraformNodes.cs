using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.DesiredState;

/// <summary>
/// Reads what Terraform writes as a desired state: a state file (version 4), or <c>terraform show -json</c> of a state or a
/// plan. Every managed aws_api_gateway_api_key counts, in modules too, with the id it has there.
/// </summary>
internal static class TerraformNodes
{
    private const string ResourceType = "aws_api_gateway_api_key";

    /// <summary>Whether a document is Terraform's.</summary>
    public static bool IsTerraform(DesiredNode root) =>
        root is MapNode map && (map.Find("format_version") is TextNode || (map.Find("terraform_version") is TextNode && map.Find("version") is OtherNode));

    /// <summary>The keys of a document of Terraform's.</summary>
    public static IReadOnlyList<DesiredKey> Read(MapNode root, DesiredSource source) =>
        [.. ResourcesOf(root).Select(attributes => ReadKey(attributes, source)).OfType<DesiredKey>()];

    private static IEnumerable<MapNode> ResourcesOf(MapNode root)
    {
        if (root.Find("format_version") is null)
        {
            return ItemsOf(root, "resources")
                .Where(IsKey)
                .SelectMany(resource => ItemsOf(resource, "instances"))
                .Where(instance => instance.Find("deposed") is null)
                .Select(instance => instance.Find("attributes"))
                .OfType<MapNode>();
        }

        MapNode? values = root.Find("planned_values") as MapNode ?? root.Find("values") as MapNode;
        return values?.Find("root_module") is MapNode module ? ResourcesIn(module) : [];
    }

    private static IEnumerable<MapNode> ResourcesIn(MapNode module) =>
        ItemsOf(module, "resources").Where(IsKey).Select(resource => resource.Find("values")).OfType<MapNode>()
            .Concat(ItemsOf(module, "child_modules").SelectMany(ResourcesIn));

    private static IEnumerable<MapNode> ItemsOf(MapNode map, string name) => (map.Find(name) as ListNode)?.Items.OfType<MapNode>() ?? [];

    private static bool IsKey(MapNode resource) => TextOf(resource, "mode") == "managed" && TextOf(resource, "type") == ResourceType;

    private static DesiredKey? ReadKey(MapNode attributes, DesiredSource source)
    {
        if (TextOf(attributes, "name") is not { } name)
        {
            source.Add(attributes.Place, "This key's name is not known yet. Apply the plan, or take the name from something Terraform knows beforehand.");
            return null;
        }

        // What Terraform keeps was taken by AWS already, so it is not judged again.
        ApiKeySpec spec = new()
        {
            Name = name,
            Description = TextOf(attributes, "description"),
            Enabled = (attributes.Find("enabled") as FlagNode)?.IsTrue,
            CustomerId = TextOf(attributes, "customer_id"),
            Value = TextOf(attributes, "value") is { Length: > 0 } value ? value : null,
            Tags = TagsOf(attributes, "tags_all") ?? TagsOf(attributes, "tags"),
        };
        return new DesiredKey(TextOf(attributes, "id"), DesiredStateReader.Complete(spec, new ApiKeySpec()), source, attributes.Place)
        {
            Region = TextOf(attributes, "region") ?? TextOf(attributes, "arn")?.Split(':').ElementAtOrDefault(3),
        };
    }

    // tags_all holds the default tags of Terraform's provider too, which the connection need not know.
    private static TagSet? TagsOf(MapNode attributes, string name) => attributes.Find(name) is MapNode tags
        ? TagSet.From(tags.Entries.Where(tag => tag.Value is TextNode).Select(tag => KeyValuePair.Create(tag.Name.Text, (string?)((TextNode)tag.Value).Text)))
        : null;

    private static string? TextOf(MapNode map, string name) => (map.Find(name) as TextNode)?.Text;
}
