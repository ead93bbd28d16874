using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ApiKey.Calls;

namespace ApiKey.Tests.Unit;

/// <summary>The rules of the architecture that a compiler does not check.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class ArchitectureRules
{
    private static readonly Dictionary<string, string[]> AllowedArrows = new(StringComparer.Ordinal)
    {
        ["ApiKey.Core"] = [],
        ["ApiKey.Emulator"] = ["ApiKey.Core"],
        ["AWSSDK.APIGateway"] = [],
        ["ApiKey.Aws"] = ["ApiKey.Core", "AWSSDK.APIGateway"],
        // The AWS side is built with the module and loaded at run time; it is not a reference.
        ["ApiKey"] = ["ApiKey.Core", "ApiKey.Emulator"],
        ["ApiKey.Shell"] = [],
        ["ApiKey.Help"] = [],
        ["ApiKey.Package"] = [],
        ["ApiKey.Yaml"] = ["ApiKey.Core"],
    };

    // What a command does beyond parameters in and results out is elsewhere.
    private const int MostLinesOfACommand = 100;

    /// <summary>The namespaces of a project from the bottom up: each may use those on lines above its own, so there is no cycle.
    /// A plus joins namespaces that count as one.</summary>
    public static TheoryData<string, string> Layers => new()
    {
        {
            "ApiKey.Core",
            """
            ApiKey.Text
            ApiKey.Tags
            ApiKey.Service
            ApiKey.Model
            ApiKey.Attributes
            ApiKey.Calls ApiKey.Formats
            ApiKey.Plans
            ApiKey.Keys
            ApiKey.Rotation ApiKey.Import ApiKey.Usage ApiKey.DesiredState ApiKey.Leaks ApiKey.Access
            """
        },
        {
            "ApiKey",
            """
            ApiKey.Session ApiKey.Views
            ApiKey.Binding ApiKey.Completion
            ApiKey.Cmdlets
            ApiKey.Commands
            """
        },
        {
            "ApiKey.Emulator",
            """
            ApiKey.Emulator.Wire
            ApiKey.Emulator.Store
            ApiKey.Emulator.Service
            ApiKey.Emulator.Faults
            ApiKey.Emulator
            """
        },
        { "ApiKey.Aws", "ApiKey.Aws" },
        { "ApiKey.Yaml", "ApiKey.Yaml" },
        { "ApiKey.Help", "ApiKey.Help" },
        { "ApiKey.Shell", "ApiKey.Shell" },
        // The official package's names: there, too, the client, its requests and what writes them know each other. They are one layer.
        { "AWSSDK.APIGateway", "Amazon.APIGateway+Amazon.APIGateway.Model+Amazon.APIGateway.Internal" },
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

    [Fact]
    public void EveryProjectHasItsLayers() => Assert.Equal(
        AllowedArrows.Keys.Except(["ApiKey.Package"]).Order(), Layers.Select(project => project.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Layers))]
    public void NamespacesPointOnlyUp(string project, string layers)
    {
        (string Name, string Unit, int Layer)[] known =
        [
            .. from line in layers.Split('\n').Index()
               from unit in line.Item.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               from name in unit.Trim().Split('+')
               select (name, unit, line.Index),
        ];
        Dictionary<string, (string Unit, int Layer)> layerOf = known.ToDictionary(one => one.Name, one => (one.Unit, one.Layer));
        NamespaceArrows arrows = NamespaceArrows.Of(project);
        Assert.Equal(layerOf.Keys.Order(), arrows.Namespaces.Order());
        Assert.Empty(arrows.All
            .Where(arrow => layerOf[arrow.To].Layer >= layerOf[arrow.From].Layer && layerOf[arrow.To].Unit != layerOf[arrow.From].Unit)
            .Select(arrow => $"{arrow.From} uses {arrow.To} in {arrow.File}"));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void AFolderIsANamespace(string project, string layers)
    {
        // The commands are sorted into folders, but have one namespace: it is part of the error ids that users see.
        string root = layers.Split(['\r', '\n', ' ', '+'], StringSplitOptions.RemoveEmptyEntries).MinBy(name => name.Length)!;
        root = project is "ApiKey" or "ApiKey.Core" ? "ApiKey" : root;
        Assert.All(NamespaceArrows.FilesOf(project), file =>
        {
            string[] folders = Path.GetDirectoryName(Path.GetRelativePath(Repository.PathOf("src", project), file))!
                .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            string expected = string.Join('.', [root, .. folders is ["Commands", ..] ? folders[..1] : folders]);
            Assert.Equal(expected, NamespaceArrows.NamespaceOf(file) ?? expected);
        });
    }

    [Fact]
    public void EveryCallHasARow() => Assert.Equal(
        typeof(Call).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Call)) && !type.IsAbstract)
            .Select(type => type.Name).Order(),
        NamespaceArrows.FilesOf("ApiKey.Aws").SelectMany(file => Row().Matches(File.ReadAllText(file)))
            .Select(row => row.Groups["call"].Value).Order());

    // Core names acts and settings (Words); what they are called for a user is in one table of the module.
    [Fact]
    public void NoTextOfCoreNamesACommandOrAParameter() => Assert.Empty(
        from file in NamespaceArrows.FilesOf("ApiKey.Core")
        from line in File.ReadLines(file)
        from text in StringLiteral().Matches(Comment().Replace(line, ""))
        where TypedName().IsMatch(text.Value)
        select $"{Path.GetFileName(file)}: {line.Trim()}");

    [Fact]
    public void ACommandFitsOnAPage() => Assert.Empty(
        CommandFiles.Where(file => !file.EndsWith(ParametersEnd, StringComparison.Ordinal)
            && File.ReadLines(file).Count() > MostLinesOfACommand).Select(Path.GetFileName));

    // Declarations alone may take more than a page; then they have a file of their own, with nothing else in it.
    [Fact]
    public void AFileOfParametersHoldsNothingButDeclarations() => Assert.Empty(
        from file in CommandFiles
        where file.EndsWith(ParametersEnd, StringComparison.Ordinal)
        let command = file[..^ParametersEnd.Length]
        from line in File.Exists(command + ".cs") ? File.ReadLines(file) : ["A file of parameters without a command."]
        where !Declaration().IsMatch(line) && line != $"public sealed partial class {Path.GetFileName(command)}"
        select $"{Path.GetFileName(file)}: {line.Trim()}");

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

    private const string ParametersEnd = ".Parameters.cs";

    private static IEnumerable<string> CommandFiles =>
        Directory.EnumerateFiles(Repository.PathOf("src", "ApiKey", "Commands"), "*.cs", SearchOption.AllDirectories);

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

    [GeneratedRegex(@"^\s*//.*|(?<=[;{}])\s*//.*")]
    private static partial Regex Comment();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StringLiteral();

    // A parameter (-Force), or a cmdlet (Get-ApiGatewayApiKey, Export-Csv).
    [GeneratedRegex(@"(?<![\w-])-[A-Z][a-z]+|\b[A-Z][a-z]+-[A-Z][A-Za-z]+")]
    private static partial Regex TypedName();

    // A using, the namespace, documentation, an attribute, the name of a parameter set, an automatic property with what it is first.
    [GeneratedRegex("""
        ^(?:using\s[\w.]+;|namespace\s[\w.]+;|\{|\}|///.*|
            \s{4}(?:///.*|\[.*\]|private\sconst\sstring\s\w+\s=\s"\w+";|public\s[\w\[\]?<>.\s]+\s\{\sget;\sset;\s\}(?:\s=\s[^;{}()]+;)?))?$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"CallRow\.For<(?<call>\w+),")]
    private static partial Regex Row();
}
