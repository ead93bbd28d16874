using System.Collections;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Engine;

/// <summary>For any plans, keys and members, and any desired state of them: Sync does what Compare says in as many calls, and then there
/// is nothing to do.</summary>
public sealed class SyncPlanProperties : IDisposable
{
    private static readonly Gen<string[]> AnyStages = Gen.SubListOf("x:p", "y:p").Select(stages => stages.ToArray());

    private static readonly Gen<(string Name, string[] Stages, int Rate, bool Managed)> AnyPlan =
        from name in Gen.Elements("gold", "silver", "bronze")
        from stages in AnyStages
        from rate in Gen.Elements(0, 5)
        from managed in Gen.Elements(true, false)
        select (name, stages, rate, managed);

    private static readonly Gen<(string Name, string[]? Plans)> AnyKey =
        from name in Gen.Elements("a", "b", "c", "d")
        from plans in Gen.SubListOf("gold", "silver", "bronze").Select(plans => plans.ToArray())
        from says in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        select (name, says ? plans : null);

    private static readonly Gen<((string Name, string[] Stages, int Rate, bool Managed)[] ActualPlans,
        (string Name, string[]? Plans)[] ActualKeys,
        (string Name, string[] Stages, int Rate, bool Managed)[] Plans, (string Name, string[]? Plans)[] Keys, bool Prune)> AnyCase =
        from actualPlans in AnyPlan.ListOf(3)
        from actualKeys in AnyKey.ListOf(3)
        from plans in AnyPlan.ListOf(3)
        from keys in AnyKey.ListOf(4)
        from saysPlans in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from prune in Gen.Elements(true, false)
        select (actualPlans.DistinctBy(plan => plan.Name).ToArray(), actualKeys.DistinctBy(key => key.Name).ToArray(),
            plans.DistinctBy(plan => plan.Name).ToArray(),
            keys.DistinctBy(key => key.Name).Select(key => saysPlans ? key : (key.Name, null)).ToArray(), prune);

    private readonly ModuleSession _session = new();
    private int _number;

