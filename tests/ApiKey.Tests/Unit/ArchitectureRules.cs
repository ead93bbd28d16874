using System.Management.Automation.Language;
using System.Xml.Linq;

namespace ApiKey.Tests.Unit;

/// <summary>The rules of the architecture that a compiler does not check.</summary>
public class ArchitectureRules
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

    /// <summary>The namespaces of a project from the bottom up: each may use those before it, so there is no cycle.</summary>
    public static TheoryData<string, string> AllowedUses => new()
    {
        {
            "ApiKey.Core",
            """
            ApiKey.Text ApiKey.Tags ApiKey.Service ApiKey.Model ApiKey.Attributes ApiKey.Calls ApiKey.Formats
            ApiKey.Plans ApiKey.Keys ApiKey.Rotation ApiKey.Import ApiKey.Usage ApiKey.DesiredState
            """.ReplaceLineEndings(" ")
        },
    };

    [Fact]
    public void ProjectsPointOnlyWhereTheArchitectureAllows()
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

    [Theory]
    [MemberData(nameof(AllowedUses))]
    public void NamespacesPointOnlyWhereTheArchitectureAllows(string project, string uses)
    {
        string[] layers = uses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        NamespaceArrows arrows = NamespaceArrows.Of(project);
        Assert.Equal(layers.Order(), arrows.Namespaces.Order());
        Assert.Empty(arrows.All.Where(arrow => Array.IndexOf(layers, arrow.To) > Array.IndexOf(layers, arrow.From))
            .Select(arrow => $"{arrow.From} uses {arrow.To} in {arrow.File}"));
    }

    // The commands are sorted into folders, but have one namespace: it is part of the error ids that users see.
    [Theory]
    [InlineData("ApiKey")]
    [InlineData("ApiKey.Core")]
    public void ANamespaceIsThatOfItsFolder(string project) => Assert.All(
        Directory.EnumerateDirectories(Repository.PathOf("src", project)).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")),
        folder => Assert.All(
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories),
            file => Assert.Contains($"namespace ApiKey.{Path.GetFileName(folder)};", File.ReadAllText(file))));

    [Fact]
    public void AFeatureOfCoreKnowsNoOtherButKeysAndPlans()
    {
        string[] features = ["ApiKey.Rotation", "ApiKey.Import", "ApiKey.Usage", "ApiKey.DesiredState"];
        IReadOnlyList<(string From, string To, string File)> arrows = NamespaceArrows.Of("ApiKey.Core").All;
        Assert.DoesNotContain(arrows, arrow => features.Contains(arrow.From) && features.Contains(arrow.To));
        Assert.DoesNotContain(arrows, arrow => arrow is { From: "ApiKey.Formats", To: "ApiKey.Calls" });
    }

    [Fact]
    public void EveryScriptParses() => Assert.All(
        Directory.EnumerateFiles(Repository.Root, "*.ps1", SearchOption.TopDirectoryOnly)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("examples"), "*.ps1"))
                .Concat(Directory.EnumerateFiles(Repository.PathOf("tests", "Pester"), "*.ps1")),
        file =>
        {
            Parser.ParseFile(file, out _, out ParseError[] errors);
            Assert.Empty(errors);
        });

    [Theory]
    [InlineData("ApiKey.Core")]
    [InlineData("ApiKey.Emulator")]
    public void TheInnerProjectsHaveNoThirdPartyDependency(string project) =>
        Assert.DoesNotContain(
            XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants("PackageReference"),
            package => (string?)package.Attribute("PrivateAssets") != "all");

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
