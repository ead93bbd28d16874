using System.Globalization;
using System.Text;
using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys and their usage plans for Terraform: a resource and an import block each, and for each key in a plan; and a
/// provider block when the connection has default or ignored tags. The next <c>terraform apply</c> takes them over and changes
/// nothing.
/// </summary>
/// <remarks>The value is not written: Terraform reads it by itself, and a file has no need of it. Import blocks need Terraform
/// 1.5.</remarks>
internal sealed class TerraformExport(Stream target, TagPolicy policy) : IKeyWriter
{
    private const string KeyType = "aws_api_gateway_api_key";
    private const string PlanType = "aws_api_gateway_usage_plan";
    private const string PlanKeyType = "aws_api_gateway_usage_plan_key";

    private readonly ExportedKeys _keys = new();

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans) => _keys.Add(key, plans);

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans)
    {
        // A provider puts its default tags on everything, so only what every key and plan has can be one.
        TagSet[] all = [.. _keys.Keys.Select(key => key.TagsAll), .. plans.Select(plan => plan.TagsAll)];
        TagSet defaults = policy.WithoutIgnored(
            policy.Defaults.Only([.. policy.Defaults.Keys.Where(tag => Array.TrueForAll(all, tags => tags.ContainsKey(tag)))]));
        using StreamWriter text = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        WriteProvider(text, _keys.Keys.Select(key => key.Region).Concat(plans.Select(plan => plan.Region)).FirstOrDefault(), defaults);
        Labels planLabels = new(text => ToLabel(text, "plan_"));
        Dictionary<string, string> labelOf = new(StringComparer.Ordinal);
        foreach (UsagePlanInfo plan in plans)
        {
            string label = planLabels.For(plan.Name ?? "", plan.Id);
            labelOf.Add(plan.Id, label);
            WriteResource(text, PlanType, label, plan.Id, () => WritePlan(text, plan, plan.TagsAll.Except(defaults)));
        }

        Labels keyLabels = new(text => ToLabel(text, "key_"));
        Labels planKeyLabels = new(text => ToLabel(text, "key_"));
        foreach ((ApiKeyInfo key, IReadOnlyList<UsagePlanInfo> plansOfKey) in _keys.OldestFirst)
        {
            string label = keyLabels.For(key.Name ?? "", key.Id);
            WriteResource(text, KeyType, label, key.Id, () =>
            {
                WriteAttributes(text, key);
                WriteTags(text, "  ", key.TagsAll.Except(defaults));
            });
            foreach (UsagePlanInfo plan in plansOfKey)
            {
                string planLabel = labelOf[plan.Id];
                WriteResource(text, PlanKeyType, planKeyLabels.For($"{label}_{planLabel}", key.Id), $"{plan.Id}/{key.Id}", () =>
                {
                    text.WriteLine($"  key_id = {KeyType}.{label}.id");
                    text.WriteLine("  key_type = \"API_KEY\"");
                    text.WriteLine($"  usage_plan_id = {PlanType}.{planLabel}.id");
                });
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The stream belongs to the file.
    }

    private static void WriteResource(StreamWriter text, string type, string label, string id, Action writeBody)
    {
        text.WriteLine("import {");
        text.WriteLine($"  to = {type}.{label}");
        text.WriteLine($"  id = {Hcl.Quote(id)}");
        text.WriteLine("}");
        text.WriteLine();
        text.WriteLine($"resource \"{type}\" \"{label}\" {{");
        writeBody();
        text.WriteLine("}");
        text.WriteLine();
    }

    // What is Terraform's default is omitted, as people do who write such a block by hand.
    private static void WriteAttributes(StreamWriter text, ApiKeyInfo key)
    {
        ApiKeySpec defaults = new ApiKeySpec().Complete(new ApiKeySpec());
        foreach (ApiKeyField field in ApiKeyField.All.Where(field => field.PatchPath is not null))
        {
            string current = field.Current(key)!;
            if (!string.Equals(current, field.Wanted(defaults), StringComparison.Ordinal))
            {
                text.WriteLine($"  {field.TerraformName} = {(field.Kind == FieldKind.Boolean ? current : Hcl.Quote(current))}");
            }
        }
    }

    private static void WritePlan(StreamWriter text, UsagePlanInfo plan, TagSet tags)
    {
        WriteText(text, "name", plan.Name ?? "");
        WriteText(text, "description", plan.Description);
        WriteText(text, "product_code", plan.ProductCode);
        foreach (PlanStage stage in plan.ApiStages)
        {
            text.WriteLine("  api_stages {");
            text.WriteLine($"    api_id = {Hcl.Quote(stage.ApiId)}");
            text.WriteLine($"    stage = {Hcl.Quote(stage.Stage)}");
            foreach ((string path, ThrottleLimits limits) in stage.Throttle)
            {
                text.WriteLine("    throttle {");
                text.WriteLine($"      path = {Hcl.Quote(path)}");
                WriteLimits(text, "      ", limits);
                text.WriteLine("    }");
            }

            text.WriteLine("  }");
        }

        if (plan.QuotaLimit is { } quota)
        {
            text.WriteLine("  quota_settings {");
            WriteNumber(text, "    limit", quota);
            WriteNumber(text, "    offset", plan.QuotaOffset is 0 ? null : plan.QuotaOffset);
            text.WriteLine($"    period = {Hcl.Quote((plan.QuotaPeriod ?? QuotaPeriod.Month).ToString().ToUpperInvariant())}");
            text.WriteLine("  }");
        }

        if (plan.RateLimit is not null || plan.BurstLimit is not null)
        {
            text.WriteLine("  throttle_settings {");
            WriteLimits(text, "    ", new ThrottleLimits(plan.RateLimit, plan.BurstLimit));
            text.WriteLine("  }");
        }

        WriteTags(text, "  ", tags);
    }

    private static void WriteLimits(StreamWriter text, string indent, ThrottleLimits limits)
    {
        WriteNumber(text, $"{indent}burst_limit", limits.BurstLimit);
        WriteNumber(text, $"{indent}rate_limit", limits.RateLimit);
    }

    private static void WriteNumber(StreamWriter text, string name, double? number)
    {
        if (number is { } known)
        {
            text.WriteLine($"{name} = {known.ToString("R", CultureInfo.InvariantCulture)}");
        }
    }

    private static void WriteText(StreamWriter text, string name, string? value)
    {
        if (value is not null)
        {
            text.WriteLine($"  {name} = {Hcl.Quote(value)}");
        }
    }

    private static void WriteTags(StreamWriter text, string indent, TagSet tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        text.WriteLine($"{indent}tags = {{");
        foreach ((string tag, string? value) in tags)
        {
            text.WriteLine($"{indent}  {Hcl.Quote(tag)} = {Hcl.Quote(value ?? "")}");
        }

        text.WriteLine($"{indent}}}");
    }

    private void WriteProvider(StreamWriter text, string? region, TagSet defaults)
    {
        if (region is null || (defaults.Count == 0 && policy.IgnoredKeys.Count == 0 && policy.IgnoredPrefixes.Count == 0))
        {
            return;
        }

        text.WriteLine("provider \"aws\" {");
        text.WriteLine($"  region = {Hcl.Quote(region)}");
        if (defaults.Count > 0)
        {
            text.WriteLine("  default_tags {");
            WriteTags(text, "    ", defaults);
            text.WriteLine("  }");
        }

        if (policy.IgnoredKeys.Count + policy.IgnoredPrefixes.Count > 0)
        {
            text.WriteLine("  ignore_tags {");
            text.WriteLine($"    keys         = [{string.Join(", ", policy.IgnoredKeys.Select(Hcl.Quote))}]");
            text.WriteLine($"    key_prefixes = [{string.Join(", ", policy.IgnoredPrefixes.Select(Hcl.Quote))}]");
            text.WriteLine("  }");
        }

        text.WriteLine("}");
        text.WriteLine();
    }

    private static string ToLabel(string name, string prefix)
    {
        string plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        return plain.Length > 0 && (char.IsAsciiLetter(plain[0]) || plain[0] == '_') ? plain : $"{prefix}{plain}";
    }
}
