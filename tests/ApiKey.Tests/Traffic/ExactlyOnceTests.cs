using System.Management.Automation;
using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Traffic;

/// <summary>Lost answers, failures and throttling: as many keys as were asked for, no more and no fewer, or a word about it.</summary>
public class ExactlyOnceTests
{
    private const string Value = "abcdefghij0123456789";

    [Theory]
    [InlineData(EmulatorFaultKind.ResetAfter)]
    [InlineData(EmulatorFaultKind.ErrorAfter)]
    [InlineData(EmulatorFaultKind.TruncatedBody)]
    [InlineData(EmulatorFaultKind.ResetBefore)]
    [InlineData(EmulatorFaultKind.InternalError)]
    [InlineData(EmulatorFaultKind.BadGateway)]
    [InlineData(EmulatorFaultKind.Unavailable)]
    [InlineData(EmulatorFaultKind.TooManyRequests)]
    public void ACreateThatGoesWrongOnceMakesOneKey(EmulatorFaultKind kind)
    {
        using ModuleSession session = With(new EmulatorFault { Kind = kind, Operation = "CreateApiKey", Times = 1 });
        ApiKeyInfo key = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a -Tag @{ x = 'y' } -CustomerId c");
        ApiKeyInfo there = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -IncludeValue");
        Assert.Equal(there with { Connection = null, StageKeys = [] }, key with { Connection = null, StageKeys = [] });
        Assert.NotNull(key.Value);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ResetAfter)]
    [InlineData(EmulatorFaultKind.ErrorAfter)]
    public void AValueOfTheUsersOwnIsFoundAgainToo(EmulatorFaultKind kind)
    {
        using ModuleSession session = With(new EmulatorFault { Kind = kind, Operation = "CreateApiKey", Times = 1 });
        Assert.Equal(Value, session.One<ApiKeyInfo>($"New-ApiGatewayApiKey a -Value {Value}").Value);
        Assert.Single(session.Good("Get-ApiGatewayApiKey"));
    }

    [Fact]
    public void AValueThatWasThereBeforeIsNotTakenForTheKeyJustMade()
    {
        using ModuleSession session =
            With(new EmulatorFault { Kind = EmulatorFaultKind.ResetBefore, Operation = "CreateApiKey", Times = 1 });
        string holder = session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "a",
            Value = Value,
            Description = "another",
            CreatedDate = DateTimeOffset.UtcNow.AddDays(-1)
        });
        Outcome outcome = session.Run($"New-ApiGatewayApiKey a -Value {Value}");
        Assert.Equal("ApiKeyConflict", outcome.ErrorId);
        Assert.Contains(holder, outcome.Error.ToString());
        Assert.Contains("there before", outcome.Error.ToString());
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void AHolderOfAnotherNameIsNamedToo()
    {
        using ModuleSession session =
            With(new EmulatorFault { Kind = EmulatorFaultKind.ResetBefore, Operation = "CreateApiKey", Times = 1 });
        string holder = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "other", Value = Value });
        Outcome outcome = session.Run($"New-ApiGatewayApiKey a -Value {Value}");
        Assert.Contains($"other ({holder})", outcome.Error.ToString());
    }

    [Fact]
    public void WhenEveryAnswerIsLostTheKeyIsFoundAllTheSame()
    {
        using ModuleSession session = With(new EmulatorFault { Kind = EmulatorFaultKind.ErrorAfter, Operation = "CreateApiKey" });
        ApiKeyInfo key = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a");
        Assert.Equal(key.Id, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id);
    }

    [Fact]
    public void WhenNoTryGetsThroughTheErrorSaysThatNoKeyWasMade()
    {
        using ModuleSession session = With(new EmulatorFault { Kind = EmulatorFaultKind.InternalError, Operation = "CreateApiKey" });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a");
        Assert.Equal("ServiceFailure", outcome.ErrorId);
        Assert.Contains("No key was made", outcome.Error.ToString());
    }

    [Fact]
    public void WhenLookingFailsTooTheErrorSaysThatItIsNotKnown()
    {
        using ModuleSession session = With(
            new EmulatorFault { Kind = EmulatorFaultKind.ErrorAfter, Operation = "CreateApiKey" },
            new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "GetApiKeys", Times = 1 });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a");
        Assert.Equal(("OutcomeUnknown", "a"), (outcome.ErrorId, outcome.Error.TargetObject));
        Assert.Contains("may or may not have been made", outcome.Error.ToString());
        Assert.Contains("Get-ApiGatewayApiKey -Name 'a'", outcome.Error.ToString());
    }

    [Fact]
    public void WhenValuesCannotBeReadTheCandidatesAreNamed()
    {
        using ModuleSession session = new(
            inner => new StubHandler(inner, async (request, cancellation) =>
            {
                if (request.Method == HttpMethod.Post)
                {
                    return StubHandler.Answer(HttpStatusCode.InternalServerError, """{"message":"oops"}""", "InternalFailure");
                }

                // A server that keeps values to itself.
                await Task.Yield();
                request.RequestUri = new Uri(request.RequestUri!.ToString()
                    .Replace("includeValues=true", "includeValues=false", StringComparison.Ordinal));
                return null;
            }),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 2 });
        string candidate = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "a" });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a");
        Assert.Equal("OutcomeUnknown", outcome.ErrorId);
        Assert.Contains($"a ({candidate})", outcome.Error.ToString());
    }

    [Fact]
    public void ManyCreatesWithManyFaultsMakeExactlySoMany()
    {
        using ModuleSession session = With(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetAfter, Probability = 0.1, Seed = 1 },
            new EmulatorFault { Kind = EmulatorFaultKind.InternalError, Probability = 0.1, Seed = 2 },
            new EmulatorFault { Kind = EmulatorFaultKind.ErrorAfter, Probability = 0.05, Seed = 3 });
        IReadOnlyList<PSObject> made = session.Good("1..300 | ForEach-Object { \"k$($_ % 10)\" } | New-ApiGatewayApiKey");
        Assert.Equal(300, made.Select(key => ((ApiKeyInfo)key.BaseObject).Id).Distinct().Count());
        Assert.Equal(300, session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Theory]
    [InlineData("Remove-ApiGatewayApiKey $args[0] -Confirm:$false", "DeleteApiKey", 0)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description new", "UpdateApiKey", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -AddTag @{ a = 'b' }", "TagResource", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -RemoveTag x", "UntagResource", 1)]
    public void OtherChangesAreRepeatedUntilTheirAnswerComes(string script, string operation, int keys)
    {
        using ModuleSession session = With(new EmulatorFault { Kind = EmulatorFaultKind.ResetAfter, Operation = operation, Times = 2 });
        string id = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a -Tag @{ x = 'y' }").Id;
        session.Good(script, id);
        Assert.Equal(keys, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.InRange(session.Emulator.CountOf(operation), operation == "DeleteApiKey" ? 2 : 3, 3);
    }

    [Fact]
    public void AKeyThatWasNeverThereIsStillAnError() =>
        Assert.Equal("ApiKeyNotFound", With().Run("Remove-ApiGatewayApiKey nobody -Confirm:$false").ErrorId);

    [Fact]
    public void VerboseCountsCallsAndRetries()
    {
        using ModuleSession session =
            With(new EmulatorFault { Kind = EmulatorFaultKind.TooManyRequests, Operation = "CreateApiKey", Times = 1 });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a -Verbose");
        Assert.Contains(outcome.Chatter,
            text => text.StartsWith("2 calls to API Gateway, 1 of them repeated, 1 answered 429", StringComparison.Ordinal));
    }

    [Fact]
    public void WaitingIsShownAsProgress()
    {
        using ModuleSession session = new(settings: new ApiGatewayConnection { Region = "eu-central-1", RequestsPerSecond = 4 });
        using PowerShell shell = session.Create("1..16 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -ThrottleLimit 8");

        // Time goes on once it is shown.
        session.Clock.StandsStill = true;
        shell.Streams.Progress.DataAdded += (_, added) => session.Clock.StandsStill &= !IsWait(shell.Streams.Progress[added.Index]);
        Outcome outcome = Outcome.Of(shell, shell.Invoke);
        Assert.Contains(shell.Streams.Progress, IsWait);
        Assert.Equal(16, outcome.Output.Count);
    }

    private static bool IsWait(ProgressRecord record) => record.StatusDescription.Contains("done, ", StringComparison.Ordinal)
        && record.StatusDescription.Contains("waiting for the pace of 4 a second", StringComparison.Ordinal);

    private static ModuleSession With(params EmulatorFault[] faults) => new(
        settings: new ApiGatewayConnection { Region = "eu-central-1", Clock = new SkippingClock() },
        emulator: new ApiGatewayEmulator(faults: faults));
}
