using System.Text;
using System.Text.RegularExpressions;
using ApiKey.Attributes;
using ApiKey.Formats;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// Reads a template of CloudFormation or SAM as a desired state: its API keys, usage plans, and which key is in which plan. What
/// only a stack knows (the id of an API that it makes, an import, a generated name) is a problem with its place: a key that was
/// overlooked would be one that nobody wants.
/// </summary>
internal sealed partial class CloudFormationTemplate
{
    private const string Prefix = "AWS::ApiGateway::";
    private const string Ref = "Ref";
    private const string NoValue = "AWS::NoValue";

    private static readonly string[] KnownTransforms = ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"];

    private readonly DesiredSource _source;
    private readonly MapNode? _parameters;
    private readonly DesiredStateReader _keys;
    private readonly PlanEntryReader _plans;
    private readonly Dictionary<string, DesiredKey> _keyOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DesiredPlan> _planOf = new(StringComparer.Ordinal);

    private CloudFormationTemplate(MapNode root, DesiredSource source, TagPolicy policy, ValueCheck valueCheck)
    {
        _source = source;
        _parameters = root.Find("Parameters") as MapNode;
        _keys = new DesiredStateReader(source, isExact: true, policy, valueCheck);
        _plans = new PlanEntryReader(source, new EntryReader(source, isExact: true), policy);
    }

    /// <summary>Whether a document is a template.</summary>
    public static bool Is(DesiredNode root) => root is MapNode map && (map.Find("AWSTemplateFormatVersion") is not null
        || (map.Find("Resources") is MapNode resources && resources.Entries.All(one => one.Value is MapNode resource
            && (resource.Find("Type") is not null || one.Name.Text.StartsWith("Fn::", StringComparison.Ordinal)))));

    /// <summary>What a template says; nothing, and the problems noted with the source, when it is not fully understood.</summary>
    public static DesiredEntries Read(MapNode root, DesiredSource source, TagPolicy policy, ValueCheck valueCheck)
    {
        int before = source.Problems.Count;
        DesiredEntries entries = new CloudFormationTemplate(root, source, policy, valueCheck).Read(root);
        return source.Problems.Count == before ? entries : DesiredEntries.None;
    }

    private DesiredEntries Read(MapNode root)
    {
        CheckTransform(root);
        if (root.Find("Resources") is not MapNode resources)
        {
            _source.Add(root.Place, "This template has no 'Resources', so which keys there are is not known.");
            return DesiredEntries.None;
        }

        List<(TextNode Name, MapNode Resource)> members = [];
        foreach ((TextNode name, DesiredNode value) in resources.Entries)
        {
            if (value is not MapNode resource || resource.Find("Type") is not TextNode { Text: var type })
            {
                _source.Add(name.Place, $"{Show.Quote(name.Text)} is not a resource with a Type, so whether it is an API key "
                    + "is not clear.");
                continue;
            }

            if (type is "AWS::CloudFormation::Stack" or "AWS::Serverless::Application" or "AWS::CloudFormation::Macro")
            {
                _source.Add(name.Place, $"{Show.Quote(name.Text)} is of type {type}: it may have API keys that this template does not "
                    + "show. Write a desired state by hand.");
            }
            else if (type == "AWS::Serverless::Api")
            {
                CheckServerless(name, Properties(resource));
            }
            else if (type is Prefix + "ApiKey" or Prefix + "UsagePlan" or Prefix + "UsagePlanKey")
            {
                if (resource.Find("Condition") is { } condition)
                {
                    _source.Add(condition.Place, $"Whether {Show.Quote(name.Text)} is made depends on a condition, which only the "
                        + "stack knows.");
                }

                switch (type[Prefix.Length..])
                {
                    case "ApiKey" when _keys.ReadKey(ToKey(name, Properties(resource))) is { } key:
                        _keyOf[name.Text] = key;
                        break;
                    case "UsagePlan" when _plans.Read(ToPlan(name, Properties(resource))) is { } plan:
                        _planOf[name.Text] = plan;
                        break;
                    case "UsagePlanKey":
                        members.Add((name, Properties(resource)));
                        break;
                }
            }
        }

        CheckGlobals(root);
        return new DesiredEntries
        {
            Keys = [.. _keyOf.Values],
            ListsKeys = true,
            Plans = [.. _planOf.Values],
            ListsPlans = _planOf.Count > 0,
            Members = [.. members.Select(member => ToMember(member.Name, member.Resource)).OfType<DesiredMember>()],
        };
    }

