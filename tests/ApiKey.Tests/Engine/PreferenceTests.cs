using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Whatever a preference makes of a stream, no command ends without a word about what it did: where nobody answers what PowerShell
/// asks, the error says which preference it is.</summary>
public sealed class PreferenceTests
{
    private const string Nobody = "Nobody can answer whether to go on: PowerShell is in NonInteractive mode, or its input is at its end. ";

    // What writes to each stream.
    private static readonly Dictionary<string, string> Writers = new(StringComparer.Ordinal)
    {
        ["Warning"] = "Set-ApiGatewayApiKey $key -RemoveTag env=prod",
        ["Verbose"] = "Get-ApiGatewayApiKey",
        ["Information"] = "Compare-ApiGatewayApiKey @{ name = 'a' }",
        ["Progress"] = "Invoke-ApiGatewayApiKeyRotation $key -OldKey Disable",
        ["ErrorAction"] = "Set-ApiGatewayApiKey nothing -Description d",
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["Warning"] = "-WarningAction",
        ["Information"] = "-InformationAction",
        ["Progress"] = "-ProgressAction",
        ["ErrorAction"] = "-ErrorAction",
    };

    public static TheoryData<string, bool> Questions
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (string stream in Writers.Keys)
            {
                // Of an error that ends a command PowerShell asks again when $ErrorActionPreference says so, after the command.
                if (stream != "ErrorAction")
                {
                    all.Add(stream, false);
                }

                if (Parameters.ContainsKey(stream))
                {
                    all.Add(stream, true);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void AQuestionThatNobodyAnswersSaysWhichPreferenceAsks(string stream, bool byParameter)
    {
        using ModuleSession session = WithAKeyInAPlan();

        // The wait of a rotation lasts until its progress is shown.
        session.Clock.StandsStill = true;
        Outcome outcome = session.Deserted().Run(byParameter ? $"{Writers[stream]} {Parameters[stream]} Inquire"
            : $"${stream}Preference = 'Inquire'; {Writers[stream]}");
        Assert.Equal("NobodyToAsk", outcome.ErrorId);
        string both = Parameters.TryGetValue(stream, out string? parameter) ? $" or {parameter}" : "";
        Assert.EndsWith($"{Nobody}Set ${stream}Preference{both} to Continue instead of Inquire.", outcome.Error.ToString(),
            StringComparison.Ordinal);
        Assert.Single(session.TakeScreen().Split('\n'), line => line.StartsWith("QUESTION", StringComparison.Ordinal));
    }

    [Fact]
    public void AnErrorThatNobodyCouldBeAskedAboutIsTold()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Deserted().Run("Get-ApiGatewayApiKey (\"no`e[31m\" + \"`nsuch\"), b -ErrorAction Inquire");
        string[] lines = outcome.Error.ToString().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(@"There is no API key named 'no\u001b[31m\nsuch' in eu-central-1.", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(Nobody, lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop", "ActionPreferenceStop")]
    [InlineData("Inquire", "NobodyToAsk")]
    public void AWarningThatEndsARotationDoesNotHideTheNewKey(string preference, string errorId)
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "owned",
            Tags = new Dictionary<string, string> { ["aws:cloudformation:stack-name"] = "keys" },
        });
        Outcome outcome = session.Deserted().Run($"Invoke-ApiGatewayApiKeyRotation {id} -WarningAction {preference} -OutVariable made");
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.NotNull(session.One<ApiKeyRotationInfo>("$made").New.Value);
    }

    // The report is a warning itself.
    [Fact]
    public void AReportOfWhatNobodyReceivedAsksNothing()
    {
        using ModuleSession session = new();
        session.Good("$gone = 'p', 'q' | New-ApiGatewayUsagePlan; $gone | Remove-ApiGatewayUsagePlan -Confirm:$false");
        Outcome outcome = session.Deserted().Run("$WarningPreference = 'Inquire'; New-ApiGatewayApiKey a -UsagePlanId $gone "
            + "| ForEach-Object { throw 'enough' }");
        Assert.Equal("enough", outcome.Error.ToString());
        Assert.Contains("The command ended early.", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    private static ModuleSession WithAKeyInAPlan()
    {
        ModuleSession session = new();
        session.Good("$plan = New-ApiGatewayUsagePlan gold; $key = New-ApiGatewayApiKey a -UsagePlanId $plan");
        return session;
    }
}
