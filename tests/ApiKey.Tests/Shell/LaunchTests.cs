using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiKey.Tests.Shell;

/// <summary>The launcher hands everything through to the real PowerShell unharmed, and says plainly when it cannot start it.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class LaunchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("launch it's $HOME ").FullName;

    private static readonly string[] Awkward =
    [
        "", " ", "a b", " both ends ", "tab\tand\nline", "\"quoted\"", "a\"b", "it's", "$HOME", "$(exit 9)", "`n", "back\\slash\\", "\\\"",
            "*", "~",
        "a;b", "a|b", "a&b", "#hash", "@splat", "{a}", "ä€𝄞", "%PATH%", "a,b", "<in>", "1", "$true",
    ];

    [Fact]
    public async Task AnArgumentByPositionArrivesAsItIs() =>
        Assert.Equal(Awkward, await Echo("param([Parameter(ValueFromRemainingArguments)] [string[]] $All)", "$All", Awkward));

    [Fact]
    public async Task AnArgumentByNameArrivesAsItIs()
    {
        string[] names = [.. Awkward.Select((_, index) => $"P{index}")];
        Assert.Equal(Awkward, await Echo(
            $"param({string.Join(", ", names.Select(name => $"[string] ${name}"))})",
            $"@({string.Join(", ", names.Select(name => "$" + name))})",
            Awkward.Zip(names).SelectMany(pair => new[] { "-" + pair.Second, pair.First })));
    }

    [Fact]
    public async Task CommandWithArgumentsIsPwshs()
    {
        ConsoleRun run = await ConsoleRun.Run(["-CommandWithArgs", "$args.Count; $args[1]", "a", "b c"]);
        Assert.Equal(["2", "b c"], run.Lines);
    }

    [Fact]
    public async Task TheWorkingDirectoryIsTheUsers()
    {
        Write("$PWD.Path; [Environment]::CurrentDirectory; $PSScriptRoot", "here.ps1");
        ConsoleRun run = await ConsoleRun.RunIn(_folder, ["-File", "here.ps1"]);
        Assert.Equal([_folder, _folder, _folder], run.Lines);
    }

    [Fact]
    public async Task ItIsTheRealPowerShellWithTheModuleAndNoProfile()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "powershell"));
        Write("'the profile ran'", "powershell/profile.ps1");
        ConsoleRun run = await ConsoleRun.Command(
            "(Get-Module).Name; $Host.Name; \"$($PSVersionTable.PSVersion)\"; (Get-Command Write-Warning).Source",
            ("XDG_CONFIG_HOME", _folder));
        Assert.Equal(["ApiKey", "ConsoleHost", ToolVersion(), "Microsoft.PowerShell.Utility"], run.Lines);
    }

    [Fact]
    public async Task ThePromptHasPSReadLineAndNothingElseWaitsForIt()
    {
        ConsoleRun run = await ConsoleRun.Command(
            "$null -ne ${function:PSConsoleHostReadLine}; (Get-Module).Name; try { PSConsoleHostReadLine } catch { 'no terminal' }; "
            + "(Get-Module).Name");
        Assert.Equal(["True", "ApiKey", "no terminal", "ApiKey", "PSReadLine"], run.Lines);
    }

    [Fact]
    public async Task StandardInputReachesTheScript()
    {
        string script = Write("[Console]::In.ReadToEnd().ToUpperInvariant()");
        Assert.Equal(["A B"], (await ConsoleRun.Run(["-File", script], "a b")).Lines);
    }

    [Fact]
    public async Task AModuleThatCannotBeImportedIsReportedPlainly()
    {
        string shell = CopyShell("@{ RootModule = 'bin/ApiKey.dll'; ModuleVersion = '0.1.0' }");
        ConsoleRun run = await ConsoleRun.RunProgram(shell, ["-Command", "'ran all the same'"]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The ApiKey module could not be imported: ", run.Error);
        Assert.Contains("ApiKey.dll", run.Error);
        Assert.EndsWith("dotnet build", run.Error);
    }

    [Fact]
    public async Task APowerShellThatCannotBeInstalledIsReportedWithTheRemedy()
    {
        string shell = CopyShell("@{ ModuleVersion = '0.1.0' }");
        string tools = File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json"));
        Write(tools.Replace(ToolVersion(), "7.6.0-none", StringComparison.Ordinal), ".config/dotnet-tools.json");
        Write("<configuration><packageSources><clear /><add key=\"none\" value=\"feed\" /></packageSources></configuration>",
            "nuget.config");
        Directory.CreateDirectory(Path.Combine(_folder, "feed"));
        ConsoleRun run = await ConsoleRun.RunProgram(shell, ["-Command", "'ran all the same'"]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("PowerShell 7.6.0-none could not be installed", run.Error);
        Assert.EndsWith($"run \"dotnet tool restore\" in {_folder}.", run.Error);
    }

    [Fact]
    public async Task OutsideACheckoutItSaysWhereToRunIt()
    {
        string shell = CopyShell("");
        File.Delete(Path.Combine(_folder, "ApiKey.psd1"));
        ConsoleRun run = await ConsoleRun.RunProgram(shell, ["-Command", "1"]);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("Run it from a checkout: dotnet run --project src/ApiKey.Shell", run.Error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ToolVersion() =>
        (string)JsonNode.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")))!["tools"]!["powershell"]!["version"]!;

    private async Task<string[]> Echo(string parameters, string what, IEnumerable<string> arguments)
    {
        string script = Write($"{parameters} ConvertTo-Json -Compress {what}");
        ConsoleRun run = await ConsoleRun.Run(["-File", script, .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonSerializer.Deserialize<string[]>(run.Output)!;
    }

    private string Write(string text, string name = "script.ps1")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    // A checkout of its own around the built launcher.
    private string CopyShell(string manifest)
    {
        Write(manifest, "ApiKey.psd1");
        Copy(Repository.PathOf(".config"), Path.Combine(_folder, ".config"), "*.json");
        string source = Path.Combine(_folder, "src", "ApiKey.Shell");
        Copy(Repository.PathOf("src", "ApiKey.Shell"), source, "S*");
        Copy(Path.GetDirectoryName(ConsoleRun.Shell)!, Path.Combine(source, "bin"), "ApiKey.Shell.*");
        return Path.Combine(source, "bin", "ApiKey.Shell.dll");
    }

    private static void Copy(string from, string to, string pattern)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, pattern))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
