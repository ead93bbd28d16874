using System.Collections;
using System.IO.Compression;
using System.Management.Automation;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Xml.Linq;
using ApiKey.Help;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Engine;

/// <summary>The module as users get it: its manifest, what is in it, and the package made of it.</summary>
public class PackageTests
{
    private static readonly string[] Assemblies =
    [
        "bin/ApiKey.Core.dll",
        "bin/ApiKey.Emulator.dll",
        "bin/ApiKey.dll",
        "bin/aws/AWSSDK.APIGateway.dll",
        "bin/aws/AWSSDK.Core.dll",
        "bin/aws/AWSSDK.SSO.dll",
        "bin/aws/AWSSDK.SSOOIDC.dll",
        "bin/aws/AWSSDK.SecurityToken.dll",
        "bin/aws/ApiKey.Aws.dll",
        "bin/yaml/ApiKey.Yaml.dll",
        "bin/yaml/YamlDotNet.dll",
    ];

    // A release brings it compiled, for the .NET of the SDK.
    private static readonly string[] Compiled = ["AWSSDK.APIGateway.dll", "AWSSDK.Core.dll", "ApiKey.Aws.dll"];

    private static readonly Dictionary<string, Machine> Systems = new(StringComparer.Ordinal)
    {
        // The format marks the system in the machine.
        ["linux-x64"] = (Machine)((ushort)Machine.Amd64 ^ 0x7B79),
        ["osx-arm64"] = (Machine)((ushort)Machine.Arm64 ^ 0x4644),
        ["win-x64"] = Machine.Amd64,
    };

    [Fact]
    public void TheManifestIsClean()
    {
        using ModuleSession session = new();
        PSModuleInfo manifest = session.One<PSModuleInfo>("Test-ModuleManifest $args[0]", Repository.Manifest);
        Assert.Equal(("ApiKey", Version, "7.4"), (manifest.Name, manifest.Version.ToString(), manifest.PowerShellVersion.ToString()));
        Assert.Equal(["Core"], manifest.CompatiblePSEditions);
        Assert.Empty(manifest.ExportedFunctions);
        Assert.Empty(manifest.ExportedAliases);
        Assert.Empty(manifest.ExportedVariables);
        Assert.Equal(
            manifest.ExportedCmdlets.Keys.Order(StringComparer.Ordinal),
            session.Good("(Get-Command -Module ApiKey).Name").Select(name => name.ToString()!).Order(StringComparer.Ordinal));
        Assert.Equal(("https", "https", "https"), (manifest.LicenseUri.Scheme, manifest.ProjectUri.Scheme, manifest.IconUri.Scheme));
        Assert.NotEmpty(manifest.ReleaseNotes);
        Assert.Superset(new HashSet<string>(["AWS", "APIGateway", "PSEdition_Core", "Windows", "Linux", "MacOS"]),
            manifest.Tags.ToHashSet());
        Assert.True(manifest.Description.Length is > 40 and < 4000);
    }

    [Fact]
    public void EveryCmdletIsExportedAndNamedInAlphabeticalOrder()
    {
        using ModuleSession session = new();
        Hashtable data = session.One<Hashtable>("$ExecutionContext.InvokeCommand.InvokeScript([IO.File]::ReadAllText($args[0]))",
            Repository.Manifest);
        string[] exported = [.. ((object[])data["CmdletsToExport"]!).Cast<string>()];
        Assert.Equal(exported.Order(StringComparer.Ordinal), exported);
        Assert.Equal(ApiKey.Help.Command.ReadAll(Path.Combine(Repository.Module, "bin", "ApiKey.dll")).Select(command => command.Name),
            exported);
    }

    [Fact]
    public void ManifestAndBuildAgree()
    {
        XDocument properties = XDocument.Load(Repository.PathOf("Directory.Build.props"));
        string manifest = File.ReadAllText(Repository.Manifest);
        string url = properties.Descendants("ProjectUrl").Single().Value;
        Assert.Contains($"ModuleVersion        = '{properties.Descendants("Version").Single().Value}'", manifest);
        Assert.Contains($"ProjectUri   = '{url}'", manifest);
        Assert.Contains($"LicenseUri   = '{url}/", manifest);
    }

