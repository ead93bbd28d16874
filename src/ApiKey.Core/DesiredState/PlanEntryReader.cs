using System.Globalization;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// From an entry of <c>usage_plans</c> to the plan that should be. Names are Terraform's (<c>throttle_settings</c> with
/// <c>rate_limit</c> in it) or ours (<c>RateLimit</c>).
/// </summary>
/// <param name="source">Where it was written.</param>
/// <param name="entries">Reads what keys and plans have in common.</param>
/// <param name="policy">The tag policy: default tags count towards AWS's limits.</param>
internal sealed class PlanEntryReader(DesiredSource source, EntryReader entries, TagPolicy policy)
{
    private const string What = "a usage plan";

    private static readonly string[] Names =
        ["id", "name", "description", "product_code", "api_stages", "throttle_settings", "quota_settings", "tags", "region"];

    // A list of one, as Terraform writes a block in its files, means the block.
    private static DesiredNode Unlist(DesiredNode node) => node is ListNode { Items: [MapNode only] } ? only
        : node is ListNode { Items.Count: 0 } ? new NullNode(node.Place) : node;

    /// <summary>Reads one plan; null when it has problems.</summary>
    public DesiredPlan? Read(DesiredNode node)
    {
        if (node is not MapNode map)
        {
            entries.Add(node, "A usage plan is written as its attributes, for example name, api_stages and quota_settings.");
            return null;
        }

        int before = entries.Problems;
        entries.FindTwice(map, name => Canonical(name) ?? name.Text);
        UsagePlanSpec spec = new() { Name = "" };
        string? id = null;
        string? region = null;
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            switch (Canonical(name))
            {
                case "id":
                    id = entries.ReadId(value, "usage plan");
                    break;
                case "region":
                    region = entries.ReadRegion(value);
                    break;
                case "name":
                    spec = spec with { Name = Text(value, "name") ?? "" };
                    break;
                case "description":
                    spec = spec with { Description = Text(value, "description") };
                    break;
                case "product_code":
                    spec = spec with { ProductCode = Text(value, "product_code") };
                    break;
                case "api_stages":
                    spec = spec with { ApiStages = ReadStages(value) };
                    break;
                case "throttle_settings":
                    ThrottleLimits limits = ReadLimits(value, "throttle_settings");
                    spec = spec with { RateLimit = limits.RateLimit, BurstLimit = limits.BurstLimit };
                    break;
                case "quota_settings":
                    spec = ReadQuota(value, spec);
                    break;
                case "tags":
                    spec = spec with { Tags = ReadTags(value) };
                    break;
                case "RateLimit":
                    spec = spec with { RateLimit = Number(value, "RateLimit") };
                    break;
                case "BurstLimit":
                    spec = spec with { BurstLimit = Whole(value, "BurstLimit") };
                    break;
                case "QuotaLimit":
                    spec = spec with { QuotaLimit = Whole(value, "QuotaLimit") };
                    break;
                case "QuotaOffset":
                    spec = spec with { QuotaOffset = Whole(value, "QuotaOffset") };
                    break;
                case "QuotaPeriod":
                    spec = spec with { QuotaPeriod = Period(value) };
                    break;
                default:
                    entries.AddUnknown(name, What, Names, "arn", "Arn", "tags_all", "TagsAll");
                    break;
            }
        }

