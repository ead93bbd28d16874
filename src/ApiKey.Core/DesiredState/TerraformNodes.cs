using System.Text.RegularExpressions;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// Reads what Terraform writes as a desired state: a state file (version 4), or <c>terraform show -json</c> of a state or a
/// plan. Every managed aws_api_gateway_api_key counts, in modules too, with the id it has there. A document that is not
/// understood to its end is refused whole: a key that was overlooked would be one that nobody wants.
/// </summary>
internal sealed partial class TerraformNodes
{
    private const string ResourceType = "aws_api_gateway_api_key";
    private const string TaintedStatus = "tainted";
    private const string ShowCommand = "terraform show -json";

    private static readonly string[] MembersOfState =
        ["version", "terraform_version", "serial", "lineage", "outputs", "resources", "check_results"];

    private static readonly string[] MembersOfShown =
    [
        "format_version", "terraform_version", "values", "checks", "variables", "planned_values", "resource_drift", "resource_changes",
            "deferred_changes", "output_changes", "prior_state",
        "configuration", "relevant_attributes", "timestamp", "applyable", "complete", "errored", "action_invocations",
            "deferred_action_invocations",
    ];

    private static readonly string[] MembersOfResource = ["module", "mode", "type", "name", "each", "provider", "instances"];

    private static readonly string[] MembersOfInstance =
    [
        "index_key", "status", "deposed", "schema_version", "attributes", "attributes_flat", "sensitive_attributes",
            "identity_schema_version", "identity", "private", "dependencies",
        "create_before_destroy", "skip_destroy",
    ];

    private static readonly string[] MembersOfShownResource =
    [
        "address", "mode", "type", "name", "index", "provider_name", "schema_version", "values", "sensitive_values",
            "identity_schema_version", "identity", "depends_on", "tainted", "deposed_key",
    ];

    // What a key is compared by, and so what must be known of it.
    private static readonly string[] ComparedAttributes = ["name", "description", "enabled", "customer_id", "tags", "tags_all"];

    private readonly DesiredSource _source;
    private readonly List<DesiredKey> _keys = [];

    private TerraformNodes(DesiredSource source)
    {
        _source = source;
    }

    /// <summary>Whether a document is Terraform's, of whatever version.</summary>
    public static bool IsTerraform(DesiredNode root) => root is MapNode map
        && (Has(map, "format_version") || Has(map, "terraform_version") || Has(map, "lineage") || Has(map, "encrypted_data")
            || (Has(map, "version") && (Has(map, "resources") || Has(map, "modules") || Has(map, "serial"))));

    /// <summary>The keys of a document of Terraform's; none, and the problems noted with the source, when it is not fully
    /// understood.</summary>
    public static IReadOnlyList<DesiredKey> Read(MapNode root, DesiredSource source)
    {
        int before = source.Problems.Count;
        TerraformNodes reader = new(source);
        if (Has(root, "encrypted_data"))
        {
            source.Add(root.Place, $"This state is encrypted. Give the output of {ShowCommand} instead.");
        }
        else if (Has(root, "format_version"))
        {
            reader.ReadShown(root);
        }
        else
        {
            reader.ReadState(root);
        }

        return source.Problems.Count == before ? reader._keys : [];
    }

    private void ReadState(MapNode root)
    {
        if (root.Find("version") is not OtherNode { Text: "4" })
        {
            string version = root.Find("version")
                switch
            {
                OtherNode number => $"version {Show.Plain(number.Text)}",
                TextNode text => $"version {Show.Quote(text.Text)}",
                _ => "an unknown version"
            };
            _source.Add((root.Find("version") ?? root).Place,
                $"This is a Terraform state of {version}, and only version 4 is read. Let Terraform 0.12 or newer upgrade it (terraform "
                + $"apply -refresh-only), or give the output of {ShowCommand}.");
            return;
        }

        CheckMembers(root, MembersOfState, "a Terraform state of version 4");
        foreach (MapNode resource in MapsOf(root, "resources", isRequired: true).Where(IsKey))
        {
            CheckMembers(resource, MembersOfResource, $"a resource of type {ResourceType}");
            IReadOnlyList<MapNode> instances = MapsOf(resource, "instances", isRequired: true);
            if (instances.Count == 0 && resource.Find("instances") is ListNode { Items.Count: 0 })
            {
                _source.Add(resource.Place,
                    "This resource has no instances, so which keys it stands for is not clear. Run terraform apply first.");
            }

            foreach (MapNode instance in instances)
            {
                ReadInstance(instance);
            }
        }
    }

