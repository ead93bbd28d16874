using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>Does what a plan says of usage plans and of keys in them, in as many calls as it says.</summary>
internal static class UsagePlanExecution
{
    // A create whose answer was lost is looked for, and made again when it is not there.
    private const int MostCreates = 3;

    /// <summary>Makes one change.</summary>
    /// <returns>The usage plan as it is then, null when it was removed or is a key's; and what is in doubt although it was done.</returns>
    /// <exception cref="ApiGatewayException">It was not made, or not to its end; the text says what was done.</exception>
    public static async Task<(UsagePlanInfo? Plan, ApiGatewayException? Doubt)> ApplyAsync(this UsagePlanOperations operations,
        PlannedChange change, CancellationToken cancellationToken)
    {
        switch (change.Resource, change.Action)
        {
            case (PlannedResource.UsagePlanKey, PlanAction.Create):
                await operations.AddKeyAsync(change.MadePlan!.Id!, change.Made!.Id!, cancellationToken, isThere: () => { });
                return (null, null);
            case (PlannedResource.UsagePlanKey, _):
                await IgnoreMissingAsync(operations.RemoveKeyAsync(change.MadePlan!.Id!, change.Made!.Id!, cancellationToken));
                return (null, null);
            case (_, PlanAction.Create):
                return await CreateAsync(operations, change, cancellationToken);
            case (_, PlanAction.Remove):
                await IgnoreMissingAsync(operations.DeleteAsync(new UsagePlanIdentity(change.CurrentPlan!), cancellationToken));
                return (null, null);
            default:
                return (await UpdateAsync(operations, change.CurrentPlan!, change.WantedPlan!, cancellationToken), null);
        }
    }

    private static Task<UsagePlanInfo> UpdateAsync(UsagePlanOperations operations, UsagePlanInfo current, UsagePlanSpec wanted,
        CancellationToken cancellationToken)
    {
        UsagePlanComparison comparison = new(wanted, current, operations.Policy);
        return operations.UpdateAsync(current, comparison.Patches, comparison.RemovedTags, comparison.AddedTags, cancellationToken);
    }

    // As with keys: AWS has no lock and accepts a name any number of times, so the name is looked for just before and after.
    private static async Task<(UsagePlanInfo? Plan, ApiGatewayException? Doubt)> CreateAsync(UsagePlanOperations operations,
        PlannedChange change, CancellationToken cancellationToken)
    {
        UsagePlanSpec wanted = change.WantedPlan!;
        string name = Show.Quote(wanted.Name);
        if (await FindAsync(operations, wanted.Name, cancellationToken) is [var already, ..])
        {
            throw new ApiGatewayException(
                ApiGatewayErrorKind.Conflict,
                $"Usage plan '{already}' appeared in {operations.Region} after the plan was made, so no second one of the name {name} was "
                + "created. Perhaps another run applies the same desired state. Run the command again once that one has ended.")
            { Resource = ApiGatewayResource.UsagePlan };
        }

        UsagePlanInfo made = await CreateOnceAsync(operations, wanted, cancellationToken);
        change.Made!.Id = made.Id;
        if (wanted.ProductCode is not null)
        {
            try
            {
                made = await UpdateAsync(operations, made, wanted, cancellationToken);
            }
            catch (ApiGatewayException failure)
            {
                throw failure.After([$"usage plan {made.Id} is created, and its product code is not set"]);
            }
        }

        try
        {
            string[] others = [.. (await FindAsync(operations, wanted.Name, cancellationToken)).Select(plan => plan.Id)
                .Where(id => id != made.Id).Order(StringComparer.Ordinal)];
            return (made, others.Length == 0 ? null : new ApiGatewayException(
                ApiGatewayErrorKind.Conflict,
                $"Usage plan {made.Id} was created, and {string.Join(", ", others)} of the same name {name} at the same time: another run "
                + "applies the same desired state. Let only one run at a time. Keep one of the plans, remove the other, and run the "
                + "command again.")
            { Resource = ApiGatewayResource.UsagePlan });
        }
        catch (ApiGatewayException failure)
        {
            return (made, failure.AfterOthers($"Usage plan {made.Id} was created, but whether another run made one of the same name at the "
                + $"same time could not be determined: {failure.Message}"));
        }
    }

    // Nothing marks a plan as ours, but none of its name was there just before: one that is there after a lost answer is the one.
    private static async Task<UsagePlanInfo> CreateOnceAsync(UsagePlanOperations operations, UsagePlanSpec wanted,
        CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await operations.CreateAsync(wanted, cancellationToken);
            }
            catch (ApiGatewayException lost) when (lost.Kind == ApiGatewayErrorKind.OutcomeUnknown && tries < MostCreates)
            {
                if (await FindAsync(operations, wanted.Name, cancellationToken) is [var made, ..])
                {
                    return made;
                }
            }
        }
    }

    private static async Task<IReadOnlyList<UsagePlanInfo>> FindAsync(UsagePlanOperations operations, string name,
        CancellationToken cancellationToken) =>
        [.. (await operations.ListAllAsync(apiKeyId: null, cancellationToken)).Where(plan => plan.Name == name)];

    // What is gone already is as it should be.
    private static async Task IgnoreMissingAsync(Task removal)
    {
        try
        {
            await removal;
        }
        catch (ApiGatewayException gone) when (gone.Kind == ApiGatewayErrorKind.NotFound)
        {
        }
    }
}
