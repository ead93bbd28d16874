using System.Text;

namespace ApiKey.Tests.DesiredState;

/// <summary>Documents that a desired state must not be read from, each with the words that say why. What is read as no keys prunes
/// keys.</summary>
internal static class HostileDocuments
{
    private const string Key =
        """{ "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k", "provider": "p", "instances": [ INSTANCE ] }""";
    private const string ShownKey =
        """{ "address": "aws_api_gateway_api_key.k", "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k", "values": """
            + """{ "id": "k1", "name": "a" } }""";

    /// <summary>The name of the file, its text, and what the error says.</summary>
    public static IReadOnlyList<(string Name, string Text, string Says)> All { get; } =
    [
        // States of Terraform.
        ("old.tfstate", """{ "version": 3, "terraform_version": "0.11.14", "serial": 1, "lineage": "x", "modules": [] }""", "version 3"),
        ("new.tfstate", """{ "version": 99, "terraform_version": "9.0", "serial": 1, "lineage": "x", "resources": [] }""", "version 99"),
        ("text.json", """{ "version": "4", "terraform_version": "1.9", "resources": [] }""", "version '4'"),
        ("none.json", """{ "terraform_version": "1.9", "resources": [] }""", "an unknown version"),
        ("half.tfstate", """{ "version": 4, "terraform_version": "1.9" }""", "'resources' is missing"),
        ("kind.tfstate", """{ "version": 4, "terraform_version": "1.9", "resources": {} }""", "'resources' is missing or not a list"),
        ("items.tfstate", """{ "version": 4, "terraform_version": "1.9", "resources": [ 1 ] }""",
            "'resources' is missing or not a list of objects"),
        ("more.tfstate", """{ "version": 4, "terraform_version": "1.9", "resources": [], "ephemeral_keys": [] }""",
            "'ephemeral_keys' is not known"),
        ("twice.tfstate", """{ "version": 4, "terraform_version": "1.9", "resources": [], "resources": [] }""",
            "'resources' is given twice"),
        ("secret.tfstate", """{ "serial": 1, "lineage": "x", "meta": {}, "encrypted_data": "x", "encryption_version": "v0" }""",
            "encrypted"),
        ("empty.tfstate", "{}", "not a state file of Terraform"),
        ("list.tfstate", "[]", "not a state file of Terraform"),
        ("keys.tfstate", """{ "keys": [] }""", "not a state file of Terraform"),
        ("mode.tfstate", """{ "version": 4, "terraform_version": "1.9", "resources": [ { "type": "aws_api_gateway_api_key","""
            + """ "instances": [] } ] }""", "no mode or type"),
        ("noinstances.tfstate", State("""{ "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k" }"""),
            "'instances' is missing"),
        ("zero.tfstate", State(Key.Replace("INSTANCE", "")), "no instances"),
        ("flat.tfstate", Instance("""{ "attributes_flat": { "id": "k1", "name": "a" } }"""), "attributes_flat"),
        ("bare.tfstate", Instance("""{ "schema_version": 0 }"""), "no attributes"),
        ("deposed.tfstate", Instance("""{ "deposed": "00000001", "attributes": { "id": "k1", "name": "a" } }"""), "deposed"),
        ("status.tfstate", Instance("""{ "status": "planned", "attributes": { "id": "k1", "name": "a" } }"""), "status"),
        ("kindof.tfstate", Instance("""{ "attributes": { "id": "k1", "name": "a", "enabled": "yes" } }"""),
            "enabled of this key is not true or false"),
        ("tag.tfstate", Instance("""{ "attributes": { "id": "k1", "name": "a", "tags": { "x": 1 } } }"""), "is not text"),
        ("tags.tfstate", Instance("""{ "attributes": { "id": "k1", "name": "a", "tags_all": [] } }"""),
            "tags_all of this key is not an object"),
        ("name.tfstate", Instance("""{ "attributes": { "id": "k1", "name": null } }"""), "name is not known"),
        ("id.tfstate", Instance("""{ "attributes": { "id": "", "name": "a" } }"""), "empty id"),
        ("again.tfstate", Instance("""{ "attributes": { "id": "k1", "name": "a", "name": "b" } }"""), "'name' is given twice"),

        // terraform show -json.
        ("show.json", """{ "format_version": "1.0" }""", "neither the values of a state nor the planned_values"),
        ("show2.json", """{ "format_version": "1.0", "terraform_version": "1.9", "values": null }""", "neither"),
        ("format.json", """{ "format_version": "2.0", "values": { "root_module": {} } }""", "format_version '2.0'"),
        ("number.json", """{ "format_version": 1.0, "values": { "root_module": {} } }""", "format_version that is not text"),
        ("root.json", """{ "format_version": "1.0", "values": {} }""", "'root_module' is missing"),
        ("errored.json", Plan(""", "errored": true"""), "ended with an error"),
        ("partial.json", Plan(""", "complete": false"""), "not complete"),
        ("deferred.json", Plan(""", "deferred_changes": [ {} ]"""), "deferred changes"),
        ("both.json", Plan(""", "values": { "root_module": {} }"""), "neither"),
        ("newer.json", Plan(""", "stacks": []"""), "'stacks' is not known"),
        ("unknown.json", Plan(""", "resource_changes": [ { "address": "aws_api_gateway_api_key.k", "mode": "managed","""
            + """ "type": "aws_api_gateway_api_key", "change": { "after_unknown": { "id": true, "description": true } } """
            + """} ]"""), "description of this key is not known"),
        ("unknowntag.json", Plan(
            """, "resource_changes": [ { "address": "aws_api_gateway_api_key.k", "mode": "managed","""
                + """ "type": "aws_api_gateway_api_key", "change": { "after_unknown": { "tags": { "x": true } } } """
                + """} ]"""), "tags of this key is not known"),
        ("novalues.json", """{ "format_version": "1.0", "values": { "root_module": { "resources": [ { "mode": "managed","""
            + """ "type": "aws_api_gateway_api_key" } ] } } }""", "no values"),
        ("child.json", """{ "format_version": "1.0", "values": { "root_module": { "child_modules": {} } } }""",
            "'child_modules' is missing or not a list"),

        // Usage plans, of Terraform and otherwise.
        ("plan.tfstate", OfType("aws_api_gateway_usage_plan", """{ "id": "p1", "name": null }"""), "The usage plan has no name"),
        ("limits.tfstate", OfType("aws_api_gateway_usage_plan",
            """{ "id": "p1", "name": "p", "throttle_settings": [ { "rate_limit": 5 } ] }"""), "both a rate_limit and a burst_limit"),
        ("two.tfstate", OfType("aws_api_gateway_usage_plan",
            """{ "id": "p1", "name": "p", "quota_settings": [ { "limit": 1, "period": "DAY" }, { "limit": 2, "period": "DAY" } ] }"""),
            "quota_settings has a limit and a period"),
        ("member.tfstate", OfType("aws_api_gateway_usage_plan_key", """{ "key_id": "k1" }"""),
            "usage_plan_id of this usage plan key is not known"),
        ("textmember.tfstate", OfType("aws_api_gateway_usage_plan_key", """{ "key_id": 1, "usage_plan_id": "p1" }"""), "not text"),
        ("deposedplan.tfstate", State(Key.Replace("aws_api_gateway_api_key", "aws_api_gateway_usage_plan", StringComparison.Ordinal)
            .Replace("INSTANCE", """{ "deposed": "1", "attributes": { "id": "p1", "name": "p" } }""")), "deposed"),
        ("plans.json", """{ "usage_plans": {} }""", "'usage_plans' is not a list"),
        ("nullplans.json", """{ "usage_plans": null }""", "'usage_plans' is not a list"),
        ("twoplans.json", """{ "usage_plans": [], "UsagePlans": [] }""", "'UsagePlans' is given twice"),
        ("halfplans.json", """{ "usage_plans": [ { "name": "p", "rate_limit": 5 } ] }""", "rate_limit"),
        ("misspelt.json", """{ "usage_plan": [] }""", "'usage_plan' is not known"),
        ("sameplan.json", """{ "usage_plans": [ { "name": "p" }, { "name": "p" } ] }""", "has the same name, 'p'"),
        ("reference.json", """{ "keys": [ { "name": "a", "usage_plans": "gold" } ] }""", "usage_plans is a list of usage plans"),
        ("region.json", """{ "keys": [ { "name": "a", "region": "here" } ] }""", "region is the name of a region"),
        ("plans.yaml", "usage_plans:\n", "'usage_plans' is not a list"),
        ("plans.psd1", "@{ UsagePlans = @( @{ Name = 'p'; QuotaLimit = 5 } ) }", "go together"),

        // JSON.
        ("a.json", "", "not valid JSON"),
        ("b.json", "   \n", "not valid JSON"),
        ("c.json", "null", "list of keys"),
        ("d.json", "{}", "'keys' is missing"),
        ("e.json", "\"keys\"", "list of keys"),
        ("f.json", """{ "keys": null }""", "'keys' is missing or not a list"),
        ("g.json", """{ "keys": {} }""", "'keys' is missing or not a list"),
        ("h.json", """{ "Keys": [] }""", "'Keys' is not known"),
        ("i.json", """{ "keys": [], "keys": [] }""", "'keys' is given twice"),
        ("j.json", """{ "keys": [], "version": 1 }""", "'version' is not known"),
        ("k.json", """{ "keys": [ """, "not valid JSON"),
        ("l.json", """{ "keys": [ null ] }""", "A key is written as its attributes"),
        ("m.json", """{ "keys": [] } { "keys": [] }""", "not valid JSON"),
        ("o.json", new string('[', 5000), "not valid JSON"),

        // YAML.
        ("a.yaml", "", "empty"),
        ("b.yaml", "# keys: []\n", "empty"),
        ("c.yaml", "---\n...\n", "list of keys"),
        ("d.yaml", "keys:\n", "'keys' is missing or not a list"),
        ("e.yaml", "keys: []\n---\nkeys: []\n", "second document"),
        ("f.yaml", "keys: {e&a", "not valid YAML"),
        ("g.yaml", "!!!!", "tag"),
        ("h.yaml", "\"\\ud800\"", "not valid YAML"),
        ("i.yaml", "keys: { a", "not valid YAML"),
        ("j.yaml", "keys:\n\t- name: a\n", "not valid YAML"),
        ("k.yaml", "a: &a [x]\nb: &b [*a, *a]\nkeys: [*b, *b]\n", "Aliases"),
        ("l.yaml", "keys: []\nkeys: []\n", "'keys' is given twice"),
        ("m.yaml", new string('[', 5000), "nested"),
        ("n.yaml", "keys: !include other.yaml\n", "tag"),
        ("o.yaml", "keys: [ { name: !Ref x } ]\n", "tag"),
        ("p.yaml", "keys: [ { <<: { name: a } } ]\n", "'<<' is not an attribute"),
        ("q.yaml", "Resources:\n  Key:\n    Type: AWS::ApiGateway::ApiKey\n", "has no Name"),

        // PowerShell data.
        ("a.psd1", "", "one hashtable"),
        ("b.psd1", "# @{ Keys = @() }", "one hashtable"),
        ("c.psd1", "@{}", "'keys' is missing"),
        ("d.psd1", "@{ Keys = @( @{ Name = 'x' }", "missing"),
        ("e.psd1", "@{\n    781y = @(\n        @{ Name = 'x'; Tags = @{ a = \"b\" \"b\" }", "not valid PowerShell data"),
        ("f.psd1", "@{ Keys = @(); Keys = @() }", "keys"),
        ("g.psd1", "@{ Keys = (Get-Item x) }", "'keys' is missing or not a list"),

        // CSV.
        ("a.csv", "", "empty"),
        ("b.csv", "\n\n", "empty"),
        ("c.csv", "Name\n", "no rows"),
        ("d.csv", "Name,Description,Enabled\n", "no rows"),
        ("e.csv", "Name;Description\na;b\n", "semicolons"),
        ("f.csv", "Name\tDescription\na\tb\n", "tabs"),
        ("g.csv", "sep=,\nName\na\n", "sep="),
        ("h.csv", "Name,Name\na,\n", "'Name' is given twice"),
        ("i.csv", "Name,Colour\na,\n", "'Colour' is not an attribute"),
        ("j.csv", "Name,Description\na\n", "The row has 1 cell, the header 2"),
        ("k.csv", "Name,Description\na,b,c\n", "The row has 3 cells, the header 2"),
        ("l.csv", "Name,Description\n\"a,b\n", "no closing"),
        ("m.csv", "Description\nx\n", "no name"),

        // Other names.
        ("a.txt", "Name\na\n", "extensions"),
        ("a.tf", "resource \"aws_api_gateway_api_key\" \"k\" {}\n", "This is Terraform's language"),
    ];