    private void ReadInstance(MapNode instance)
    {
        CheckMembers(instance, MembersOfInstance, $"an instance of {ResourceType}");
        if (instance.Find("deposed") is not (null or NullNode))
        {
            RefuseDeposed(instance);
        }
        else if (instance.Find("attributes_flat") is not (null or NullNode))
        {
            _source.Add(instance.Place,
                "This key is written in the form of Terraform 0.11 (attributes_flat), which is not read. Let a newer Terraform upgrade "
                + $"the state (terraform apply -refresh-only), or give the output of {ShowCommand}.");
        }
        else if (instance.Find("status") is not (null or NullNode or TextNode { Text: TaintedStatus }))
        {
            _source.Add(instance.Find("status")!.Place, "The status of this key is not known here. Run terraform apply first.");
        }
        else if (instance.Find("attributes") is MapNode attributes)
        {
            ReadKey(attributes, unknown: null);
        }
        else
        {
            _source.Add(instance.Place, "This key has no attributes. Run terraform apply first.");
        }
    }

    private void ReadShown(MapNode root)
    {
        if (root.Find("format_version") is not TextNode { Text: var version } || !KnownFormat().IsMatch(version))
        {
            string given = root.Find("format_version") is TextNode text ? Show.Quote(text.Text) : "that is not text";
            _source.Add(root.Find("format_version")!.Place,
                $"This is output of {ShowCommand} with the format_version {given}, and only versions 1.x (and 0.1, 0.2) are read.");
            return;
        }

        CheckMembers(root, MembersOfShown, $"the output of {ShowCommand}");
        CheckComplete(root);
        switch (root.Find("planned_values"), root.Find("values"))
        {
            case (MapNode planned, null):
                ReadModule(RootOf(planned), UnknownByAddress(root));
                break;
            case (null, MapNode values) when !Has(root, "resource_changes"):
                ReadModule(RootOf(values), new Dictionary<string, MapNode>(StringComparer.Ordinal));
                break;
            default:
                _source.Add(root.Place, $"This output of {ShowCommand} (format_version {Show.Quote(version)}) has neither the values of a "
                    + $"state nor the planned_values of a plan, so nothing is known of any key. An empty state looks so, too. A desired "
                    + $"state without any keys is written {{ \"keys\": [] }}.");
                break;
        }
    }

    // A plan that did not end, or covers only a part, says nothing of the rest.
    private void CheckComplete(MapNode root)
    {
        foreach ((string member, bool good) in new[] { ("errored", false), ("complete", true) })
        {
            if (root.Find(member) is { } given && !(given is FlagNode flag && flag.IsTrue == good))
            {
                _source.Add(given.Place, member == "errored"
                    ? "This plan ended with an error, so it does not list every key. Fix the configuration and plan again."
                    : "This plan is not complete: it was made with -target or has deferred changes. Make a plan of everything.");
            }
        }

        if (root.Find("deferred_changes") is { } deferred and not (NullNode or ListNode { Items.Count: 0 }))
        {
            _source.Add(deferred.Place, "This plan has deferred changes, so it does not list every key. Apply it and plan again.");
        }
    }

    private MapNode? RootOf(MapNode values)
    {
        CheckMembers(values, ["outputs", "root_module"], "the values");
        if (values.Find("root_module") is MapNode module)
        {
            return module;
        }

        _source.Add(values.Place, "'root_module' is missing or not an object, so which keys there are is not known.");
        return null;
    }

    private void ReadModule(MapNode? module, IReadOnlyDictionary<string, MapNode> unknown)
    {
        if (module is null)
        {
            return;
        }

        CheckMembers(module, ["address", "resources", "child_modules"], "a module");
        foreach (MapNode resource in MapsOf(module, "resources", isRequired: false).Where(IsKey))
        {
            CheckMembers(resource, MembersOfShownResource, $"a resource of type {ResourceType}");
            if (resource.Find("deposed_key") is not (null or NullNode))
            {
                RefuseDeposed(resource);
            }
            else if (resource.Find("values") is MapNode values)
            {
                ReadKey(values, TextOf(resource, "address") is { } address ? unknown.GetValueOrDefault(address) : null);
            }
            else
            {
                _source.Add(resource.Place, "This key has no values.");
            }
        }

        foreach (MapNode child in MapsOf(module, "child_modules", isRequired: false))
        {
            ReadModule(child, unknown);
        }
    }

    private Dictionary<string, MapNode> UnknownByAddress(MapNode root)
    {
        Dictionary<string, MapNode> unknown = new(StringComparer.Ordinal);
        foreach (MapNode change in MapsOf(root, "resource_changes", isRequired: false).Where(IsKey))
        {
            if (TextOf(change, "address") is { } address && change.Find("change") is MapNode { } details && details.Find("after_unknown")
                is MapNode after)
            {
                unknown[address] = after;
            }
        }

        return unknown;
    }

