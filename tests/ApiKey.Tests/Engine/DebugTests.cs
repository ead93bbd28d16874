namespace ApiKey.Tests.Engine;

/// <summary>-Debug shows what happens and asks nothing; what a preference has PowerShell ask ends clearly where nobody answers.</summary>
public sealed class DebugTests
{
    private const string Calls = "to API Gateway, 0 of them repeated";

    public static TheoryData<string> Commands =>
    [
        "Get-ApiGatewayApiKey",
        "New-ApiGatewayApiKey b -Tag @{ env = 'prod' }",
        "Set-ApiGatewayApiKey $key -Description d",
        "Remove-ApiGatewayApiKey $key -Confirm:$false",
        "Import-ApiGatewayApiKey $key",
        "Invoke-ApiGatewayApiKeyRotation $key -OldKey Remove -Confirm:$false",
        "New-ApiGatewayUsagePlan gold",
        "Get-ApiGatewayUsagePlan",
        "Compare-ApiGatewayApiKey @{ name = 'a' }",
        "Sync-ApiGatewayApiKey @{ name = 'c' } -Confirm:$false",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void DebugAsksNothing(string command)
    {
        using ModuleSession session = new();
        session.Deserted().Good("$key = New-ApiGatewayApiKey a");
        Outcome outcome = session.Run($"{command} -Debug");
        Assert.Empty(outcome.ErrorTexts);
        Assert.Contains(outcome.Chatter, line => line.Contains(Calls, StringComparison.Ordinal));
        Assert.DoesNotContain("QUESTION", session.TakeScreen(), StringComparison.Ordinal);
    }

    [Fact]
    public void AWarningUnderDebugIsOnlyAWarning()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Deserted().Unconnected().Run("Connect-ApiGateway eu-nowhere-9 -Debug");
        Assert.Empty(outcome.ErrorTexts);
        Assert.Contains("eu-nowhere-9", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect-ApiGateway eu-nowhere-9 -WarningAction Inquire")]
    [InlineData("$WarningPreference = 'Inquire'; Connect-ApiGateway eu-nowhere-9")]
    [InlineData("$VerbosePreference = 'Inquire'; Get-ApiGatewayApiKey -Connection $connection")]
    [InlineData("$DebugPreference = 'Inquire'; $VerbosePreference = 'Inquire'; Get-ApiGatewayApiKey -Connection $connection")]
    public void AQuestionThatNobodyAnswersSaysWhichPreferenceAsks(string script)
    {
        using ModuleSession session = new();
        Outcome outcome = session.Deserted().Unconnected().Run(script);
        Assert.Equal("NobodyToAsk", outcome.ErrorId);
        Assert.EndsWith(" to Continue instead of Inquire.", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AConfirmationThatNobodyAnswersNamesConfirm()
    {
        using ModuleSession session = new();
        session.Good("$key = New-ApiGatewayApiKey a");
        Outcome outcome = session.Deserted().Run("Remove-ApiGatewayApiKey $key -Confirm");
        Assert.Equal("NobodyToAsk", outcome.ErrorId);
        Assert.Contains("-Confirm:$false", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Single(session.Good("Get-ApiGatewayApiKey"));
    }
}
