using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What something new would be without is said, or it has it: the usage plans of a replaced key, the product code of a
/// plan.</summary>
public class NothingDroppedTests
{
    private const string Replaced = "@{ name = 'a'; value = '0123456789abcdefghij9999'";

    [Theory]
    [InlineData("$plan = New-ApiGatewayUsagePlan gold -ProductCode pc; $plan")]
    [InlineData("@{ Name = 'gold'; ProductCode = 'pc' } | New-ApiGatewayUsagePlan")]
    [InlineData("New-ApiGatewayUsagePlan gold -ProductCode pc -Region us-east-1 | New-ApiGatewayUsagePlan")]
    [InlineData("@{ items = @(@{ id = 'x'; name = 'gold'; productCode = 'pc'; throttle = @{ rateLimit = 1; burstLimit = 1 } }) } | "
        + "New-ApiGatewayUsagePlan")]
    public void AProductCodeIsSet(string script)
    {
        using ModuleSession session = new();
        UsagePlanInfo made = Assert.IsType<UsagePlanInfo>(session.Good(script)[^1].BaseObject);
        Assert.Equal("pc", made.ProductCode);
        UsagePlanInfo read = session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan gold");
        Assert.Equal((made.Id, "pc"), (read.Id, read.ProductCode));
    }

    [Fact]
    public void APlanWhoseProductCodeWasNotSetIsNamedInTheError()
    {
        using ModuleSession session = new(emulator: new ApiGatewayEmulator(faults:
            [new EmulatorFault { Kind = EmulatorFaultKind.AccessDenied, Operation = "UpdateUsagePlan" }]));
        Outcome outcome = session.Run("New-ApiGatewayUsagePlan gold -ProductCode pc -Tag @{ a = 'b' }");
        UsagePlanInfo made = session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan");
        Assert.Equal("AccessDenied", outcome.ErrorId);
        Assert.Contains($"Usage plan 'gold ({made.Id})' was created, but its product code was not set", outcome.Error.ToString());
    }

    [Theory]
    [InlineData(Replaced + " }", 1)]
    [InlineData(Replaced + "; usage_plans = @('gold') }", 0)]
    [InlineData(Replaced + "; usage_plans = @() }", 0)]
    [InlineData("@{ name = 'a'; description = 'other' }", 0)]
    public void AReplacedKeyThatLeavesItsPlansIsAWarning(string entry, int warnings)
    {
        using ModuleSession session = new();
        session.Good("$null = New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan gold)");
        PlannedChange planned = (PlannedChange)session.Good($"Compare-ApiGatewayApiKey {entry}")[0].BaseObject;
        Assert.Equal(warnings == 1, planned.Reason.Contains("in no usage plan", StringComparison.Ordinal));
        Outcome outcome = session.Run($"Sync-ApiGatewayApiKey {entry} -AllowReplace -Confirm:$false");
        Assert.Empty(outcome.Errors);
        Assert.Equal(warnings, outcome.Warnings.Count(warning => warning.Contains("will be in no usage plan", StringComparison.Ordinal)));
    }
}