    private void ReadKey(MapNode attributes, MapNode? unknown)
    {
        int before = _source.Problems.Count;
        CheckMembers(attributes, known: null, "this key");

        // For a new key without any tags, Terraform does not know tags_all, which then is as empty as tags.
        bool hasNoTags = attributes.Find("tags") is null or NullNode or MapNode { Entries.Count: 0 };
        foreach (string attribute in ComparedAttributes.Where(attribute => !(hasNoTags && attribute == "tags_all")
            && IsUnknown(unknown?.Find(attribute))))
        {
            _source.Add(attributes.Place,
                $"The {attribute} of this key is not known before the plan is applied. Apply the plan, or take it from something Terraform "
                + "knows beforehand.");
        }

        string? name = ReadText(attributes, "name");
        if (name is null && _source.Problems.Count == before)
        {
            _source.Add(attributes.Place,
                "This key's name is not known yet. Apply the plan, or take the name from something Terraform knows beforehand.");
        }

        // What Terraform keeps was accepted by AWS already, so it is not judged again.
        ApiKeySpec spec = new()
        {
            Name = name,
            Description = ReadText(attributes, "description"),
            Enabled = ReadFlag(attributes, "enabled"),
            CustomerId = ReadText(attributes, "customer_id"),
            Value = ReadText(attributes, "value") is { Length: > 0 } value ? value : null,
            Tags = ReadTags(attributes, "tags_all") is { } all ? all : ReadTags(attributes, "tags"),
        };
        string? id = ReadText(attributes, "id");
        string? region = ReadText(attributes, "region") ?? ReadText(attributes, "arn")?.Split(':').ElementAtOrDefault(3);
        if (id is { Length: 0 })
        {
            _source.Add(attributes.Place, "This key has an empty id.");
        }

        if (_source.Problems.Count == before)
        {
            _keys.Add(new DesiredKey(id, spec.Complete(new ApiKeySpec()), _source, attributes.Place) { Region = region });
        }
    }

    // A list or map is unknown when anything in it is.
    private static bool IsUnknown(DesiredNode? node) => node switch
    {
        FlagNode flag => flag.IsTrue,
        MapNode map => map.Entries.Any(entry => IsUnknown(entry.Value)),
        ListNode list => list.Items.Any(IsUnknown),
        _ => false,
    };

    private void RefuseDeposed(MapNode instance) =>
        _source.Add(instance.Place, "This key was replaced, and Terraform has yet to remove it (deposed). Run terraform apply first.");

    private string? ReadText(MapNode map, string name) => Read(map, name, node => (node as TextNode)?.Text, "text");

    private bool? ReadFlag(MapNode map, string name) => map.Find(name) switch
    {
        null or NullNode => null,
        FlagNode flag => flag.IsTrue,
        { } other => NotA<bool?>(other, name, "true or false"),
    };

    // tags_all holds the default tags of Terraform's provider too, which the connection need not know.
    private TagSet? ReadTags(MapNode map, string name)
    {
        if (map.Find(name) is not MapNode tags)
        {
            return Read<TagSet>(map, name, _ => null, "an object");
        }

        CheckMembers(tags, known: null, "the tags");
        return TagSet.From([.. tags.Entries.Select(tag => KeyValuePair.Create(tag.Name.Text, tag.Value
            is TextNode text ? text.Text : NotA<string>(tag.Value, $"tag {Show.Quote(tag.Name.Text)}", "text")))]);
    }

    private T? Read<T>(MapNode map, string name, Func<DesiredNode, T?> read, string kind)
        where T : class => map.Find(name) switch
        {
            null or NullNode => null,
            { } node => read(node) ?? NotA<T>(node, name, kind),
        };

    private T? NotA<T>(DesiredNode node, string name, string kind)
    {
        _source.Add(node.Place, $"The {name} of this key is not {kind}.");
        return default;
    }

    private IReadOnlyList<MapNode> MapsOf(MapNode map, string name, bool isRequired)
    {
        DesiredNode? node = map.Find(name);
        if (node is ListNode list && list.Items.All(item => item is MapNode))
        {
            return [.. list.Items.Cast<MapNode>()];
        }

        if (isRequired || node is not (null or NullNode))
        {
            _source.Add((node ?? map).Place, $"'{name}' is missing or not a list of objects, so which keys there are is not known.");
        }

        return [];
    }

    private bool IsKey(MapNode resource)
    {
        if (TextOf(resource, "mode") is "managed" or "data" && TextOf(resource, "type") is { } type)
        {
            return TextOf(resource, "mode") == "managed" && type == ResourceType;
        }

        _source.Add(resource.Place, "This resource has no mode or type that is known here, so whether it is an API key is not clear.");
        return false;
    }

    // Any name twice, and names that this version does not have, may hide a key.
    private void CheckMembers(MapNode map, IReadOnlyCollection<string>? known, string what)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((TextNode name, _) in map.Entries)
        {
            if (!seen.Add(name.Text))
            {
                _source.Add(name.Place, $"{Show.Quote(name.Text)} is given twice. Terraform does not write such a file.");
            }
            else if (known?.Contains(name.Text, StringComparer.Ordinal) is false)
            {
                _source.Add(name.Place, $"{Show.Quote(name.Text)} is not known of {what}, so what it means for the keys is not clear. "
                    + "Update this module, or write a desired state by hand.");
            }
        }
    }

    private static bool Has(MapNode map, string name) => map.Find(name) is not null;

    private static string? TextOf(MapNode map, string name) => (map.Find(name) as TextNode)?.Text;

    [GeneratedRegex(@"^(0\.[12]|1\.[0-9]{1,3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownFormat();
}
