using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ApiKey.Benchmarks;

/// <summary>A copy of the module with native code next to the IL (ReadyToRun), made by the SDK's own compiler.</summary>
internal static class AheadOfTime
{
    /// <summary>Compiles every assembly of the module into another folder; false when the compiler is not there.</summary>
    public static bool TryCompile(string module, string target)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string compiler = Path.Combine(packages, $"microsoft.netcore.app.crossgen2.{RuntimeInformation.RuntimeIdentifier}");
        string? program = Directory.Exists(compiler)
            ? Directory.EnumerateFiles(compiler, "crossgen2*", SearchOption.AllDirectories)
                .FirstOrDefault(file => Path.GetFileName(file) is "crossgen2" or "crossgen2.exe" or "crossgen2.dll")
            : null;
        if (program is null)
        {
            return false;
        }

        foreach (string file in Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(module, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetExtension(file) == ".dll")
            {
                Compile(program, module, file, copy);
            }
            else
            {
                File.Copy(file, copy);
            }
        }

        return true;
    }

    private static void Compile(string program, string module, string input, string output)
    {
        string[] arguments =
        [
            input, "--out", output, "--optimize", "--targetos", OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "osx"
                : "linux",
            "--targetarch", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            "--reference", Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"),
            "--reference", Path.Combine(module, "bin", "*.dll"),
            "--reference", Path.Combine(module, "bin", "aws", "*.dll"),
            "--reference", typeof(System.Management.Automation.PowerShell).Assembly.Location,
        ];
        ProcessStartInfo start = program.EndsWith(".dll", StringComparison.Ordinal) ? new("dotnet", [program, .. arguments])
            : new(program, arguments);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(input)} was not compiled: {said}");
        }
    }
}
