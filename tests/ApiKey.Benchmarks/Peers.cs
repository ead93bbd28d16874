using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ApiKey.Benchmarks;

/// <summary>The other tools, where they are installed.</summary>
internal static partial class Peers
{
    private const string Absent = "not on this machine";

    public static bool HasBoto3 { get; } = Succeeds("python3", "-c", "import boto3");

    public static bool HasAwsCli { get; } = Succeeds("aws", "--version");

    public static bool HasMoto { get; } = Succeeds("moto_server", "--help");

    /// <summary>How PowerShell starts: pwsh, or the one of the repository's tool manifest (dotnet tool restore); or null.</summary>
    public static string[]? PowerShell { get; } = FindPowerShell();

    /// <summary>The version of each, as it says it.</summary>
    public static IEnumerable<(string Name, string Version)> Versions() =>
    [
        ("PowerShell", PowerShell is [string pwsh, .. string[] entry]
            ? VersionOf(pwsh, [.. entry, "-NoProfile", "-Command", "\"$($PSVersionTable.PSVersion)\""]) : Absent),
        ("AWS CLI", VersionOf("aws", "--version")),
        ("Python", VersionOf("python3", "--version")),
        ("boto3", VersionOf("python3", "-c", "import boto3; print(boto3.__version__)")),
        ("Terraform", VersionOf("terraform", "version")),
        ("its AWS provider", TerraformPeer.ProviderVersion ?? Absent),
        ("moto", VersionOf("python3", "-c", "import moto; print(moto.__version__)")),
        ("ripgrep", VersionOf("rg", "--version")),
        ("grep", VersionOf("grep", "--version")),
    ];

    /// <summary>Starts moto_server and waits until it answers.</summary>
    public static Process StartMoto(out Uri uri)
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        Process moto = Process.Start(new ProcessStartInfo("moto_server",
            ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        moto.OutputDataReceived += (_, _) => { };
        moto.ErrorDataReceived += (_, _) => { };
        moto.BeginOutputReadLine();
        moto.BeginErrorReadLine();
        using HttpClient client = new();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                client.GetAsync(uri).GetAwaiter().GetResult().Dispose();
                return moto;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                Thread.Sleep(200);
            }
        }
    }

    /// <summary>Its own time, without starting Python.</summary>
    public static TimeSpan Boto3Create(Uri endpoint, int count, string prefix, string retries = "standard", int attempts = 1,
        int threads = 1) =>
        Boto3(endpoint, count, prefix, retries, attempts, threads).Wall;

    /// <summary>What boto3 did: its own wall and processor time, and how many keys it takes for made.</summary>
    public static Boto3Run Boto3(Uri endpoint, int count, string prefix, string retries = "standard", int attempts = 1, int threads = 1)
    {
        string output = Run("python3",
            [Path.Combine(AppContext.BaseDirectory, "peers", "create.py"), endpoint.ToString(), Text(count), prefix, retries,
                Text(attempts), Text(threads)]);
        double[] numbers = [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new Boto3Run(TimeSpan.FromSeconds(numbers[0]), TimeSpan.FromSeconds(numbers[1]), (int)numbers[2]);
    }

    public static TimeSpan CliCreate(Uri endpoint, int count, string prefix) => Figures.Time(() =>
    {
        for (int number = 0; number < count; number++)
        {
            TryRun("aws", "apigateway", "create-api-key", "--name", $"{prefix}-{number}", "--enabled", "--endpoint-url",
                endpoint.ToString(), "--region", "eu-central-1");
        }
    });

    /// <summary>How long a program takes from start to end.</summary>
    public static TimeSpan Whole(string file, params string[] arguments) => Figures.Time(() => Run(file, arguments, []));

    /// <summary>Whether a program runs here.</summary>
    public static bool Succeeds(string file, params string[] arguments)
    {
        try
        {
            return TryRun(file, arguments);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public static string Run(string file, string[] arguments, params (string Name, string Value)[] environment)
    {
        (int exitCode, string output, string error) = Start(file, arguments, environment);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{file}: {output}{error}");
    }

    // The first number with a point in what a program prints first.
    private static string VersionOf(string file, params string[] arguments)
    {
        try
        {
            (int exitCode, string output, _) = Start(file, arguments, []);
            return exitCode == 0 ? VersionNumber().Match(output).Value : Absent;
        }
        catch (Win32Exception)
        {
            return Absent;
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)+(-[a-z0-9.]+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();

    private static string[]? FindPowerShell()
    {
        if (Succeeds("pwsh", "-NoProfile", "-Command", "exit 0"))
        {
            return ["pwsh"];
        }

        // Started without the way through the manifest, which takes half as long again.
        (int exitCode, string home, _) = Start("dotnet", ["tool", "run", "pwsh", "--", "-NoProfile", "-Command", "$PSHOME"], [],
            ModuleRunspace.Root);
        return exitCode == 0 ? ["dotnet", Path.Combine(home.Trim(), "pwsh.dll")] : null;
    }

    private static bool TryRun(string file, params string[] arguments) => Start(file, arguments, []).ExitCode == 0;

    private static (int ExitCode, string Output, string Error) Start(string file, string[] arguments,
        (string Name, string Value)[] environment, string folder = "")
    {
        ProcessStartInfo start = new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What boto3 did.</summary>
/// <param name="Wall">Its own time, without starting Python.</param>
/// <param name="Processor">Its processor time in that.</param>
/// <param name="Made">How many keys it takes for made.</param>
internal sealed record Boto3Run(TimeSpan Wall, TimeSpan Processor, int Made);