    private static MapNode Properties(MapNode resource) => resource.Find("Properties") as MapNode ?? new MapNode(resource.Place, []);

    // A macro may make keys of anything.
    private void CheckTransform(MapNode root)
    {
        DesiredNode? transform = root.Find("Transform");
        IReadOnlyList<DesiredNode> all = transform is ListNode list ? list.Items : transform is null ? [] : [transform];
        foreach (DesiredNode one in all.Where(one => one is not TextNode { Text: var text }
            || !KnownTransforms.Contains(text, StringComparer.Ordinal)))
        {
            _source.Add(one.Place, "What this transform makes of the template only CloudFormation knows. Give the processed template: aws "
                + "cloudformation get-template --template-stage Processed --query TemplateBody.");
        }
    }

    private void CheckGlobals(MapNode root)
    {
        if ((root.Find("Globals") as MapNode)?.Find("Api") is MapNode api)
        {
            CheckServerless(new TextNode(api.Place, "Globals.Api"), api);
        }
    }

    // SAM makes a plan and a key of its own there, and CloudFormation their names.
    private void CheckServerless(TextNode name, MapNode properties)
    {
        if ((properties.Find("Auth") as MapNode)?.Find("UsagePlan") is MapNode plan
            && (plan.Find("CreateUsagePlan") is not { } create || Text(create) is not "NONE"))
        {
            _source.Add(plan.Place, $"For the usage plan of {Show.Quote(name.Text)} SAM makes an API key whose name only the stack knows. "
                + "Write the key and the plan as AWS::ApiGateway::ApiKey and AWS::ApiGateway::UsagePlan, or write a desired state by "
                + "hand.");
        }
    }

    private MapNode ToKey(TextNode logicalId, MapNode properties)
    {
        RequireName(logicalId, properties, "Name", "the key");
        List<(TextNode, DesiredNode)> entries = [];
        foreach ((TextNode name, DesiredNode value) in properties.Entries)
        {
            switch (name.Text)
            {
                case "Name" or "Description" or "Value":
                    Add(name.Text.ToLowerInvariant(), value);
                    break;
                case "CustomerId":
                    Add("customer_id", value);
                    break;
                case "Enabled":
                    DesiredNode enabled = Resolve(value);
                    entries.Add((new TextNode(name.Place, "enabled"), enabled is TextNode { Text: "true" or "false" } text
                        ? new FlagNode(enabled.Place, text.Text == "true") : enabled));
                    break;
                case "Tags":
                    entries.Add((new TextNode(name.Place, "tags"), ToTags(value)));
                    break;
                case "GenerateDistinctId" or "StageKeys":
                    break;
                default:
                    entries.Add((name, value));
                    break;
            }
        }

        // What CloudFormation has where nothing is specified; a desired state of ours has Terraform's defaults.
        AddDefault("description", new TextNode(logicalId.Place, ""));
        // A name that is not known has a problem already.
        AddDefault("name", logicalId);
        AddDefault("enabled", new FlagNode(logicalId.Place, isTrue: false));
        return new MapNode(logicalId.Place, entries);

        void Add(string attribute, DesiredNode value) => entries.Add((new TextNode(value.Place, attribute), AsText(Resolve(value))));

        void AddDefault(string attribute, DesiredNode value)
        {
            if (!entries.Exists(entry => entry.Item1.Text == attribute && entry.Item2 is not NullNode))
            {
                entries.RemoveAll(entry => entry.Item1.Text == attribute);
                entries.Add((new TextNode(value.Place, attribute), value));
            }
        }
    }

    private MapNode ToPlan(TextNode logicalId, MapNode properties)
    {
        RequireName(logicalId, properties, "UsagePlanName", "the usage plan");
        return new MapNode(logicalId.Place, [.. properties.Entries.Select(entry => entry.Name.Text switch
        {
            "UsagePlanName" => ("name", AsText(Resolve(entry.Value))),
            "Description" => ("description", AsText(Resolve(entry.Value))),
            "Quota" => ("quota_settings", Members(entry.Value, ("Limit", "limit"), ("Offset", "offset"), ("Period", "period"))),
            "Throttle" => ("throttle_settings", Limits(entry.Value)),
            "ApiStages" => ("api_stages", Stages(entry.Value)),
            "Tags" => ("tags", ToTags(entry.Value)),
            string other => (other, entry.Value),
        })
        .Select((entry, index) => (new TextNode(properties.Entries[index].Name.Place, entry.Item1), entry.Item2))]);
    }