        Judge(map, spec, id, before);
        return entries.Problems == before ? new DesiredPlan(id, Normalize(spec), source, map.Place) { Region = region } : null;
    }

    // None is written in one way, so that it can be compared.
    private static UsagePlanSpec Normalize(UsagePlanSpec spec) => spec with
    {
        Description = string.IsNullOrEmpty(spec.Description) ? null : spec.Description,
        ProductCode = string.IsNullOrEmpty(spec.ProductCode) ? null : spec.ProductCode,
        QuotaOffset = spec.QuotaLimit is null ? null : spec.QuotaOffset ?? 0,
    };

    private void Judge(MapNode map, UsagePlanSpec spec, string? id, int before)
    {
        if (map.Entries.Any(entry => Canonical(entry.Name) == "throttle_settings")
            && map.Entries.FirstOrDefault(entry => Canonical(entry.Name) is "RateLimit" or "BurstLimit") is { Name: { } rate })
        {
            entries.Add(rate, $"throttle_settings says {rate.Text} already. Keep one of the two.");
        }

        if (map.Entries.Any(entry => Canonical(entry.Name) == "quota_settings")
            && map.Entries.FirstOrDefault(entry => Canonical(entry.Name) is "QuotaLimit" or "QuotaOffset" or "QuotaPeriod")
                is { Name: { } quota })
        {
            entries.Add(quota, $"quota_settings says {quota.Text} already. Keep one of the two.");
        }

        // A name that is there and wrong has a problem of its own.
        if (string.IsNullOrWhiteSpace(spec.Name) && entries.Problems == before)
        {
            entries.Add(map, "The usage plan has no name. Give it one.");
        }

        // What is wrong with single numbers is noted where they are.
        if (entries.Problems == before)
        {
            foreach (string problem in UsagePlanRules.ProblemsOf(spec, policy))
            {
                entries.Add(map, problem);
            }
        }
    }

    // Terraform's name of an attribute; ours where Terraform has it in a block.
    private string? Canonical(TextNode name) =>
        entries.Is(name, "id", "Id") ? "id"
        : entries.Is(name, "name", "Name") ? "name"
        : entries.Is(name, "description", "Description") ? "description"
        : entries.Is(name, "product_code", "ProductCode") ? "product_code"
        : entries.Is(name, "api_stages", "ApiStages") ? "api_stages"
        : entries.Is(name, "throttle_settings") ? "throttle_settings"
        : entries.Is(name, "quota_settings") ? "quota_settings"
        : entries.Is(name, "tags", "Tags") ? "tags"
        : entries.Is(name, "region", "Region") ? "region"
        : Array.Find(["RateLimit", "BurstLimit", "QuotaLimit", "QuotaPeriod", "QuotaOffset"], ours => entries.Is(name, ours));

    private PlanStage[] ReadStages(DesiredNode node)
    {
        switch (node)
        {
            case NullNode:
                return [];
            case ListNode list:
                return [.. list.Items.Select(ReadStage).OfType<PlanStage>()];
            default:
                entries.Add(node, "api_stages is a list of stages.");
                return [];
        }
    }

    private PlanStage? ReadStage(DesiredNode node)
    {
        switch (node)
        {
            case TextNode { Text: var text } when text.Split(':') is [{ Length: > 0 } api, { Length: > 0 } stage]:
                return new PlanStage(api, stage);
            case MapNode map:
                return ReadStage(map);
            default:
                entries.Add(node, "A stage is written apiId:stage, for example a1b2c3d4e5:prod; or as api_id, stage and throttle.");
                return null;
        }
    }

    private PlanStage? ReadStage(MapNode map)
    {
        entries.FindTwice(map, name => entries.Is(name, "ApiId") ? "api_id" : name.Text.ToLowerInvariant());
        string? api = null;
        string? stage = null;
        Dictionary<string, ThrottleLimits> throttle = new(StringComparer.Ordinal);
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (entries.Is(name, "api_id", "ApiId"))
            {
                api = Text(value, "api_id");
            }
            else if (entries.Is(name, "stage", "Stage"))
            {
                stage = Text(value, "stage");
            }
            else if (entries.Is(name, "throttle", "Throttle"))
            {
                ReadMethods(value, throttle);
            }
            else
            {
                entries.AddUnknown(name, "a stage of a usage plan", ["api_id", "stage", "throttle"]);
            }
        }

        if (string.IsNullOrEmpty(api) || string.IsNullOrEmpty(stage))
        {
            entries.Add(map, "A stage needs api_id, the id of its API, and stage, its name.");
            return null;
        }

        return new PlanStage(api, stage) { Throttle = throttle };
    }

    // Terraform lists methods, each with its path; ours is a map by path.
    private void ReadMethods(DesiredNode node, Dictionary<string, ThrottleLimits> throttle)
    {
        switch (node)
        {
            // ConvertTo-Json makes an empty text of an empty map that lies deep.
            case NullNode or TextNode { Text: "" }:
                break;
            case ListNode list:
                foreach (DesiredNode item in list.Items)
                {
                    if (item is MapNode map && entries.Find(map, "path", "Path") is TextNode path)
                    {
                        Put(path, ReadLimits(map, "throttle", "path", "Path"));
                    }
                    else
                    {
                        entries.Add(item, "The throttle of a method needs its path, for example /pets/GET, a rate_limit and a "
                            + "burst_limit.");
                    }
                }

                break;
            case MapNode map:
                foreach ((TextNode name, DesiredNode value) in map.Entries)
                {
                    Put(name, ReadLimits(value, "throttle"));
                }

                break;
            default:
                entries.Add(node, "throttle lists methods, each with its path, rate_limit and burst_limit.");
                break;
        }

        void Put(TextNode path, ThrottleLimits limits)
        {
            if (!throttle.TryAdd(path.Text, limits))
            {
                entries.Add(path, $"The method {Show.Quote(path.Text)} is given twice. Keep one of the two.");
            }
        }
    }

    private ThrottleLimits ReadLimits(DesiredNode node, string what, params string[] alsoAllowed)
    {
        ThrottleLimits limits = new(null, null);
        node = what == "throttle_settings" ? Unlist(node) : node;
        if (node is NullNode)
        {
            return limits;
        }

        if (node is not MapNode map)
        {
            entries.Add(node, $"{what} has a rate_limit and a burst_limit.");
            return limits;
        }

        entries.FindTwice(map, name => name.Text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());
        foreach ((TextNode name, DesiredNode value) in map.Entries.Where(entry => !entries.Is(entry.Name, alsoAllowed)))
        {
            if (entries.Is(name, "rate_limit", "RateLimit"))
            {
                limits = limits with { RateLimit = Number(value, "rate_limit") };
            }
            else if (entries.Is(name, "burst_limit", "BurstLimit"))
            {
                limits = limits with { BurstLimit = Whole(value, "burst_limit") };
            }
            else
            {
                entries.AddUnknown(name, what, ["rate_limit", "burst_limit"]);
            }
        }

        if (limits.RateLimit is null || limits.BurstLimit is null)
        {
            entries.Add(map, $"{what} needs both a rate_limit and a burst_limit: AWS stores 0 for the one that is omitted, which lets "
                + "nobody through.");
        }

        return limits;
    }

    private UsagePlanSpec ReadQuota(DesiredNode node, UsagePlanSpec spec)
    {
        node = Unlist(node);
        if (node is NullNode)
        {
            return spec;
        }

        if (node is not MapNode map)
        {
            entries.Add(node, "quota_settings has a limit and a period, and may have an offset.");
            return spec;
        }

        entries.FindTwice(map, name => name.Text.ToLowerInvariant());
        foreach ((TextNode name, DesiredNode value) in map.Entries)
        {
            if (entries.Is(name, "limit", "Limit"))
            {
                spec = spec with { QuotaLimit = Whole(value, "limit") };
            }
            else if (entries.Is(name, "period", "Period"))
            {
                spec = spec with { QuotaPeriod = Period(value) };
            }
            else if (entries.Is(name, "offset", "Offset"))
            {
                spec = spec with { QuotaOffset = Whole(value, "offset") };
            }
            else
            {
                entries.AddUnknown(name, "quota_settings", ["limit", "period", "offset"]);
            }
        }

        if (spec.QuotaLimit is null || spec.QuotaPeriod is null)
        {
            entries.Add(map, "quota_settings needs a limit and a period, for example 10000 and MONTH.");
        }

        return spec;
    }

    private TagSet ReadTags(DesiredNode node)
    {
        try
        {
            switch (node)
            {
                case NullNode:
                    return TagSet.Empty;
                case MapNode map:
                    return entries.ReadTags(map);
                case TextNode text when !entries.IsExact:
                    return TagSet.Parse(text.Text);
                default:
                    entries.Add(node, $"tags are names and texts, for example "
                        + $"{(entries.IsExact ? """{ "env": "prod" }""" : "@{ env = 'prod' }")}.");
                    return TagSet.Empty;
            }
        }
        catch (FormatException problem)
        {
            entries.Add(node, problem.Message);
            return TagSet.Empty;
        }
    }

    private string? Text(DesiredNode node, string name)
    {
        switch (node)
        {
            case NullNode:
                return null;
            case TextNode text:
                return text.Text;
            default:
                entries.Add(node, node is OtherNode other ? $"{name} is text, and this is {other.Kind}. Put it in quotes."
                    : $"{name} is text.");
                return null;
        }
    }

    private double? Number(DesiredNode node, string name) => Parse(node, name, "a number",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            && number >= 0 ? number : (double?)null);

    private int? Whole(DesiredNode node, string name) => Parse(node, name, "a whole number",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 0 and <= int.MaxValue && number == Math.Floor(number) ? (int)number : (int?)null);

    private T? Parse<T>(DesiredNode node, string name, string kind, Func<string, T?> parse)
        where T : struct
    {
        string? text = node switch
        {
            OtherNode other => other.Text,
            TextNode given when !entries.IsExact => given.Text,
            _ => null,
        };
        T? number = text is null ? null : parse(text);
        if (number is null && node is not NullNode)
        {
            entries.Add(node, $"{name} is {kind}, 0 or more{(entries.IsExact && node is TextNode ? ", without quotes" : "")}.");
        }

        return number;
    }

    private QuotaPeriod? Period(DesiredNode node)
    {
        if (node is NullNode)
        {
            return null;
        }

        string? text = (node as TextNode)?.Text;
        if (text is not null && (!entries.IsExact || text is "DAY" or "WEEK" or "MONTH" or "Day" or "Week" or "Month")
            && !char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse(text, ignoreCase: true, out QuotaPeriod period)
            && Enum.IsDefined(period))
        {
            return period;
        }

        entries.Add(node, "The period of a quota is DAY, WEEK or MONTH.");
        return null;
    }
}
