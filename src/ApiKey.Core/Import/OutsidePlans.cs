using System.Runtime.CompilerServices;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Import;

/// <summary>The rows whose keys are not in a usage plan that the rows name, although AWS accepted them.</summary>
/// <param name="file">The file.</param>
/// <param name="plans">The usage plans.</param>
/// <param name="sent">What AWS accepted.</param>
/// <param name="there">The keys it made.</param>
internal sealed class OutsidePlans(KeyFile file, UsagePlanOperations plans, SentRows sent, KeysByValue there)
{
    private readonly List<ImportStep.NotInPlan> _all = [];

    /// <summary>The rows, once everything is read.</summary>
    public IReadOnlyList<ImportStep.NotInPlan> All => _all;

    /// <summary>A few keys are asked for their plans one by one; of many, the keys of each plan are listed.</summary>
    public async IAsyncEnumerable<int> ReadAsync(int singleReads, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (file.PlanLines.Count == 0)
        {
            yield break;
        }

        (KeyFileRow Row, ApiKeyInfo Key)[] taken = [.. sent.Accepted()
            .Where(row => row.PlanIds.Count > 0 && there.Of(row) is not null).Select(row => (row, there.Of(row)!))];
        HashSet<(string PlanId, string KeyId)> members = [];
        if (taken.Length <= singleReads)
        {
            foreach ((_, ApiKeyInfo key) in taken)
            {
                members.UnionWith((await plans.ListAllAsync(key.Id, cancellationToken)).Select(plan => (plan.Id, key.Id)));
            }
        }
        else
        {
            foreach (string plan in file.PlanLines.Keys)
            {
                await foreach (IReadOnlyList<UsagePlanKeyInfo> page in plans.ListKeysAsync(plan, namePrefix: null, cancellationToken))
                {
                    members.UnionWith(page.Select(member => (plan, member.Id)));
                }
            }
        }

        _all.AddRange(taken.SelectMany(one => one.Row.PlanIds.Where(plan => !members.Contains((plan, one.Key.Id)))
            .Select(plan => new ImportStep.NotInPlan(one.Row, one.Key, plan))));
    }
}
