using System.Diagnostics;
using System.Text.RegularExpressions;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Shell;

/// <summary>The launcher of PowerShell for machines without pwsh: exit codes, arguments, streams and stopping, by pwsh's rules.</summary>
[Trait(Category.Name, Category.Foreign)]
public partial class ConsoleTests
{
    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("'fine'", 0)]
    [InlineData("Get-ApiGatewayApiKey -Id", 1)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Write-NotACommand", 1)]
    [InlineData("Connect-ApiGateway -Emulator; Get-ApiGatewayApiKey -Id gone", 1)]
    [InlineData("Connect-ApiGateway -Emulator; Get-ApiGatewayApiKey -Id gone; 'after'", 0)]
    [InlineData("& { exit 3 }; 'not reached'", 3)]
    public async Task ACommandsExitCodeIsPwshs(string text, int code) => Assert.Equal(code, (await ConsoleRun.Command(text)).ExitCode);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Connect-ApiGateway -Emulator; Get-ApiGatewayApiKey -Id gone", 0)]
    public async Task AScriptsExitCodeIsPwshs(string script, int code)
    {
        using TemporaryScript file = new(script);
        Assert.Equal(code, (await ConsoleRun.Run(["-File", file.Path])).ExitCode);
    }

    [Fact]
    public async Task ArgumentsBindToTheScriptsParameters()
    {
        using TemporaryScript file = new("""
            param([string] $Name, [int] $Count, [switch] $On, [switch] $Off, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Count|$On|$Off|$($Rest -join '+')"
            """);
        ConsoleRun run = await ConsoleRun.Run(["-File", file.Path, "first", "-Count", "5", "-On", "-Off:$false", "a b", "c"]);
        Assert.Equal(["first|5|True|False|a b+c"], run.Lines);
        Assert.Equal(["|0|False|False|"], (await ConsoleRun.Run([file.Path])).Lines);
    }

    [Fact]
    public async Task ErrorsGoToStandardErrorWithoutColours()
    {
        ConsoleRun run = await ConsoleRun.Command("'out'; Connect-ApiGateway -Emulator; Get-ApiGatewayApiKey -Id gone; 'more'");
        Assert.Equal(["out", "more"], run.Lines);
        Assert.StartsWith("Get-ApiGatewayApiKey:", run.Error);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
    }

    [Fact]
    public async Task AViewHasNoColoursWhenItIsRedirected()
    {
        ConsoleRun run = await ConsoleRun.Command("Connect-ApiGateway -Emulator; 'a', 'b' | New-ApiGatewayApiKey -Enabled $false");
        Assert.Contains("False", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task VerboseAndWarningLinesAreNamed()
    {
        ConsoleRun run = await ConsoleRun.Command(
            "function F { [CmdletBinding()] param() $PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteWarning('w') }; F -Verbose");
        Assert.Equal(["VERBOSE: v", "WARNING: w"], run.Lines);
    }

    [Fact]
    public async Task TextFromStandardInputRuns()
    {
        Assert.Equal(["2"], (await ConsoleRun.Run(["-Command", "-"], "1 + 1")).Lines);
        Assert.Equal(["3"], (await ConsoleRun.Run([], "1 + 2\n")).Lines);
    }

    [Fact]
    public async Task AQuestionNobodyCanAnswerIsAnError()
    {
        ConsoleRun run = await ConsoleRun.Command("Connect-ApiGateway -Emulator; New-ApiGatewayApiKey a | Remove-ApiGatewayApiKey");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("NonInteractive", run.Error);
        Assert.Contains("-Confirm:$false", run.Error);
    }

    [Fact]
    public async Task SoIsOneThatTheEndOfTheInputAnswers()
    {
        ConsoleRun run = await ConsoleRun.Run(["-Command", "Connect-ApiGateway -Emulator; "
            + "New-ApiGatewayApiKey a | Remove-ApiGatewayApiKey; (Get-ApiGatewayApiKey).Count"], "");
        Assert.Contains("-Confirm:$false", run.Error);
        Assert.EndsWith("1", run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Nonsense")]
    [InlineData("-File")]
    public async Task AWrongCommandLineIsExplained(string argument)
    {
        ConsoleRun run = await ConsoleRun.Run([argument]);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains(argument.TrimStart('-'), run.Error);
        Assert.Contains("Usage:", run.Output);
    }

    [Fact]
    public async Task AMissingScriptIsNamed()
    {
        ConsoleRun run = await ConsoleRun.Run(["-File", "no-such.ps1"]);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("no-such.ps1", run.Error);
    }

    [Theory]
    [InlineData("-INT", 1)]
    [InlineData("-TERM", 143)]
    [InlineData("-KILL", 137)]
    public async Task ASignalReachesPowerShell(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent to processes on Unix only.");
        if (signal == "-INT")
        {
            Tool.RequireInterrupts();
        }

        using Process process = ConsoleRun.Start(["-Command", "'started'; while ($true) { }; 'not reached'"]);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using (Process kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        ConsoleRun run = await ConsoleRun.Finish(process);
        Assert.Equal((code, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task TheQuickstartShowsTheMainJob()
    {
        ConsoleRun run = await ConsoleRun.Run(["-File", "examples/quickstart.ps1"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the same value came back: True", run.Output);
        string errors = LineInAnError().Replace(run.Error, " ");
        Assert.Contains("The value has 9 characters; AWS accepts 20 to 128.", errors);
        Assert.Contains("This value is already the value of API key 'partner-acme", errors);
        Assert.Contains("What if: Remove API key", run.Output);

        // A key opens the stage; once it is disabled only its successor does.
        Assert.Equal(["403", "200", "200", "200", "403", "200"], StatusOfACall().Matches(run.Output).Select(status => status.Value.Trim()));
    }

    // The calls in the middle show the status alone.
    [GeneratedRegex(@"^ *[1-5]\d\d(?= \{|\s*$)", RegexOptions.Multiline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex StatusOfACall();

    // An error in a script is wrapped, with a bar before each line.
    [GeneratedRegex(@"\s*\n\s*\| ", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex LineInAnError();

    private sealed class TemporaryScript : IDisposable
    {
        public TemporaryScript(string text)
        {
            Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
