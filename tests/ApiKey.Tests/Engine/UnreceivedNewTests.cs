using System.Text.RegularExpressions;

namespace ApiKey.Tests.Engine;

/// <summary>What was created and reached nobody is reported, with commands that work as they stand.</summary>
public sealed partial class UnreceivedNewTests : IDisposable
{
    private readonly TaskCompletionSource _two = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ModuleSession _session;
    private bool _isGated;
    private int _creates;

    public UnreceivedNewTests() => _session = new ModuleSession(inner => new StubHandler(inner, async (request, cancellation) =>
    {
        if (_isGated && request.Method == HttpMethod.Post)
        {
            // The first answer comes when the next create is under way.
            if (Interlocked.Increment(ref _creates) == 2)
            {
                _two.SetResult();
            }

            await _two.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
        }

        return null;
    }));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("ApiKey", " -IncludeValue", "Value")]
    [InlineData("UsagePlan", "", "Name")]
    public void TheCommandsOfTheReportReadAndRemoveWhatWasCreated(string noun, string value, string property)
    {
        _isGated = true;
        Outcome outcome = _session.Run(
            $"try {{ 'a', 'b', 'c' | New-ApiGateway{noun} -ThrottleLimit 8 | ForEach-Object {{ throw 'enough' }} }} catch {{ }}");
        Match remedy = Remedy().Match(Assert.Single(outcome.Warnings));
        Assert.True(remedy.Success, outcome.Warnings[0]);
        Assert.StartsWith($"Get-ApiGateway{noun} -Id ", remedy.Groups["read"].Value, StringComparison.Ordinal);
        Assert.Contains($"{value} -Region ", remedy.Groups["read"].Value, StringComparison.Ordinal);
        // One or two were under way when the first came out.
        int unreceived = remedy.Groups["read"].Value.Split(',').Length;
        Assert.Equal(unreceived, _session.Good($"({remedy.Groups["read"].Value}).{property}").Count(text => text is not null));
        _session.Good($"{remedy.Groups["remove"].Value} -Confirm:$false");
        Assert.Single(_session.Good($"Get-ApiGateway{noun}"));
    }

    [Fact]
    public void APlanThatAKeyDidNotJoinIsToldEvenIfTheKeyEndedThePipeline()
    {
        _session.Good("$gone = 'p', 'q' | New-ApiGatewayUsagePlan; $gone | Remove-ApiGatewayUsagePlan -Confirm:$false");
        Outcome outcome = _session.Run(
            "try { New-ApiGatewayApiKey a -UsagePlanId $gone | ForEach-Object { throw 'enough' } } catch { }");
        string report = Assert.Single(outcome.Warnings);
        Assert.All(_session.Good("$gone.Id"), id => Assert.Contains(
            $"finish with: Add-ApiGatewayUsagePlanKey -UsagePlanId {id} -Id ", report, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(?<read>Get-\S+ .+) reads them.*; (?<remove>Remove-\S+ .+) removes them\.", RegexOptions.Multiline,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Remedy();
}
