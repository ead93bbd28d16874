using System.Management.Automation;
using System.Net;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>
/// AWS makes one change of the keys in usage plans at a time and answers a second one with 409 "Please try again later". That
/// is neither a value that is taken nor a key that is in the plan already: it passes, and the call is repeated.
/// </summary>
public class BusyTests
{
    private const string Answer = """{"message":"Unable to complete operation due to concurrent modification. Please try again later."}""";

    private static readonly ApiGatewayConnection OneAttempt = new() { Region = "eu-central-1", MaxAttempts = 1 };

    /// <summary>Commands that change keys or plans, each with everything it needs made before it.</summary>
    public static TheoryData<string> Commands => new()
    {
        "New-ApiGatewayApiKey n -UsagePlanId $plan",
        "New-ApiGatewayUsagePlan other",
        "Add-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $keys[0].Id",
        "Remove-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $in.Id -Confirm:$false",
        "Set-ApiGatewayApiKey $keys[0].Id -Description d -AddTag @{ a = 'b' }",
        "Remove-ApiGatewayApiKey $keys[1].Id -Confirm:$false",
        "Invoke-ApiGatewayApiKeyRotation $in.Id",
        "Remove-ApiGatewayUsagePlan $empty -Confirm:$false",
    };

    [Theory]
    [InlineData("1..20 | ForEach-Object { \"n$_\" } | New-ApiGatewayApiKey -UsagePlanId $plan -ThrottleLimit 8", 21)]
    [InlineData("$keys | Add-ApiGatewayUsagePlanKey -UsagePlanId $plan -ThrottleLimit 8", 21)]
    [InlineData("$null = $keys | Add-ApiGatewayUsagePlanKey -UsagePlanId $plan; $keys | Remove-ApiGatewayUsagePlanKey -UsagePlanId $plan "
        + "-Confirm:$false -ThrottleLimit 8", 1)]
    [InlineData("$null = $keys | Add-ApiGatewayUsagePlanKey -UsagePlanId $plan; $keys | Invoke-ApiGatewayApiKeyRotation "
        + "-ThrottleLimit 8", 41)]
    public void EveryPlanEndsCompleteWithManyCallsInFlight(string script, int members)
    {
        OneAtATime? handler = null;
        using ModuleSession session = new(inner => handler = new OneAtATime(inner), OneAttempt);
        Prepare(session);
        session.Good(script);
        Assert.Equal(members, session.Good("Get-ApiGatewayUsagePlanKey $plan").Count);
        Assert.Equal(0, handler!.Refused);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void ABusyAnswerIsRepeatedWhateverTheCall(string script)
    {
        int refusals = 0;
        bool armed = false;
        HashSet<string> seen = [];
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) =>
            {
                // Every change is refused once.
                bool refuse = armed && request.Method != HttpMethod.Get && seen.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
                refusals += refuse ? 1 : 0;
                return Task.FromResult(refuse ? StubHandler.Answer(HttpStatusCode.Conflict, Answer, "ConflictException") : null);
            }),
            OneAttempt with { MaxAttempts = 3 });
        Prepare(session);
        armed = true;
        session.Good(script);
        Assert.InRange(refusals, 1, 4);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AfterTheLastAttemptTheErrorSaysWhatToDo(string script)
    {
        bool armed = false;
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) => Task.FromResult(
                armed && request.Method != HttpMethod.Get ? StubHandler.Answer(HttpStatusCode.Conflict, Answer, "ConflictException")
                    : null)),
            OneAttempt);
        Prepare(session);
        armed = true;
        Outcome outcome = session.Run(script);
        ErrorRecord error = outcome.Error;
        Assert.Equal(("ConcurrentModification", ErrorCategory.ResourceBusy), (outcome.ErrorId, error.CategoryInfo.Category));
        Assert.Contains("concurrent modification", error.ToString());
        Assert.Contains("Run the same command again", error.ToString());
        Assert.All(["already", "Give another value", "could not be found out"], text => Assert.DoesNotContain(text, error.ToString()));
    }

    [Fact]
    public void AnotherConflictIsToldAtOnce()
    {
        using ModuleSession session = new(settings: OneAttempt with { MaxAttempts = 3 });
        Prepare(session);
        long before = session.Emulator.RequestCount;
        Outcome outcome = session.Run("Add-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $in.Id");
        Assert.Equal("UsagePlanKeyConflict", outcome.ErrorId);
        Assert.Contains("is already in usage plan", outcome.Error.ToString());
        Assert.Equal(2, session.Emulator.RequestCount - before);
    }

    [Theory]
    [InlineData("Get-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $keys[0].Id", false, "UsagePlanKeyNotFound", "is not in usage plan")]
    [InlineData("Remove-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $keys[0].Id -Confirm:$false", false, "UsagePlanKeyNotFound",
        "is not in usage plan")]
    [InlineData("Remove-ApiGatewayUsagePlanKey -UsagePlanId gone -Id $keys[0].Id -Confirm:$false", false, "UsagePlanNotFound",
        "There is no usage plan 'gone'")]
    [InlineData("Remove-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id $keys[0].Id -Confirm:$false", true, "UsagePlanKeyNotFound",
        ", or API key")]
    public void APlanThatIsThereIsNotToldToBeMissing(string script, bool mayNotReadPlans, string errorId, string says)
    {
        bool armed = false;
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) => Task.FromResult(
                !armed ? null
                : request.RequestUri!.AbsolutePath.Contains("/keys", StringComparison.Ordinal)
                    ? StubHandler.Answer(HttpStatusCode.NotFound, """{"message":"Invalid Usage Plan ID specified"}""", "NotFoundException")
                : mayNotReadPlans ? StubHandler.Answer(HttpStatusCode.Forbidden, """{"message":"no"}""", "AccessDeniedException")
                : null)),
            OneAttempt);
        Prepare(session);
        armed = true;
        Outcome outcome = session.Run(script);
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
    }

    private static void Prepare(ModuleSession session) => session.Good("""
        $plan = (New-ApiGatewayUsagePlan gold).Id
        $empty = (New-ApiGatewayUsagePlan empty).Id
        $keys = 1..20 | ForEach-Object { "k$_" } | New-ApiGatewayApiKey
        $in = New-ApiGatewayApiKey in -UsagePlanId $plan
        """);

    /// <summary>Refuses a change of a plan's keys that comes while another one is under way.</summary>
    private sealed class OneAtATime(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private int _underWay;
        private int _refused;

        public int Refused => _refused;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get || !request.RequestUri!.AbsolutePath.Contains("/keys", StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            try
            {
                if (Interlocked.Increment(ref _underWay) > 1)
                {
                    Interlocked.Increment(ref _refused);
                    return StubHandler.Answer(HttpStatusCode.Conflict, Answer, "ConflictException");
                }

                await Task.Delay(5, cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
