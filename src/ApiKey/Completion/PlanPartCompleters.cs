using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Completion;

/// <summary>Names of usage plans for a parameter that accepts wildcards.</summary>
public sealed class UsagePlanNameCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) =>
        plan.Name?.StartsWith(word, StringComparison.Ordinal) is true
            ? [new Suggestion(WildcardPattern.Escape(plan.Name), plan.Name, plan.ToString())] : [];
}

/// <summary>Products of the AWS Marketplace that some usage plan of the region has.</summary>
public sealed class ProductCodeCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) =>
        plan.ProductCode is { Length: > 0 } product && product.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            ? [new Suggestion(product, $"of {plan}")] : [];
}

/// <summary>Stages, as AWS writes them, that some usage plan of the region has.</summary>
public sealed class StageCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) => plan.ApiStages
        .Where(stage => stage.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(stage => new Suggestion(stage.ToString(), $"of {plan}"));
}

/// <summary>REST APIs of which some usage plan of the region has a stage.</summary>
public sealed class ApiIdCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) => plan.ApiStages
        .Where(stage => stage.ApiId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(stage => new Suggestion(stage.ApiId, $"{stage} of {plan}"));
}

/// <summary>Names of stages, of the API that is typed already, that some usage plan of the region has.</summary>
public sealed class StageNameCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) => plan.ApiStages
        .Where(stage => stage.Stage.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Where(stage => Typed("ApiId") is not { } api || api == stage.ApiId)
        .Select(stage => new Suggestion(stage.Stage, $"{stage} of {plan}"));
}