    [Fact]
    public void NothingIsMissingAndNothingIsTooMuch()
    {
        string[] topics = [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "about_*.md")
            .Select(topic => $"en-US/{Path.GetFileNameWithoutExtension(topic)}.help.txt")];
        string[] symbols = [.. Assemblies.Where(IsOurs).Select(file => Path.ChangeExtension(file, "pdb"))];
        string[] expected =
        [
            "ApiKey.psd1", "CHANGELOG.md", "LICENSE", "README.md", "SHA256SUMS", "THIRD-PARTY-NOTICES.txt", "icon.png",
            "docs/desired-state.schema.json", "bin/ApiKey.format.ps1xml", "bin/ApiKey.types.ps1xml", "en-US/ApiKey.dll-Help.xml",
            .. Examples(), .. topics, .. Assemblies, .. symbols,
            .. IsRelease ? Systems.Keys.SelectMany(system => Compiled.Select(file => PathOfCompiled(system, file))) : [],
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Files());
    }

    [Fact]
    public void CompiledAssembliesAreTheSameOnesForTheirSystem()
    {
        foreach (string file in Files().Where(file => file.StartsWith("bin/aws/net", StringComparison.Ordinal)))
        {
            using PEReader plain = new(File.OpenRead(Path.Combine(Repository.Module, "bin", "aws", Path.GetFileName(file))));
            using PEReader compiled = new(File.OpenRead(Path.Combine(Repository.Module, file)));
            Assert.Equal(IdOf(plain), IdOf(compiled));
            Assert.Equal(Systems[file.Split('/')[2].Split('-', 2)[1]], compiled.PEHeaders.CoffHeader.Machine);
            Assert.Equal((0, true), (plain.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size,
                compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0));
        }
    }

    [Fact]
    public void EverySumIsRight()
    {
        Dictionary<string, string> sums = File.ReadAllLines(Path.Combine(Repository.Module, "SHA256SUMS"))
            .ToDictionary(line => line[66..], line => line[..64], StringComparer.Ordinal);
        Assert.Equal(Files().Where(file => file != "SHA256SUMS"), sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(sums, sum => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Module, sum.Key)))), sum.Value));
    }

    [Fact]
    public void EveryForeignAssemblyHasANotice()
    {
        string notices = File.ReadAllText(Path.Combine(Repository.Module, "THIRD-PARTY-NOTICES.txt"));
        Assert.All(
            Assemblies.Where(file => !IsOurs(file)).Select(Path.GetFileNameWithoutExtension),
            name => Assert.Contains(name!, notices));
        Assert.Contains("Apache License", notices);
    }

    [Fact]
    public void OurAssembliesAreDeterministic() => Assert.All(
        Assemblies.Where(file => Path.GetFileName(file).StartsWith("ApiKey", StringComparison.Ordinal)),
        file =>
        {
            using PEReader reader = new(File.OpenRead(Path.Combine(Repository.Module, file)));
            Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        });

    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task ThePackageHoldsTheModuleAndNothingElse()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("apikey-package-");
        ToolRun pack = await Tool.Run("dotnet", "pack", Repository.PathOf("src", "ApiKey.Package"), "--no-build", "--configuration",
            Configuration, "--output", folder.FullName);
        Assert.True(pack.ExitCode == 0, pack.Output);
        using (ZipArchive package = ZipFile.OpenRead(Path.Combine(folder.FullName, $"ApiKey.{Version}.nupkg")))
        {
            string[] wrapping = ["ApiKey.nuspec", "[Content_Types].xml"];
            IEnumerable<string> inside = package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName))
                .Where(name => !wrapping.Contains(name) && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal));
            Assert.Equal(Files(), inside.Order(StringComparer.Ordinal));
            using Stream nuspec = package.GetEntry("ApiKey.nuspec")!.Open();
            XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
            string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
            Assert.Equal(("ApiKey", Version, "MIT", "icon.png"), (Of("id"), Of("version"), Of("license"), Of("icon")));
            Assert.Contains("PSModule", Of("tags"));
            Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Somebody installs the package from a folder of packages, and does what its README says.</summary>
    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task PSResourceGetInstallsThePackageAndItsReadmeWorks()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("apikey-install-");
        ToolRun pack = await Tool.Run("dotnet", "pack", Repository.PathOf("src", "ApiKey.Package"), "--no-build", "--configuration",
            Configuration, "--output", folder.FullName);
        Assert.True(pack.ExitCode == 0, pack.Output);
        string readme = string.Join('\n', Page.Read(Repository.PathOf("src", "ApiKey.Package", "README.md")).Blocks.OfType<Fence>()
            .Select(fence => fence.Text));
        string script = Path.Combine(folder.FullName, "install.ps1");
        await File.WriteAllTextAsync(script, $$"""
            $ErrorActionPreference = 'Stop'
            Register-PSResourceRepository -Name Local -Uri '{{folder.FullName}}' -Trusted
            Install-PSResource -Name ApiKey -Version '[{{Version}}]' -Repository Local
            {{readme}}
            "installed: $((Get-Module ApiKey).ModuleBase)"
            """, TestContext.Current.CancellationToken);
        string home = folder.CreateSubdirectory("home").FullName;

        // Both must exist: PSResourceGet keeps its list of repositories in the one and installs below the other.
        string data = Directory.CreateDirectory(Path.Combine(home, ".local", "share")).FullName;
        string modules = Path.Combine(data, "powershell", "Modules");
        ToolRun run = await Tool.Run("dotnet", ["pwsh", "-NoProfile", "-NonInteractive", "-File", script], Repository.Root,
            ("DOTNET_CLI_HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)), ("HOME", home), ("XDG_DATA_HOME", data));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains($"installed: {Path.Combine(modules, "ApiKey", Version)}", run.Output);
        Assert.Contains("the same value came back: True", run.Output);
        folder.Delete(recursive: true);
    }

    private static string Version { get; } =
        XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    private static IEnumerable<string> Examples() =>
        Directory.EnumerateFiles(Repository.PathOf("examples"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    private static string Configuration => new FileInfo(typeof(PackageTests).Assembly.Location).Directory!.Parent!.Name;

    private static bool IsRelease => Configuration == "Release";

    private static string PathOfCompiled(string system, string file) => $"bin/aws/net{Environment.Version.ToString(2)}-{system}/{file}";

    private static Guid IdOf(PEReader assembly)
    {
        MetadataReader metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static bool IsOurs(string file) => Path.GetFileNameWithoutExtension(file) is var name
        && (name.StartsWith("ApiKey", StringComparison.Ordinal) || name == "AWSSDK.APIGateway");

    private static string[] Files() =>
    [
        .. Directory.EnumerateFiles(Repository.Module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Module, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