    private DesiredNode Stages(DesiredNode node) => Resolve(node) is not ListNode list ? Resolve(node)
        : new ListNode(list.Place, [.. list.Items.Select(stage => Members(stage, ("ApiId", "api_id"), ("Stage", "stage"),
            ("Throttle", "throttle")))]);

    private DesiredNode Limits(DesiredNode node) => Members(node, ("RateLimit", "rate_limit"), ("BurstLimit", "burst_limit"));

    private DesiredNode Members(DesiredNode node, params (string Theirs, string Ours)[] names)
    {
        if (Resolve(node) is not MapNode map)
        {
            return Resolve(node);
        }

        return new MapNode(map.Place, [.. map.Entries.Select(entry =>
        {
            string? ours = names.FirstOrDefault(name => name.Theirs == entry.Name.Text).Ours;
            DesiredNode value = ours switch
            {
                "throttle" when Resolve(entry.Value) is MapNode methods =>
                    new MapNode(methods.Place, [.. methods.Entries.Select(method => (method.Name, Limits(method.Value)))]),
                "limit" or "offset" or "rate_limit" or "burst_limit" => AsNumber(Resolve(entry.Value)),
                null => entry.Value,
                _ => AsText(Resolve(entry.Value)),
            };
            return (new TextNode(entry.Name.Place, ours ?? entry.Name.Text), value);
        })]);
    }

    private DesiredNode ToTags(DesiredNode node)
    {
        if (Resolve(node) is not ListNode list)
        {
            return Resolve(node);
        }

        List<(TextNode, DesiredNode)> tags = [];
        foreach (DesiredNode item in list.Items)
        {
            if (Resolve(item) is MapNode map && map.Find("Key") is { } key && AsText(Resolve(key)) is TextNode name
                && map.Find("Value") is { } value)
            {
                tags.Add((name, AsText(Resolve(value))));
            }
            else if (Resolve(item) is not NullNode)
            {
                _source.Add(item.Place, "A tag has a Key and a Value.");
            }
        }

        return new MapNode(list.Place, tags);
    }

    private DesiredMember? ToMember(TextNode logicalId, MapNode properties)
    {
        DesiredNode? key = properties.Find("KeyId");
        DesiredNode? plan = properties.Find("UsagePlanId");
        if (key is null || plan is null)
        {
            _source.Add(logicalId.Place, "A UsagePlanKey has a KeyId and a UsagePlanId.");
            return null;
        }

        (string? planRef, string? keyRef) = (ResourceOf(plan), ResourceOf(key));
        PlanReference? reference = planRef is not null
            ? _planOf.TryGetValue(planRef, out DesiredPlan? listed)
                ? new PlanReference(listed.Spec.Name, PlanReferenceKind.Name, plan.Place, listed) : null
            : Text(plan) is { } planId ? new PlanReference(planId, PlanReferenceKind.Id, plan.Place) : null;
        DesiredKey? wanted = keyRef is null ? null : _keyOf.GetValueOrDefault(keyRef);
        string? keyId = keyRef is null ? Text(key) : null;
        if (reference is null || (wanted is null && keyId is null))
        {
            _source.Add(logicalId.Place, $"Which key {Show.Quote(logicalId.Text)} puts into which usage plan is not known.");
            return null;
        }

        return new DesiredMember(keyId, wanted, reference, _source, logicalId.Place);
    }

    private void RequireName(TextNode logicalId, MapNode properties, string property, string what)
    {
        if (properties.Find(property) is null)
        {
            _source.Add(logicalId.Place, $"{Show.Quote(logicalId.Text)} has no {property}, so CloudFormation makes up the name of {what}. "
                + "Give it one.");
        }
    }

    // The logical id that is referred to, when it is a resource's.
    private string? ResourceOf(DesiredNode node) => Function(node) switch
    {
        (Ref, TextNode { Text: var id }) when _parameters?.Find(id) is null && !id.StartsWith("AWS::", StringComparison.Ordinal) => id,
        ("Fn::GetAtt", TextNode { Text: var id }) => id.Split('.')[0],
        ("Fn::GetAtt", ListNode { Items: [TextNode { Text: var id }, ..] }) => id,
        _ => null,
    };

