using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Protocol;

/// <summary>README's switch for the official package: the build takes the package instead of the client of this repository. The package is
/// a stub with the official members, in a folder feed; the sources are a copy, so that no other test sees what is built.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class OfficialSdkBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-official-").FullName;

    [Fact]
    public async Task TheSwitchBuildsTheAdapterOnTheOfficialPackage()
    {
        await PackStub();
        string copy = Path.Combine(_folder, "repository");
        Copy(["Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json"], copy);
        foreach (string project in new[] { "ApiKey.Core", "ApiKey.Aws" })
        {
            Copy([.. Directory.EnumerateFiles(Repository.PathOf("src", project), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Repository.Root, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))], copy);
        }

        // Core is the same with the switch, and takes longest to compile.
        string core = Path.Combine("src", "ApiKey.Core", "bin", "Debug", "net8.0", "ApiKey.Core.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, core))!);
        File.Copy(Path.Combine(Repository.Module, "bin", "ApiKey.Core.dll"), Path.Combine(copy, core));

        // What is restored here stays here: a stub in the user's package folder would be taken for the real one.
        await DotNet(copy, "build", Path.Combine("src", "ApiKey.Aws"), "-p:OfficialSdk=true", $"-p:RestoreSources={Feed}",
            $"-p:RestorePackagesPath={Path.Combine(_folder, "packages")}{Path.DirectorySeparatorChar}",
            $"-p:RestoreFallbackFolders={Packages}", "-p:RunAnalyzers=false",
            "-p:BuildProjectReferences=false", "-p:ProduceReferenceAssembly=false");

        string built = Path.Combine(copy, "bin", "aws");
        Assert.True(File.Exists(Path.Combine(built, "ApiKey.Aws.dll")));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Stub, "bin", "Release", "net8.0", "AWSSDK.APIGateway.dll"),
            TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(built, "AWSSDK.APIGateway.dll"),
            TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Feed => Path.Combine(_folder, "feed");

    private string Stub => Path.Combine(_folder, "stub");

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string VersionOf(string package) => System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(one => (string?)one.Attribute("Include") == package).Attribute("Version")!.Value;

    private static void Copy(string[] files, string target)
    {
        foreach (string file in files)
        {
            string copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }
    }

    // No process may stay behind: it would keep its output open, which is waited for.
    private static async Task DotNet(string folder, params string[] arguments)
    {
        ToolRun run = await Tool.Run("dotnet", [.. arguments, "--nologo", "-p:UseSharedCompilation=false", "-nodeReuse:false"], folder,
            ("MSBUILDDISABLENODEREUSE", "1"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    private async Task PackStub()
    {
        Directory.CreateDirectory(Stub);
        await File.WriteAllTextAsync(Path.Combine(Stub, "Stub.cs"), OfficialSdk.ToStub(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Stub, "AWSSDK.APIGateway.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <Version>{VersionOf("AWSSDK.APIGateway")}</Version>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AWSSDK.Core" Version="{VersionOf("AWSSDK.Core")}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await DotNet(Stub, "pack", "--configuration", "Release", "--output", Feed);
    }
}
