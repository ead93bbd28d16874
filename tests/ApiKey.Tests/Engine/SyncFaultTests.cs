using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>Whatever goes wrong half way: what is reported as done is done, the rest is reported as not done, and the next run
/// finishes.</summary>
public class SyncFaultTests
{
    private const string Desired = """
        $(0..9 | ForEach-Object { @{ name = "new-$_"; tags = @{ m = '1' } } }
          0..9 | ForEach-Object { @{ name = "changed-$_"; description = 'd'; tags = @{ m = '1'; x = 'y' } } }
          0..4 | ForEach-Object { @{ name = "replaced-$_"; value = "NewValueNewValueNewValue$_"; tags = @{ m = '1' } } })
        """;

    private const string Sync = $"Sync-ApiGatewayApiKey {Desired} -AllowReplace -Prune -PruneTag @{{ m = '1' }}";

    public static TheoryData<EmulatorFaultKind, string?, int> Days
    {
        get
        {
            TheoryData<EmulatorFaultKind, string?, int> days = [];
            foreach (EmulatorFaultKind kind in new[] { EmulatorFaultKind.InternalError, EmulatorFaultKind.ResetAfter,
                EmulatorFaultKind.ErrorAfter, EmulatorFaultKind.ExpiredToken, EmulatorFaultKind.TruncatedBody })
            {
                days.Add(kind, null, 1);
                days.Add(kind, null, 2);
            }

            foreach (string operation in new[] { "CreateApiKey", "UpdateApiKey", "TagResource", "UntagResource", "DeleteApiKey" })
            {
                days.Add(EmulatorFaultKind.InternalError, operation, 3);
            }

            return days;
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void WhatIsReportedAsDoneIsDone(EmulatorFaultKind kind, string? operation, int seed)
    {
        // The listing passes; then every third call fails, or every second of one operation.
        using ApiGatewayEmulator emulator =
            new(faults: [new EmulatorFault { Kind = kind, Operation = operation, Skip = operation is null ? 31 : 0, Times = 12,
                Probability = operation is null ? 0.33 : 0.5, Seed = seed }]);
        using ModuleSession session = new(settings: new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 },
            emulator: emulator);
        for (int number = 0; number < 10; number++)
        {
            emulator.Seed(new SeedKey
            {
                Region = "eu-central-1",
                Name = $"changed-{number}",
                Tags = new Dictionary<string, string> { ["m"] = "1", ["gone"] = "z" }
            });
            emulator.Seed(new SeedKey
            {
                Region = "eu-central-1",
                Name = $"removed-{number}",
                Tags = new Dictionary<string, string> { ["m"] = "1" }
            });
            if (number < 5)
            {
                emulator.Seed(new SeedKey
                {
                    Region = "eu-central-1",
                    Name = $"replaced-{number}",
                    Description = "Managed by Terraform",
                    Tags = new Dictionary<string, string> { ["m"] = "1" },
                    CreatedDate = DateTimeOffset.UnixEpoch
                });
            }
        }

        // Reads that the faults are not to hit: until the fault can happen these count as passed calls.
        for (int number = 0; operation is null && number < 30; number++)
        {
            session.Good("Get-ApiGatewayApiKey");
        }

        Outcome first = session.Run(Sync);
        PlannedChange[] outcomes = [.. first.Output.Select(change => (PlannedChange)change.BaseObject)];
        Assert.Equal(35, outcomes.Length);
        PlannedChange[] notDone = [.. outcomes.Where(change => change.Status == ChangeStatus.NotDone)];
        Assert.NotEmpty(notDone);
        if (kind == EmulatorFaultKind.ExpiredToken)
        {
            // No other change can go well either: one error ends it, and what was not begun is reported as such.
            // The error says so, unless the first call failed before another one was begun.
            Assert.Equal("AuthenticationFailed", first.ErrorId);
            Assert.True(notDone.Length == outcomes.Length
                || first.Error.ToString().Contains("The command ends here.", StringComparison.Ordinal), first.Error.ToString());
        }
        else
        {
            Assert.NotEmpty(first.Errors);
            int tried = notDone.Count(change => change.Reason != "Not removed, because not everything before it was done.");
            int inDoubt = first.ErrorTexts.Count(text => text.Contains(" were created in eu-central-1, but whether another run",
                StringComparison.Ordinal));
            Assert.InRange(inDoubt, 0, 1);
            Assert.Equal(first.Errors.Count, tried + inDoubt);
        }

        Assert.Equal(outcomes.Select(change => change.Status == ChangeStatus.Planned), outcomes.Select(_ => false));
        Assert.EndsWith($", {notDone.Length} not done", outcomes[^1].Summary);

        // Faults that are left would hit the looks too.
        Dictionary<string, ApiKeyInfo[]> there = Look(emulator).GroupBy(key => key.Name!)
            .ToDictionary(group => group.Key, group => group.ToArray());
        foreach (PlannedChange change in outcomes)
        {
            ApiKeyInfo[] keys = there.GetValueOrDefault(change.Name, []);
            bool isDone = change.Action switch
            {
                PlanAction.Create => keys is [_],
                PlanAction.Update => keys is [{ Description: "d" } updated] && updated.TagsAll.ToString() == "m=1, x=y",
                PlanAction.Replace => keys is [{ Value: var value }] && value!.StartsWith("NewValue", StringComparison.Ordinal),
                _ => keys.Length == 0,
            };
            Assert.True(change.Status != ChangeStatus.Done || isDone, $"{change} is said to be done.");

            // A create, replacement or removal that is specified not to be done is either untouched or the error says how far it came.
            if (change.Status == ChangeStatus.NotDone && change.Action is PlanAction.Create && kind is EmulatorFaultKind.InternalError
                or EmulatorFaultKind.ExpiredToken)
            {
                Assert.False(isDone, $"{change} is said not to be done.");
            }
        }

        // Nothing is removed while something that may take its place is missing.
        if (notDone.Any(change => change.Action != PlanAction.Remove))
        {
            Assert.Equal(10, there.Keys.Count(name => name.StartsWith("removed-", StringComparison.Ordinal)));
        }

        using ModuleSession second = new(emulator: emulator);
        Outcome last = second.Run(Sync);
        for (int run = 0; run < 12 && (last.Errors.Count > 0 || last.Output.Count > 0); run++)
        {
            last = second.Run(Sync);
        }

        Assert.Empty(last.ErrorTexts);
        Assert.Empty(last.Output);
        Assert.Equal(25, Look(emulator).Count);
    }

    private static IReadOnlyList<ApiKeyInfo> Look(ApiGatewayEmulator emulator)
    {
        // Tried again until the faults have passed.
        using ModuleSession session = new(emulator: emulator);
        for (int run = 0; ; run++)
        {
            Outcome outcome = session.Run("Get-ApiGatewayApiKey -IncludeValue");
            if (outcome.Errors.Count == 0 || run > 20)
            {
                Assert.Empty(outcome.ErrorTexts);
                return [.. outcome.Output.Select(key => (ApiKeyInfo)key.BaseObject)];
            }
        }
    }
}
