using ApiKey.Model;

namespace ApiKey.Completion;

/// <summary>Ids of usage plans, by the start of the id or of the name. The menu shows the name, the tooltip rate, quota and
/// stages.</summary>
public sealed class UsagePlanIdCompleter : PlanCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word) =>
        plan.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || plan.Name?.StartsWith(word, StringComparison.OrdinalIgnoreCase) is true
            ? [new Suggestion(plan.Id, plan.ToString(),
                string.Join(", ", new[] { plan.ToString(), plan.Description, string.Join(' ', plan.ApiStages) }
                    .Where(part => !string.IsNullOrEmpty(part))))]
            : [];
}