    [Fact]
    public void SyncDoesThePlanAndThenThereIsNothingToDo()
    {
        int planned = 0;
        int moved = 0;
        Prop.ForAll(AnyCase.ToArbitrary(), example =>
        {
            ApiGatewayConnection connection = _session.Connection with { Region = $"region-{++_number}" };
            _session.Run("foreach ($plan in $args[1]) { $null = New-ApiGatewayUsagePlan @plan -Connection $args[0] }", connection,
                example.ActualPlans.Select(plan => Plan(plan, isCommand: true)).ToArray());
            foreach ((string name, string[]? plans) in example.ActualKeys)
            {
                // Plans that share a stage refuse the key.
                _session.Run("$null = New-ApiGatewayApiKey $args[1] -Tag @{ m = '1' } -Connection $args[0]", connection, name);
                foreach (string plan in plans ?? [])
                {
                    _session.Run("$key = Get-ApiGatewayApiKey $args[1] -Connection $args[0]; Add-ApiGatewayUsagePlanKey "
                        + "-UsagePlanId $args[2] -Id $key.Id -Connection $args[0] -ErrorAction SilentlyContinue", connection, name, plan);
                }
            }

            Hashtable desired = new()
            {
                ["usage_plans"] = example.Plans.Select(plan => Plan(plan, isCommand: false)).ToArray(),
                ["keys"] = example.Keys.Select(key =>
                {
                    Hashtable entry = new() { ["name"] = key.Name, ["tags"] = new Hashtable { ["m"] = "1" } };
                    if (key.Plans is not null)
                    {
                        entry["usage_plans"] = key.Plans;
                    }

                    return entry;
                }).ToArray(),
            };
            string prune = example.Prune ? "-Prune -PruneTag @{ m = '1' }" : "";
            long first = _session.Emulator.RequestCount;
            Outcome compared = _session.Run($"Compare-ApiGatewayApiKey $args[0] -Connection $args[1] {prune}", desired, connection);
            long reads = _session.Emulator.RequestCount - first;
            Outcome synced = _session.Run($"Sync-ApiGatewayApiKey $args[0] -Connection $args[1] {prune} -Force", desired, connection);
            long calls = _session.Emulator.RequestCount - first - reads;
            Assert.Equal(compared.ErrorTexts, synced.ErrorTexts);
            if (compared.Errors.Count > 0)
            {
                Assert.Equal(reads, calls);
                return true;
            }

            planned++;
            PlannedChange[] lines = [.. compared.Output.Select(change => (PlannedChange)change.BaseObject)];
            PlannedChange[] done = [.. synced.Output.Select(change => (PlannedChange)change.BaseObject)];
            moved += lines.Count(change => change is { Resource: PlannedResource.UsagePlanKey, Action: PlanAction.Remove });
            Assert.Equal(lines.Select(change => (change.Resource, change.Action, change.Id, change.Name, change.UsagePlan)),
                done.Select(change => (change.Resource, change.Action, change.Id, change.Name, change.UsagePlan)));
            Assert.All(done, change => Assert.Equal(ChangeStatus.Done, change.Status));
            Assert.Equal(reads + lines.Sum(change => change.Calls), calls);
            Assert.Empty(_session.Good($"Compare-ApiGatewayApiKey $args[0] -Connection $args[1] {prune}", desired, connection));
            Assert.Empty(_session.Good($"Sync-ApiGatewayApiKey $args[0] -Connection $args[1] {prune} -Force", desired, connection));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
        Assert.True(planned > 25 && moved > 0, $"{planned} of 100 cases could be planned, with {moved} keys that leave a plan.");
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ResetAfter)]
    [InlineData(EmulatorFaultKind.ErrorAfter)]
    [InlineData(EmulatorFaultKind.InternalError)]
    public void LostAnswersMakeEachPlanAndMemberOnce(EmulatorFaultKind kind)
    {
        using ApiGatewayEmulator emulator = new(faults: [new EmulatorFault { Kind = kind, Operation = "CreateUsagePlan", Times = 2 },
            new EmulatorFault { Kind = kind, Operation = "CreateUsagePlanKey", Times = 2 },
            new EmulatorFault { Kind = kind, Operation = "UpdateUsagePlan", Times = 1 }]);
        using ModuleSession session = new(settings: new ApiGatewayConnection { Region = "eu-central-1" }, emulator: emulator);
        const string Desired = "@{ usage_plans = @(0..3 | ForEach-Object { @{ name = \"p$_\"; ProductCode = 'c' } }); "
            + "keys = @(@{ name = 'a'; usage_plans = 'p0', 'p1' }, @{ name = 'b'; usage_plans = @('p2') }) }";
        Assert.All(session.Good($"Sync-ApiGatewayApiKey {Desired} -ThrottleLimit 1"),
            change => Assert.Equal(ChangeStatus.Done, ((PlannedChange)change.BaseObject).Status));
        Assert.Empty(session.Good($"Compare-ApiGatewayApiKey {Desired}"));
        Assert.Equal(4, session.Good("Get-ApiGatewayUsagePlan").Count);
    }

    [Fact]
    public void OneSyncServesTheRegionsOfItsEntriesAndNoOther()
    {
        _session.Good("$null = New-ApiGatewayApiKey here -Tag @{ m = '1' }");
        _session.Good("$null = New-ApiGatewayApiKey gone -Tag @{ m = '1' } -Region us-east-1");
        const string Desired = "@{ usage_plans = @(@{ name = 'p'; region = 'us-east-1' }); keys = @(@{ name = 'a'; region = 'us-east-1'; "
            + "tags = @{ m = '1' }; usage_plans = @('p') }, @{ name = 'a'; region = 'eu-west-1' }) }";
        Assert.Equal(
            ["us-east-1 Create usage plan p", "us-east-1 Create a", "eu-west-1 Create a", "us-east-1 Create a in usage plan p",
                "us-east-1 Remove gone"],
            _session.Good($"Sync-ApiGatewayApiKey {Desired} -Prune -PruneTag @{{ m = '1' }} -Force")
                .Select(change => (PlannedChange)change.BaseObject)
                .Select(change => $"{change.Region} {change.Action} {change.Title.Split('(')[0].Trim()}"));
        Assert.Single(_session.Good("Get-ApiGatewayApiKey here"));
        Assert.Empty(_session.Good($"Compare-ApiGatewayApiKey {Desired}"));
        Outcome only = _session.Run($"Compare-ApiGatewayApiKey {Desired} -Region eu-west-1");
        Assert.Empty(only.Output);
        Assert.Contains("2 entries", Assert.Single(only.Warnings));
    }

    [Fact]
    public void ADocumentWithoutPlansMakesNoCallMore()
    {
        _session.Good("$null = New-ApiGatewayUsagePlan p; $null = New-ApiGatewayApiKey a");
        long before = _session.Emulator.RequestCount;
        _session.Good("Compare-ApiGatewayApiKey @{ name = 'a' }");
        Assert.Equal(1, _session.Emulator.RequestCount - before);
        _session.Good("Compare-ApiGatewayApiKey @{ usage_plans = @(@{ name = 'p' }) }");
        Assert.Equal(2, _session.Emulator.RequestCount - before);
    }

    public void Dispose() => _session.Dispose();

    private static Hashtable Plan((string Name, string[] Stages, int Rate, bool Managed) plan, bool isCommand)
    {
        Hashtable table = new() { ["Name"] = plan.Name };
        if (plan.Stages.Length > 0)
        {
            table[isCommand ? "ApiStage" : "api_stages"] = plan.Stages;
        }

        if (plan.Rate > 0)
        {
            table["RateLimit"] = plan.Rate;
            table["BurstLimit"] = 2;
        }

        if (plan.Managed)
        {
            table[isCommand ? "Tag" : "tags"] = new Hashtable { ["m"] = "1" };
        }

        return table;
    }
}
