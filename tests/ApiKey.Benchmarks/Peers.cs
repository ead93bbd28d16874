using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>The other tools, where they are installed.</summary>
internal static class Peers
{
    public static bool HasBoto3 { get; } = Succeeds("python3", "-c", "import boto3");

    public static bool HasAwsCli { get; } = Succeeds("aws", "--version");

    /// <summary>Its own time, without starting Python.</summary>
    public static TimeSpan Boto3Create(Uri endpoint, int count, string prefix)
    {
        string output = Run("python3", Path.Combine(AppContext.BaseDirectory, "peers", "create.py"), endpoint.ToString(), count.ToString(CultureInfo.InvariantCulture), prefix);
        return TimeSpan.FromSeconds(double.Parse(output, CultureInfo.InvariantCulture));
    }

    public static TimeSpan CliCreate(Uri endpoint, int count, string prefix) => Figures.Time(() =>
    {
        for (int number = 0; number < count; number++)
        {
            Run("aws", "apigateway", "create-api-key", "--name", $"{prefix}-{number}", "--enabled", "--endpoint-url", endpoint.ToString(), "--region", "eu-central-1");
        }
    });

    private static bool Succeeds(string file, params string[] arguments)
    {
        try
        {
            Run(file, arguments);
            return true;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Run(string file, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file}: {errors.Result}");
    }
}
