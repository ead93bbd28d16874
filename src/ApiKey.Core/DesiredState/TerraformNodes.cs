using System.Text.RegularExpressions;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// Reads what Terraform writes as a desired state: a state file (version 4), or <c>terraform show -json</c> of a state or a
/// plan. Every managed aws_api_gateway_api_key, _usage_plan and _usage_plan_key counts, in modules too, with the id it has there. A
/// document that is not
/// understood to its end is refused whole: a key that was overlooked would be one that nobody wants.
/// </summary>
internal sealed partial class TerraformNodes
{
    private const string KeyType = "aws_api_gateway_api_key";
    private const string PlanType = "aws_api_gateway_usage_plan";
    private const string MemberType = "aws_api_gateway_usage_plan_key";
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

    // The same of a usage plan. Its tags_all are its tags here.
    private static readonly string[] PlanAttributes =
        ["name", "description", "product_code", "api_stages", "throttle_settings", "quota_settings", "tags", "tags_all"];

    private readonly DesiredSource _source;
    private readonly List<DesiredKey> _keys = [];
    private readonly List<DesiredPlan> _plans = [];
    private readonly List<(Resource Resource, MapNode Attributes)> _members = [];
    private readonly Dictionary<string, DesiredKey> _keysByAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DesiredPlan> _plansByAddress = new(StringComparer.Ordinal);

    private TerraformNodes(DesiredSource source)
    {
        _source = source;
    }

    /// <summary>Whether a document is Terraform's, of whatever version.</summary>
    public static bool IsTerraform(DesiredNode root) => root is MapNode map
        && (Has(map, "format_version") || Has(map, "terraform_version") || Has(map, "lineage") || Has(map, "encrypted_data")
            || (Has(map, "version") && (Has(map, "resources") || Has(map, "modules") || Has(map, "serial"))));

    /// <summary>What a document of Terraform's says; nothing, and the problems noted with the source, when it is not fully
    /// understood.</summary>
    public static DesiredEntries Read(MapNode root, DesiredSource source)
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

