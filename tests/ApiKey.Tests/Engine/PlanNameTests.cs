using System.Reflection;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Wherever a usage plan is meant, its id, its object or its name will do; an id costs no call more, names cost one listing for a
/// whole pipeline.</summary>
public class PlanNameTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly string _id;

    public PlanNameTests()
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan 'Gold plan' -QuotaLimit 5 -QuotaPeriod Day; $letters = New-ApiGatewayUsagePlan "
            + "premium -QuotaLimit 5 -QuotaPeriod Day; $twins = 1..2 | ForEach-Object { New-ApiGatewayUsagePlan twin }; $keys = 'a', 'b', "
            + "'c' | New-ApiGatewayApiKey -UsagePlanId $gold, $letters; $new = 'd', 'e' | New-ApiGatewayApiKey");
        _id = (string)Assert.Single(_session.Good("$gold.Id")).BaseObject;
    }

    /// <summary>A command for every parameter that means a plan, and its calls for an id that exists.</summary>
    public static TheoryData<string, int> Commands => new()
    {
        { "Get-ApiGatewayUsagePlan -Id {0}", 1 },
        { "Get-ApiGatewayUsagePlanKey {0}", 1 },
        { "Get-ApiGatewayUsagePlanKey {0} -Id $keys[0], $keys[1]", 2 },
        { "$new | Add-ApiGatewayUsagePlanKey {0}", 2 },
        { "$keys | Remove-ApiGatewayUsagePlanKey {0} -Confirm:$false", 3 },
        { "$keys | Set-ApiGatewayApiKeyUsage {0} -Remaining 3", 3 },
        { "Get-ApiGatewayApiKeyUsage $keys[0] {0}", 2 },
        { "Set-ApiGatewayUsagePlan {0} -Description x", 2 },
        { "Remove-ApiGatewayUsagePlan {0} -Confirm:$false", 1 },
        { "'x', 'y' | New-ApiGatewayApiKey -UsagePlanId {0}", 5 },
    };

    [Fact]
    public void EveryCommandThatMeansAPlanIsTried()
    {
        string[] commands = [.. ModuleAssembly().GetTypes()
            .Where(type => type.GetProperties().Any(property => property.PropertyType == typeof(UsagePlanIdentity[])
                && property.GetCustomAttribute<System.Management.Automation.ParameterAttribute>() is not null))
            .Select(type => type.GetCustomAttribute<System.Management.Automation.CmdletAttribute>())
            .OfType<System.Management.Automation.CmdletAttribute>().Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName} ")];
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Contains(Commands, row => row.Data.Item1.Contains(command, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnIdCostsNoCallMore(string command, int calls) => AssertCalls(calls, command, "$gold.Id");

    [Theory]
    [MemberData(nameof(Commands))]
    public void ANameCostsOneListing(string command, int calls)
    {
        // Reading by name is done with the listing, and New looks its plans up in any case.
        int listed = command.StartsWith("Get-ApiGatewayUsagePlan -", StringComparison.Ordinal)
            || command.Contains("New-ApiGatewayApiKey", StringComparison.Ordinal) ? calls
            : command.StartsWith("Get-ApiGatewayApiKeyUsage", StringComparison.Ordinal) ? calls : calls + 1;
        AssertCalls(listed, command, "'Gold plan'");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void ANameThatLooksLikeAnIdWillDoToo(string command, int calls)
    {
        long before = _session.Emulator.RequestCount;
        _session.Good(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "premium"));

        // The text is tried as an id, by each that is in flight at first, perhaps looked after, and listed once.
        Assert.InRange(_session.Emulator.RequestCount - before, calls, calls + 5);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnAmbiguousNameNamesTheIdsAndChangesNothing(string command, int calls)
    {
        Assert.True(calls > 0);
        string before = State();
        Outcome outcome = _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "twin"));
        Assert.NotEmpty(outcome.Errors);
        Assert.All(outcome.Errors, error => Assert.StartsWith("AmbiguousUsagePlan,", error.FullyQualifiedErrorId));
        Assert.All(_session.Good("$twins.Id"), id => Assert.Contains((string)id.BaseObject, outcome.ErrorTexts.First()));
        Assert.Equal(before, State());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AMissingOneSaysWhatThereIsAndChangesNothing(string command, int calls)
    {
        Assert.True(calls > 0);
        string before = State();
        foreach (string missing in new[] { "nosuch", "No such plan" })
        {
            Outcome outcome = _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, $"'{missing}'"));
            Assert.NotEmpty(outcome.Errors);
            Assert.All(outcome.Errors, error => Assert.StartsWith("UsagePlanNotFound,", error.FullyQualifiedErrorId));
            Assert.All(outcome.ErrorTexts, text => Assert.Contains($"There is no usage plan '{missing}' in eu-central-1", text));
            Assert.All(outcome.ErrorTexts, text => Assert.Contains($"Gold plan ({_id})", text));
        }

        Assert.Equal(before, State());
    }

    [Fact]
    public void WhoMayNotListPlansCanUseIds()
    {
        using ModuleSession session = new(door => new Denying(door, "/usageplans"), emulator: _session.Emulator);
        Assert.Single(session.Good($"New-ApiGatewayApiKey x -UsagePlanId {_id}"));
        Assert.Equal("UsagePlanNotFound", session.Run("Set-ApiGatewayUsagePlan nosuch -Name x").ErrorId);
    }

    [Fact]
    public void AKeyThatIsInThePlanAlreadyIsASuccessWithTheSwitch()
    {
        Assert.Equal("UsagePlanKeyConflict", _session.Run("Add-ApiGatewayUsagePlanKey $gold $keys[0]").ErrorId);
        UsagePlanKeyInfo member = _session.One<UsagePlanKeyInfo>("Add-ApiGatewayUsagePlanKey $gold $keys[0] -IfNotExists -PassThru");
        Assert.Equal("a", member.Name);
    }

    [Fact]
    public void AKeyThatAnotherPlanGivesTheStageIsNoSuccessWithTheSwitch()
    {
        _session.Good("$one = New-ApiGatewayUsagePlan one -ApiStage a1b2c3d4e5:prod; $two = New-ApiGatewayUsagePlan two -ApiStage "
            + "a1b2c3d4e5:prod; Add-ApiGatewayUsagePlanKey $one $new[0]");
        Assert.Equal("UsagePlanKeyConflict", _session.Run("Add-ApiGatewayUsagePlanKey $two $new[0] -IfNotExists").ErrorId);
    }

    public void Dispose() => _session.Dispose();

    private Assembly ModuleAssembly() =>
        ((System.Management.Automation.CmdletInfo)Assert.Single(_session.Good("Get-Command New-ApiGatewayApiKey")).BaseObject)
            .ImplementingType.Assembly;

    private string State() => string.Join('\n', _session.Good("Get-ApiGatewayApiKey | ForEach-Object Id; Get-ApiGatewayUsagePlan | "
        + "ForEach-Object { \"$($_.Id) $($_.Name) $($_.Description)\"; $_ | Get-ApiGatewayUsagePlanKey | ForEach-Object Id }")
        .Select(line => (string)line.BaseObject));

    private void AssertCalls(int calls, string command, string plan)
    {
        long before = _session.Emulator.RequestCount;
        _session.Good(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, plan));
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }

    private sealed class Denying(HttpMessageHandler inner, string path) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath == path
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden)
                {
                    Content = new StringContent("""{"__type":"AccessDeniedException","Message":"not authorized"}""")
                    { Headers = { ContentType = new("application/json") } },
                    Headers = { { "x-amzn-ErrorType", "AccessDeniedException" } },
                }
                : await base.SendAsync(request, cancellationToken);
    }
}
