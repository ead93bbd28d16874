using System.IO.Compression;
using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Interop;
using ApiKey.Tests.Runbooks;
using Xunit.Sdk;

namespace ApiKey.Tests.Engine;

/// <summary>What Find-ApiGatewayApiKeyLeak looks for and where: several regions and profiles, files that are not opened or cannot be read,
/// lines of Get-Content, keys from before 2016.</summary>
public sealed class LeakScopeTests : IDisposable
{
    private const string Old = "ABCDEFGHIJabcdefghij0123456789ABCDEFGHIJ";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-leak-").FullName;
    private readonly ModuleSession _session = new();
    private readonly string _value;

    public LeakScopeTests() => _value = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme").Value!;

    [Fact]
    public void KeysOfSeveralRegionsAreSoughtAtOnceAndSoIsAValueThatTwoOfThemHave()
    {
        _session.Good("$null = New-ApiGatewayApiKey twin -Value $args[0] -Region eu-west-1; "
            + "$null = New-ApiGatewayApiKey only -Value OnlyInTheWest0123456789 -Region eu-west-1", _value);
        Write("a.txt", $"{_value} OnlyInTheWest0123456789");
        Assert.Equal(["acme in eu-central-1", "only in eu-west-1", "twin in eu-west-1"],
            Found("Find-ApiGatewayApiKeyLeak $args[0] -Region eu-central-1, eu-west-1 | "
                + "ForEach-Object { \"$($_.Name) in $($_.Region)\" }"));
        Assert.Equal(["acme in eu-central-1"],
            Found("Find-ApiGatewayApiKeyLeak $args[0] | ForEach-Object { \"$($_.Name) in $($_.Region)\" }"));

        // What is piped on goes back to where it is from.
        using EmulatorServer server = new(_session.Emulator);
        using ModuleSession session = new ModuleSession().Unconnected();
        session.Good("Connect-ApiGateway -EndpointUrl $args[1] -AccessKey a -SecretKey b -Region eu-central-1; Find-ApiGatewayApiKeyLeak "
            + "$args[0] -Region eu-central-1, eu-west-1 -Name twin | Remove-ApiGatewayApiKey -Confirm:$false", _folder, server.Uri);
        Assert.Equal(["acme", "only"], Found("Get-ApiGatewayApiKey -Region eu-central-1, eu-west-1 | ForEach-Object Name"));
    }

