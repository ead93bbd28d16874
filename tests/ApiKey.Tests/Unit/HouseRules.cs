using System.Management.Automation.Language;
using System.Xml.Linq;

namespace ApiKey.Tests.Unit;

/// <summary>The rules of the house that a compiler does not check.</summary>
public class HouseRules
{
    private static readonly Dictionary<string, string[]> AllowedArrows = new(StringComparer.Ordinal)
    {
        ["ApiKey.Core"] = [],
        ["ApiKey.Emulator"] = ["ApiKey.Core"],
        ["AWSSDK.APIGateway"] = [],
        ["ApiKey.Aws"] = ["ApiKey.Core", "AWSSDK.APIGateway"],
        // The AWS side is built with the module and loaded at run time; it is no reference.
        ["ApiKey"] = ["ApiKey.Core", "ApiKey.Emulator"],
        ["ApiKey.Shell"] = [],
        ["ApiKey.Help"] = [],
        ["ApiKey.Package"] = [],
        ["ApiKey.Yaml"] = ["ApiKey.Core"],
    };

    [Fact]
    public void ProjectsPointOnlyWhereTheHouseAllows()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            string project = Path.GetFileNameWithoutExtension(file);
            IEnumerable<string> arrows = XDocument.Load(file)
                .Descendants("ProjectReference")
                .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
            Assert.Equal(AllowedArrows[project].Order(), arrows.Order());
        }
    }

    [Fact]
    public void EveryScriptParses() => Assert.All(
        Directory.EnumerateFiles(Repository.Root, "*.ps1", SearchOption.TopDirectoryOnly).Concat(Directory.EnumerateFiles(Repository.PathOf("examples"), "*.ps1")).Concat(Directory.EnumerateFiles(Repository.PathOf("tests", "Pester"), "*.ps1")),
        file =>
        {
            Parser.ParseFile(file, out _, out ParseError[] errors);
            Assert.Empty(errors);
        });

    [Theory]
    [InlineData("ApiKey.Core")]
    [InlineData("ApiKey.Emulator")]
    public void TheInnerProjectsHaveNoThirdPartyDependency(string project) =>
        Assert.Empty(XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants("PackageReference"));

    [Fact]
    public void NothingOfPowerShellIsShipped() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Module, "bin"), "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName),
            file => file!.StartsWith("System.Management.Automation", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void TheAwsSideSitsApart()
    {
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Module, "bin"), "AWSSDK*.dll"));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(Repository.Module, "bin", "aws"), "AWSSDK.Core.dll"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Module, "bin", "aws"), "ApiKey.Core.dll"));
    }
}