    /// <summary>Files that are not text, each with the words that say so.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes, string Says)> Bytes { get; } =
    [
        ("latin.json", [.. Encoding.ASCII.GetBytes("{ \"keys\": [ { \"name\": \"M"), 0xFC, .. Encoding.ASCII.GetBytes("ller\" } ] }")],
            "not UTF-8"),
        ("odd.json", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{ \"keys\": [] }"), 0x20], "not UTF-8"),
        ("nomark.json", Encoding.Unicode.GetBytes("{ \"keys\": [] }"), "not valid JSON"),
        ("nomark.csv", Encoding.Unicode.GetBytes("Name\na\n"), "is not an attribute"),
        ("zip.json", [0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE], "not UTF-8"),
    ];

    private static string State(string resource)
        => $$"""{ "version": 4, "terraform_version": "1.9", "serial": 1, "lineage": "x", "outputs": {}, "resources": [ {{resource}} ] }""";

    private static string Instance(string instance) => State(Key.Replace("INSTANCE", instance));

    private static string OfType(string type, string attributes) => State(Key
        .Replace("aws_api_gateway_api_key", type, StringComparison.Ordinal).Replace("INSTANCE", $$"""{ "attributes": {{attributes}} }"""));

    private static string Plan(string rest)
        => $$"""{ "format_version": "1.2", "planned_values": { "root_module": { "resources": [ {{ShownKey}} ] } }{{rest}} }""";
}
