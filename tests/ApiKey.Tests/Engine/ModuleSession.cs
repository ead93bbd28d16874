using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Runspaces;
using System.Security.Cryptography;
using ApiKey.Emulator;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>
/// A PowerShell session with the built module imported, as a user has it, connected to an emulator of its own. Commands run
/// through the real engine and the whole SDK pipeline.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly ModuleRunspace _own;

    /// <summary>A session whose requests pass through a handler of the test's on their way to the emulator. Its time is its own unless the
    /// test gives a clock: no wait lasts, and nothing depends on how long the test takes.</summary>
    public ModuleSession(Func<HttpMessageHandler, HttpMessageHandler>? wrap = null, ApiGatewayConnection? settings = null, int width = 120,
        ApiGatewayEmulator? emulator = null)
    {
        settings ??= new ApiGatewayConnection { Region = "eu-central-1" };
        TimeProvider clock = settings.Clock ?? Clock;
        Emulator = emulator ?? new ApiGatewayEmulator(clock) { NewId = WordLikeId };
        _own = ModuleRunspace.Take(width);
        HttpMessageHandler inner = new EmulatorHttpHandler(Emulator);
        Connection = settings with { Transport = wrap?.Invoke(inner) ?? inner, Clock = clock };
        _own.Runspace.SessionStateProxy.SetVariable("connection", Connection);
        _own.Runspace.SessionStateProxy.SetVariable("PSDefaultParameterValues",
            new DefaultParameterDictionary
            {
                ["*-ApiGatewayApiKey*:Connection"] = Connection,
                ["*-ApiGatewayUsagePlan*:Connection"] = Connection
            });
    }

    /// <summary>An id that no line has to quote: one in a thousand of a plan's reads as a number (<c>634846</c>, <c>12345d</c>).</summary>
    public static string WordLikeId(int length) =>
        "k" + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", length - 1);

    public ApiGatewayEmulator Emulator { get; }

    public ApiGatewayConnection Connection { get; }

    /// <summary>The time of a session to which the test gave no clock.</summary>
    public SkippingClock Clock { get; } = new();

    /// <summary>Whether commands use the test's connection.</summary>
    public bool IsConnected { get; private set; } = true;

    /// <summary>Forgets the test's connection, so that commands use the session's own.</summary>
    public ModuleSession Unconnected()
    {
        _own.Runspace.SessionStateProxy.SetVariable("PSDefaultParameterValues", new DefaultParameterDictionary());
        IsConnected = false;
        return this;
    }

    /// <summary>Nobody answers a question in this session.</summary>
    public ModuleSession Deserted()
    {
        _own.Host.Desert();
        _own.IsSpent = true;
        return this;
    }

    /// <summary>Runs a script and gives back everything that came out of it.</summary>
    public Outcome Run(string script, params object?[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        return Outcome.Of(shell, shell.Invoke);
    }

    /// <summary>Runs a script that must neither fail nor warn.</summary>
    public IReadOnlyList<PSObject> Good(string script, params object?[] arguments)
    {
        Outcome outcome = Run(script, arguments);
        Assert.True(outcome.Errors.Count == 0 && outcome.Thrown is null, string.Join(Environment.NewLine, outcome.ErrorTexts));
        Assert.Empty(outcome.Warnings);
        return outcome.Output;
    }

    /// <summary>Runs a script that must emit one object of a type.</summary>
    public T One<T>(string script, params object?[] arguments) => Assert.IsType<T>(Assert.Single(Good(script, arguments)).BaseObject);

    /// <summary>A pipeline to start and stop by hand.</summary>
    public PowerShell Create(string script, params object?[] arguments)
    {
        PowerShell shell = PowerShell.Create(_own.Runspace);
        shell.AddScript(script);

        // The module keeps a connection, and which regions it warned about, for as long as the runspace is there.
        _own.IsSpent |= script.Contains("Connect-ApiGateway", StringComparison.Ordinal);
        shell.Streams.Warning.DataAdded += (_, _) => _own.IsSpent = true;
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    /// <summary>What a person sees of a script, colours taken off and line ends trimmed.</summary>
    public string Screen(string script)
    {
        string plain = new StringDecorated(Coloured(script)).ToString(OutputRendering.PlainText);
        return string.Join('\n', plain.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
    }

    /// <summary>What was shown on the terminal next to the output, since the last call.</summary>
    public string TakeScreen() => _own.Host.TakeScreen();

    /// <summary>What reaches the terminal, colours included.</summary>
    public string Coloured(string script)
    {
        _own.Host.TakeScreen();
        using PowerShell shell = Create($". {{ {script} }}");
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return _own.Host.TakeScreen();
    }

    public void Dispose() => _own.GiveBack();
}

/// <summary>Everything that came out of a script.</summary>
internal sealed record Outcome(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Chatter,
    RuntimeException? Thrown)
{
    /// <summary>The errors as a user reads them, the one that ended the script included.</summary>
    public IEnumerable<string> ErrorTexts
        => Errors.Select(record => record.ToString()).Concat(Thrown is null ? [] : [Thrown.ErrorRecord.ToString()]);

    /// <summary>The only error, whether it ended the script or not.</summary>
    public ErrorRecord Error => Assert.Single(Thrown is null ? Errors : [.. Errors, Thrown.ErrorRecord]);

    /// <summary>The id of the only error, without the command's name.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    public static Outcome Of(PowerShell shell, Func<IEnumerable> invoke)
    {
        List<PSObject> output = [];
        RuntimeException? thrown = null;
        try
        {
            output.AddRange(invoke().Cast<PSObject>());
        }
        catch (RuntimeException failure)
        {
            thrown = failure;
        }

        return new Outcome(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [
                .. shell.Streams.Verbose.Select(record => record.Message),
                .. shell.Streams.Debug.Select(record => record.Message),
                .. shell.Streams.Information.Select(record => record.ToString()),
                .. shell.Streams.Progress.Select(record => record.ToString()),
            ],
            thrown);
    }
}