    private static (string? Name, DesiredNode? Argument) Function(DesiredNode node) => node switch
    {
        TaggedNode tagged => (tagged.Tag is Ref or "Condition" ? tagged.Tag : $"Fn::{tagged.Tag}", tagged.Inner),
        MapNode { Entries: [(TextNode name, DesiredNode argument)] }
            when name.Text is Ref or "Condition" || name.Text.StartsWith("Fn::", StringComparison.Ordinal) => (name.Text, argument),
        _ => (null, null),
    };

    private static DesiredNode AsText(DesiredNode node) => node switch
    {
        OtherNode number => new TextNode(number.Place, number.Text),
        FlagNode flag => new TextNode(flag.Place, flag.IsTrue ? "true" : "false"),
        _ => node,
    };

    private static DesiredNode AsNumber(DesiredNode node) => node is TextNode text ? new OtherNode(text.Place, "a number", text.Text)
        : node;

    private string? Text(DesiredNode node) => (AsText(Resolve(node)) as TextNode)?.Text;

    // What a node says once parameters have their defaults; what only a stack knows is noted, and stands for nothing.
    private DesiredNode Resolve(DesiredNode node)
    {
        if (node is TextNode { Text: var text } && text.Contains("{{resolve:", StringComparison.OrdinalIgnoreCase))
        {
            return Unknown(node, "This is looked up elsewhere when the stack is updated");
        }

        return Function(node) switch
        {
            (null, _) => node,
            (Ref, TextNode { Text: NoValue }) => new NullNode(node.Place),
            (Ref, TextNode { Text: var name }) => DefaultOf(name) is { } value ? Move(value, node.Place)
                : Unknown(node, $"What {Show.Quote(name)} refers to is known only to the stack"),
            ("Fn::Sub", TextNode template) => Substitute(node, template.Text, variables: null),
            ("Fn::Sub", ListNode { Items: [TextNode template, MapNode variables] }) => Substitute(node, template.Text, variables),
            ("Fn::Join", ListNode { Items: [TextNode delimiter, ListNode parts] }) => Join(node, delimiter.Text, parts),
            (string function, _) => Unknown(node, $"What {function} gives here is known only to the stack"),
        };
    }

    private NullNode Unknown(DesiredNode node, string why)
    {
        _source.Add(node.Place, $"{why}. Write the text itself, or give the parameter a default.");
        return new NullNode(node.Place);
    }

    private DesiredNode? DefaultOf(string parameter) => (_parameters?.Find(parameter) as MapNode) is { } declared
        && !(declared.Find("Type") is TextNode { Text: var type } && type.Contains("AWS::SSM::", StringComparison.Ordinal))
        ? declared.Find("Default") : null;

    // A problem is where the reference is.
    private static DesiredNode Move(DesiredNode value, NodePlace place) => AsText(value) is TextNode text ? new TextNode(place, text.Text)
        : value;

    private DesiredNode Substitute(DesiredNode node, string template, MapNode? variables)
    {
        bool isKnown = true;
        string text = Variable().Replace(template, match =>
        {
            string name = match.Groups["name"].Value;
            if (name.StartsWith('!'))
            {
                return $"${{{name[1..]}}}";
            }

            string? value = variables?.Find(name) is { } given ? Text(given) : DefaultOf(name) is { } known
                ? (AsText(known) as TextNode)?.Text : null;
            if (value is null && isKnown)
            {
                isKnown = false;
                Unknown(node, $"What {Show.Quote(name)} in this text stands for is known only to the stack");
            }

            return value ?? "";
        });
        return isKnown ? new TextNode(node.Place, text) : new NullNode(node.Place);
    }

    private DesiredNode Join(DesiredNode node, string delimiter, ListNode parts)
    {
        StringBuilder text = new();
        for (int index = 0; index < parts.Items.Count; index++)
        {
            if (Text(parts.Items[index]) is not { } known)
            {
                return new NullNode(node.Place);
            }

            text.Append(index == 0 ? "" : delimiter).Append(known);
        }

        return new TextNode(node.Place, text.ToString());
    }

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Variable();
}
