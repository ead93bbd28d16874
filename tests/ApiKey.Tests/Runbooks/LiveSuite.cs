using System.Diagnostics;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Tests.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The live suite as build.ps1 runs it, on an emulator instead of an account.</summary>
internal sealed class LiveSuite : IDisposable
{
    /// <summary>What the environment of every run has as a default tag.</summary>
    public const string Caller = "who-called";

    /// <summary>A call in the middle of a run.</summary>
    private const string Middle = "DeleteUsagePlanKey";

    // What build.ps1 builds first is built: other tests use it meanwhile.
    private static readonly string Prepared = $$"""
        $ErrorActionPreference = 'Stop'
        $program = (Get-Command dotnet -CommandType Application)[0].Source
        function dotnet {
            if ($args[0] -ne 'build') { & $program @args } else { $global:LASTEXITCODE = $args[1] -eq 'src/ApiKey.Package' ? 0 : 1 }
        }
        $build = '{{Repository.PathOf("build.ps1")}}'

        """;

    /// <summary>Starts the emulator.</summary>
    /// <param name="stopsInTheMiddle">Whether the first run on it stands still in the middle for longer than anybody waits.</param>
    public LiveSuite(bool stopsInTheMiddle = false)
    {
        Emulator = new ApiGatewayEmulator(faults: stopsInTheMiddle
            ? [new EmulatorFault { Kind = EmulatorFaultKind.Latency, Operation = Middle, Milliseconds = 60_000, Times = 1 }] : []);
        Server = new EmulatorServer(Emulator);
    }

    public ApiGatewayEmulator Emulator { get; }

    public EmulatorServer Server { get; }

    // The caller has default and ignored tags, which are none of the suite's.
    private static (string, string)[] Environment => [("TF_PLUGIN_MIRROR", ProviderMirror.Find() ?? ""),
        ("TF_AWS_DEFAULT_TAGS_owner", Caller), ("TF_AWS_IGNORE_TAGS_KEYS", "apikey-live")];

    /// <summary>Runs it on an endpoint.</summary>
    public static Task<ToolRun> Run(Uri endpoint, string parameters)
        => PowerShellHost.Run(endpoint, $"{Prepared}& $build -Task Live -EndpointUrl '{endpoint}' {parameters}", Environment);

    /// <summary>Runs it on this emulator.</summary>
    public Task<ToolRun> Run(string parameters) => Run(Server.Uri, parameters);

    /// <summary>Runs it with each of some parameters in one process, and gives back the error of each.</summary>
    public async Task<string[]> ErrorsOf(params string[] parameters)
    {
        ToolRun run = await PowerShellHost.Run(Server.Uri, Prepared + string.Join('\n', parameters.Select(
            one => $"try {{ & $build -Task Live {one}; 'ERROR none' }} catch {{ \"ERROR $_\" }}")));
        return [.. run.Output.Split('\n').Where(line => line.StartsWith("ERROR ", StringComparison.Ordinal)).Select(line => line[6..])];
    }

    /// <summary>Starts it on this emulator, and comes back when it stands still in the middle.</summary>
    public async Task<Process> StartUntilTheMiddle(string parameters = "")
    {
        Process run = await PowerShellHost.Start(Server.Uri,
            $"{Prepared}& $build -Task Live -EndpointUrl '{Server.Uri}' {parameters}", Environment);
        while (Emulator.CountOf(Middle) == 0)
        {
            Assert.False(run.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return run;
    }

    /// <summary>All keys with their values, and all plans, as the emulator lists them.</summary>
    public async Task<string> Contents()
    {
        using EmulatorClient client = EmulatorClient.InProcess(Emulator);
        return $"{(await client.Send("GET", "/apikeys?includeValues=true&limit=500")).Body}\n"
            + (await client.Send("GET", "/usageplans?limit=500")).Body;
    }

    public void Dispose() => Server.Dispose();
}
