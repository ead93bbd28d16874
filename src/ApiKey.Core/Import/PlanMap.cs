using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Import;

/// <summary>
/// Which usage plans stand for those that a file names: a file of another region or account names plans of there. What is not in the
/// map is itself.
/// </summary>
/// <param name="plans">The plans here, by the ids of the file.</param>
/// <param name="findProblem">What is wrong with where a plan is; null for nothing.</param>
internal sealed class PlanMap(IReadOnlyDictionary<string, UsagePlanIdentity> plans,
    Func<UsagePlanIdentity, (string ErrorId, string Message)?> findProblem)
{
    private const string UsagePlanMap = nameof(UsagePlanMap);

    /// <summary>What there is to say before files are imported: plans that none of them names, and the first that is elsewhere.</summary>
    public IEnumerable<ImportStep> Check(IReadOnlyList<KeyFile> files) =>
    [
        .. plans.Keys.Where(id => !files.Any(file => file.PlanLines.ContainsKey(id))).Select(id => new ImportStep.UnusedPlan(id, files)),
        .. plans.Values.Select(plan => findProblem(plan) is { } problem ? new ImportStep.PlanElsewhere(plan, problem) : null)
            .OfType<ImportStep>().Take(1),
    ];

    /// <summary>Finds the plan that is meant by an id of the file.</summary>
    /// <param name="id">The id.</param>
    /// <param name="there">Every plan of the region.</param>
    /// <param name="region">The region.</param>
    /// <returns>The plan's id; or why it is not clear, a sentence that says what to do.</returns>
    public (string? Id, string? Problem) Find(string id, IReadOnlyList<UsagePlanInfo> there, string region)
    {
        if (!plans.TryGetValue(id, out UsagePlanIdentity? other))
        {
            return there.Any(plan => plan.Id == id) ? (id, null)
                : (null, $"There is no usage plan {Show.Quote(id)} in {region}. {Lists} When another plan is meant, use "
                    + $"{Words.Typed.Setting(UsagePlanMap)} @{{ {Show.Quote(id)} = … }}.");
        }

        if (there.Any(plan => plan.Id == other.Id))
        {
            return (other.Id, null);
        }

        string[] named = other.Plan is not null ? [] : [.. there.Where(plan => plan.Name == other.Id).Select(plan => plan.Id)];
        string replaces = $"{Words.Typed.Setting(UsagePlanMap)} replaces {Show.Quote(id)} by {Show.Quote(other.Id)},";
        return named switch
        {
            [var one] => (one, null),
            [] => (null, $"{replaces} and there is no usage plan with that id or name in {region}. {Lists}"),
            _ => (null, $"{replaces} and {named.Length} usage plans in {region} have that name: {string.Join(", ", named)}. Specify the "
                + "id of the one that is meant."),
        };
    }

    private static string Lists => $"{Words.Typed.Command(Act.ShowPlans)} lists the plans and their ids.";
}