        DesiredMember[] members = source.Problems.Count > before ? []
            : [.. reader._members.Select(reader.ToMember).OfType<DesiredMember>()];
        return source.Problems.Count > before ? DesiredEntries.None : new DesiredEntries
        {
            Keys = reader._keys,
            Plans = reader._plans,
            Members = members,
            ListsKeys = true,
            ListsPlans = reader._plans.Count > 0,
        };
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
        foreach (MapNode resource in MapsOf(root, "resources", isRequired: true).Where(IsOurs))
        {
            string type = TextOf(resource, "type")!;
            CheckMembers(resource, MembersOfResource, $"a resource of type {type}");
            IReadOnlyList<MapNode> instances = MapsOf(resource, "instances", isRequired: true);
            if (instances.Count == 0 && resource.Find("instances") is ListNode { Items.Count: 0 })
            {
                _source.Add(resource.Place,
                    "This resource has no instances, so what it stands for is not clear. Run terraform apply first.");
            }

            foreach (MapNode instance in instances)
            {
                ReadInstance(instance, new Resource(type));
            }
        }
    }

    private void ReadInstance(MapNode instance, Resource resource)
    {
        CheckMembers(instance, MembersOfInstance, $"an instance of {resource.Type}");
        if (instance.Find("deposed") is not (null or NullNode))
        {
            RefuseDeposed(instance, resource);
        }
        else if (instance.Find("attributes_flat") is not (null or NullNode))
        {
            _source.Add(instance.Place,
                $"This {resource.What} is written in the form of Terraform 0.11 (attributes_flat), which is not read. Let a newer "
                + $"Terraform upgrade the state (terraform apply -refresh-only), or give the output of {ShowCommand}.");
        }
        else if (instance.Find("status") is not (null or NullNode or TextNode { Text: TaintedStatus }))
        {
            _source.Add(instance.Find("status")!.Place,
                $"The status of this {resource.What} is not known here. Run terraform apply first.");
        }
        else if (instance.Find("attributes") is MapNode attributes)
        {
            ReadResource(resource, attributes);
        }
        else
        {
            _source.Add(instance.Place, $"This {resource.What} has no attributes. Run terraform apply first.");
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
                ReadModule(RootOf(planned), UnknownByAddress(root), "",
                    (root.Find("configuration") as MapNode)?.Find("root_module") as MapNode);
                break;
            case (null, MapNode values) when !Has(root, "resource_changes"):
                ReadModule(RootOf(values), new Dictionary<string, MapNode>(StringComparer.Ordinal), "", configuration: null);
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

    private void ReadModule(MapNode? module, IReadOnlyDictionary<string, MapNode> unknown, string prefix, MapNode? configuration)
    {
        if (module is null)
        {
            return;
        }

        CheckMembers(module, ["address", "resources", "child_modules"], "a module");
        foreach (MapNode shown in MapsOf(module, "resources", isRequired: false).Where(IsOurs))
        {
            string address = TextOf(shown, "address") ?? "";
            Resource resource = new(TextOf(shown, "type")!, address, prefix, TextOf(shown, "name"), configuration,
                unknown.GetValueOrDefault(address));
            CheckMembers(shown, MembersOfShownResource, $"a resource of type {resource.Type}");
            if (shown.Find("deposed_key") is not (null or NullNode))
            {
                RefuseDeposed(shown, resource);
            }
            else if (shown.Find("values") is MapNode values)
            {
                ReadResource(resource, values);
            }
            else
            {
                _source.Add(shown.Place, $"This {resource.What} has no values.");
            }
        }

        foreach (MapNode child in MapsOf(module, "child_modules", isRequired: false))
        {
            string address = TextOf(child, "address") ?? "";
            string call = address.StartsWith(prefix + "module.", StringComparison.Ordinal)
                ? address[(prefix.Length + "module.".Length)..].Split('[')[0] : "";
            MapNode? called = ((configuration?.Find("module_calls") as MapNode)?.Find(call) as MapNode)?.Find("module") as MapNode;
            ReadModule(child, unknown, address + ".", called);
        }
    }

    private Dictionary<string, MapNode> UnknownByAddress(MapNode root)
    {
        Dictionary<string, MapNode> unknown = new(StringComparer.Ordinal);
        foreach (MapNode change in MapsOf(root, "resource_changes", isRequired: false).Where(IsOurs))
        {
            if (TextOf(change, "address") is { } address && change.Find("change") is MapNode { } details && details.Find("after_unknown")
                is MapNode after)
            {
                unknown[address] = after;
            }
        }

        return unknown;
    }

    private void ReadResource(Resource resource, MapNode attributes)
    {
        CheckMembers(attributes, known: null, $"this {resource.What}");
        switch (resource.Type)
        {
            case KeyType:
                ReadKey(resource, attributes);
                break;
            case PlanType:
                ReadPlan(resource, attributes);
                break;
            default:
                // When all keys and plans are read.
                _members.Add((resource, attributes));
                break;
        }
    }

    private void RequireKnown(Resource resource, MapNode attributes, IEnumerable<string> compared)
    {
        // For something new without any tags, Terraform does not know tags_all, which then is as empty as tags.
        bool hasNoTags = attributes.Find("tags") is null or NullNode or MapNode { Entries.Count: 0 };
        foreach (string attribute in compared.Where(attribute => !(hasNoTags && attribute == "tags_all")
            && IsUnknown(resource.Unknown?.Find(attribute))))
        {
            _source.Add(attributes.Place,
                $"The {attribute} of this {resource.What} is not known before the plan is applied. Apply the plan, or take it from "
                + "something Terraform knows beforehand.");
        }
    }

    private string? RegionOf(MapNode attributes) =>
        ReadText(attributes, "region") ?? ReadText(attributes, "arn")?.Split(':').ElementAtOrDefault(3);

    private void ReadPlan(Resource resource, MapNode attributes)
    {
        int before = _source.Problems.Count;
        RequireKnown(resource, attributes, PlanAttributes);
        (TextNode Name, DesiredNode Value)[] compared = [.. attributes.Entries.Where(entry => entry.Name.Text == "id"
            || (PlanAttributes.Contains(entry.Name.Text, StringComparer.Ordinal) && entry.Name.Text is not ("tags" or "tags_all")))];
        if (attributes.Entries.Select(entry => entry.Name).FirstOrDefault(name => name.Text == "tags_all"
            && attributes.Find("tags_all") is MapNode) is { } all)
        {
            compared = [.. compared, (new TextNode(all.Place, "tags"), attributes.Find("tags_all")!)];
        }
        else if (attributes.Find("tags") is { } tags)
        {
            compared = [.. compared, (new TextNode(tags.Place, "tags"), tags)];
        }

        if (_source.Problems.Count == before && new PlanEntryReader(_source, new EntryReader(_source, isExact: true), TagPolicy.None)
            .Read(new MapNode(attributes.Place, compared)) is { } plan)
        {
            plan = plan with { Region = RegionOf(attributes) };
            _plans.Add(plan);
            _plansByAddress[resource.Address] = plan;
        }
    }

    private DesiredMember? ToMember((Resource Resource, MapNode Attributes) member)
    {
        (Resource resource, MapNode attributes) = member;
        int before = _source.Problems.Count;
        string? keyId = ReadText(attributes, "key_id");
        string? planId = ReadText(attributes, "usage_plan_id");
        DesiredKey? key = keyId is null ? _keysByAddress.GetValueOrDefault(AddressIn(resource, "key_id"))
            : _keys.Find(key => key.Id == keyId);
        DesiredPlan? plan = planId is null ? _plansByAddress.GetValueOrDefault(AddressIn(resource, "usage_plan_id"))
            : _plans.Find(plan => plan.Id == planId);
        foreach (string attribute in new[] { keyId is null && key is null ? "key_id" : "", planId is null && plan is null
            ? "usage_plan_id" : "" }.Where(attribute => attribute.Length > 0))
        {
            _source.Add(attributes.Place, $"The {attribute} of this usage plan key is not known before the plan is applied. Apply the "
                + "plan, or write in the configuration which resource is meant, for example aws_api_gateway_api_key.name.id.");
        }

        return _source.Problems.Count > before ? null
            : new DesiredMember(
                key is null ? keyId : null,
                key,
                new PlanReference(planId ?? plan!.Spec.Name, PlanReferenceKind.Id, attributes.Place, plan),
                _source,
                attributes.Place)
            { Region = RegionOf(attributes) ?? key?.Region ?? plan?.Region };
    }

    // The address of the resource whose id an attribute is in the configuration; empty when that is not written in so many words.
    private static string AddressIn(Resource resource, string attribute) =>
        (resource.Configuration?.Find("resources") as ListNode)?.Items.OfType<MapNode>()
            .FirstOrDefault(one => TextOf(one, "mode") == "managed" && TextOf(one, "type") == resource.Type
                && TextOf(one, "name") == resource.Name)?.Find("expressions") is MapNode expressions
            && (expressions.Find(attribute) as MapNode)?.Find("references") is ListNode { Items: [TextNode { Text: var first }, ..] all }
            && first.EndsWith(".id", StringComparison.Ordinal)
            && all.All(one => one is TextNode text && first.StartsWith(text.Text, StringComparison.Ordinal))
            ? resource.Prefix + first[..^".id".Length]
            : "";

    private void ReadKey(Resource resource, MapNode attributes)
    {
        int before = _source.Problems.Count;
        RequireKnown(resource, attributes, ComparedAttributes);

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
        string? region = RegionOf(attributes);
        if (id is { Length: 0 })
        {
            _source.Add(attributes.Place, "This key has an empty id.");
        }

        if (_source.Problems.Count == before)
        {
            DesiredKey key = new(id, spec.Complete(new ApiKeySpec()), _source, attributes.Place) { Region = region };
            _keys.Add(key);
            _keysByAddress[resource.Address] = key;
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

    private void RefuseDeposed(MapNode instance, Resource resource) => _source.Add(instance.Place,
        $"This {resource.What} was replaced, and Terraform has yet to remove it (deposed). Run terraform apply first.");

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

    private bool IsOurs(MapNode resource)
    {
        if (TextOf(resource, "mode") is "managed" or "data" && TextOf(resource, "type") is { } type)
        {
            return TextOf(resource, "mode") == "managed" && type is (KeyType or PlanType or MemberType);
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

    // A resource: its type; and, as shown, its address, that of its module with a dot, its name, its module's configuration, and what is
    // not known yet.
    private sealed record Resource(string Type, string Address = "", string Prefix = "", string? Name = null, MapNode? Configuration = null,
        MapNode? Unknown = null)
    {
        public string What => Type switch
        {
            KeyType => "key",
            PlanType => "usage plan",
            _ => "usage plan key",
        };
    }

    [GeneratedRegex(@"^(0\.[12]|1\.[0-9]{1,3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex KnownFormat();
}