    [Fact]
    public void ARegionThatCannotBeReadIsNeverClean()
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.Headers.GetValues("Authorization").First().Contains("/eu-west-1/", StringComparison.Ordinal)
                ? StubHandler.Answer(System.Net.HttpStatusCode.Forbidden, "{\"message\":\"no\"}", "AccessDeniedException")
                : null)));
        Outcome outcome = session.Run("Find-ApiGatewayApiKeyLeak $args[0] -Region eu-central-1, eu-west-1", _folder);
        Assert.Equal("NothingSearched", Ids(outcome)[^1]);
    }

    [Fact]
    public void KeysOfSeveralProfilesAreSought()
    {
        using EmulatorServer server = new(_session.Emulator);
        string profiles = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "sub")).FullName, "profiles");
        Write("sub/profiles", "[one]\nregion = eu-central-1\naws_access_key_id = a\naws_secret_access_key = b\n[two]\nregion = eu-west-1\n"
            + "aws_access_key_id = c\naws_secret_access_key = d\n");
        _session.Good("$null = New-ApiGatewayApiKey west -Value TheWesternValue0123456789 -Region eu-west-1");
        Write("a.txt", $"{_value} TheWesternValue0123456789");
        using ModuleSession session = new ModuleSession().Unconnected();
        Outcome both = session.Run("Connect-ApiGateway -ProfileLocation $args[1]; Find-ApiGatewayApiKeyLeak $args[0] -ProfileName one, two "
            + "-EndpointUrl $args[2] | ForEach-Object { \"$($_.ProfileName) $($_.Name)\" }", _folder, profiles, server.Uri);
        Assert.Equal(["one acme", "two west"], both.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ArchivesAreNamedAndNotOpened()
    {
        using (ZipArchive archive = ZipFile.Open(Path.Combine(_folder, "a.zip"), ZipArchiveMode.Create))
        {
            using StreamWriter entry = new(archive.CreateEntry("a.txt", CompressionLevel.NoCompression).Open());
            entry.Write(_value);
        }

        using (GZipStream compressed = new(File.Create(Path.Combine(_folder, "a.gz")), CompressionLevel.NoCompression))
        {
            compressed.Write(System.Text.Encoding.UTF8.GetBytes(_value));
        }

        Write("b.txt", "nothing");
        Outcome folder = _session.Run("Find-ApiGatewayApiKeyLeak $args[0] -Verbose", _folder);
        Assert.Empty(folder.Output);
        Assert.Equal(["a.gz", "a.zip"], folder.Chatter
            .Where(line => line.StartsWith("Not opened, an archive or a compressed file: ", StringComparison.Ordinal))
            .Select(line => Path.GetFileName(line)));
        Assert.Empty(folder.Warnings);

        // Named, it must not pass for searched.
        Outcome named = _session.Run("Find-ApiGatewayApiKeyLeak $args[0]", Path.Combine(_folder, "a.zip"));
        Assert.Equal(2, named.Warnings.Count);
        Assert.Contains("is an archive or a compressed file, which is not opened.", named.Warnings[0]);
        Assert.StartsWith("No file was searched", named.Warnings[1]);
    }

    [Fact]
    public void AFileOrFolderThatCannotBeReadIsAnErrorAndTheSearchIsNotComplete()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            throw SkipException.ForSkip("Every file can be read here.");
        }

        Write("closed.txt", _value);
        Write("closed/a.txt", _value);
        Write("sub/.gitignore", "a");
        Write("sub/a.txt", _value);
        Write("open.txt", _value);
        string[] closed = ["closed.txt", "closed", "sub/.gitignore"];
        foreach (string name in closed)
        {
            File.SetUnixFileMode(Path.Combine(_folder, name), UnixFileMode.None);
        }

        try
        {
            Outcome outcome = _session.Run("Find-ApiGatewayApiKeyLeak $args[0] -Recurse", _folder);
            Assert.Equal("open.txt", Path.GetFileName(((ApiKeyLeakInfo)Assert.Single(outcome.Output).BaseObject).Path));
            Assert.Equal(["FileNotSearched", "FileNotSearched", "FileNotSearched", "SearchIncomplete"], Ids(outcome));
            Assert.All(outcome.Errors.Take(3), error => Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category));
            Assert.Contains("3 files or folders could not be searched", outcome.Errors[^1].ToString());
        }
        finally
        {
            foreach (string name in closed)
            {
                File.SetUnixFileMode(Path.Combine(_folder, name),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task APipeInAFolderIsNotWaitedFor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        await Tool.Require("mkfifo", "--version");
        Assert.Equal(0, (await Tool.Run("mkfifo", Path.Combine(_folder, "pipe"))).ExitCode);
        Write("a.txt", _value);
        Assert.Single(_session.Good("Find-ApiGatewayApiKeyLeak $args[0]", _folder));
    }

    [Fact]
    public void LinksAreNamedAndNotFollowed()
    {
        Write("sub/a.txt", _value);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.txt"), Path.Combine(_folder, "sub", "a.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "sub", "round"), _folder);
        Outcome outcome = _session.Run("Find-ApiGatewayApiKeyLeak $args[0] -Recurse -Verbose", _folder);
        Assert.Single(outcome.Output);
        Assert.Equal(2, outcome.Chatter.Count(line => line.StartsWith("Not followed, a link: ", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait(Category.Name, Category.Foreign)]
    public async Task LinesOfGetContentAreCountedInTheirFile()
    {
        Write("a.txt", $"one\n{_value}\nthree\n");
        Write($"{_value}.txt", $"one\ntwo\nthree {_value}\n");
        Write("sub/value", _value);
        using EmulatorServer server = new(_session.Emulator);
        foreach (string how in new[] { "Get-Content", "Get-Content -ReadCount 2", "Get-Content -Raw" })
        {
            ToolRun run = await PowerShellHost.RunInTurn(server.Uri,
                $"Get-ChildItem '{_folder}' -File | {how} | Find-ApiGatewayApiKeyLeak "
                + "-Region eu-central-1 | ForEach-Object { \"$(Split-Path $_.Path -Leaf):$($_.Line):$($_.Column)\" }");
            Assert.Equal(("", "(40 characters).txt:3:7,a.txt:2:1"), (run.Error,
                string.Join(',', run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))));
        }

        // Files, text without a file, and the message of an event, in one pipeline each.
        ToolRun mixed = await PowerShellHost.RunInTurn(server.Uri,
            $"$v = Get-Content '{_folder}/sub/value'; Get-ChildItem '{_folder}/sub' "
            + "| Find-ApiGatewayApiKeyLeak -Region eu-central-1 | ForEach-Object { Split-Path $_.Path -Leaf }; 'x', \"a $v\", 5 | "
            + "Find-ApiGatewayApiKeyLeak -Region eu-central-1 | ForEach-Object { \"$($_.Path)$($_.Line)\" }; "
            + "[pscustomobject]@{ Message = 'x' }, [pscustomobject]@{ Message = \"a $v\" } | Find-ApiGatewayApiKeyLeak "
            + "-Region eu-central-1 | ForEach-Object { \"$($_.Path)$($_.Line)\" }");
        Assert.Equal(("", "value,2,2"), (mixed.Error, mixed.Output.Trim().Replace("\n", ",", StringComparison.Ordinal)));
    }

    [Fact]
    public void AFileThatEndsInAnErrorIsNeverClean()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no file that fails for everybody.");
        Outcome outcome = _session.Run("Find-ApiGatewayApiKeyLeak /proc/self/mem");
        Assert.Equal(["FileNotSearched", "SearchIncomplete"], Ids(outcome));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void TheValueOfAKeyFromBefore2016IsNowhereAlthoughItIsTheId()
    {
        _session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Id = Old, Value = Old, Name = "old" });
        Write($"{Old}.txt", $"x {Old}");
        string log = Path.Combine(_folder, "log.sarif");
        string find = $"Find-ApiGatewayApiKeyLeak '{_folder}' -SarifPath '{log}' -Verbose";
        Outcome outcome = _session.Run(find);
        Assert.Equal([null, 1L], outcome.Output.Select(one => ((ApiKeyLeakInfo)one.BaseObject).Line));
        Assert.DoesNotContain(outcome.Chatter.Concat(outcome.Warnings).Concat(outcome.ErrorTexts)
            .Concat(outcome.Output.Select(one => one.ToString())), text => text.Contains(Old, StringComparison.Ordinal));
        Assert.DoesNotContain(Old, File.ReadAllText(log));
        foreach (string screen in new[] { find, $"{find} | Format-Table", $"{find} | Format-List" })
        {
            Assert.DoesNotContain(Old, _session.Screen(screen).Replace("\n", "", StringComparison.Ordinal)
                .Replace(" ", "", StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Ids(Outcome outcome) => [.. outcome.Errors.Append(outcome.Thrown?.ErrorRecord).OfType<ErrorRecord>()
        .Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    private IEnumerable<string> Found(string script) => _session.Good(script, _folder, _value).Select(line => line.ToString())
        .Order(StringComparer.Ordinal);

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
