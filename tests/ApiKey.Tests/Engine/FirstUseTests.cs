using System.Management.Automation.Language;
using System.Xml.Linq;

namespace ApiKey.Tests.Engine;

/// <summary>
/// What a first use does not do, because it is much of what it would cost: look for a type in every assembly or parse scripts when the
/// module is imported, and compile scripts to show the table of keys.
/// </summary>
public class FirstUseTests
{
    private static readonly string Bin = Path.Combine(Repository.Module, "bin");

    [Fact]
    public void TheTypesFileNamesTheAssemblyOfEachType()
    {
        XDocument file = Read("ApiKey.types.ps1xml");
        string[] made = [.. file.Descendants("NoteProperty").Where(note => note.Element("Name")?.Value == "TargetTypeForDeserialization")
            .Select(note => note.Element("Value")!.Value)];
        Assert.NotEmpty(made);
        string[] types = [.. file.Descendants("TypeName").Select(type => type.Value), .. made];
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.EndsWith(", ApiKey", type, StringComparison.Ordinal));
        using ModuleSession session = new();
        Assert.All(types.Except(made), type => Assert.Equal(type,
            session.One<string>("$type = [Type]$args[0]; \"$type, $($type.Assembly.GetName().Name)\"", type)));

        // These are forwarded to Core, which the manifest need not name: each path in it is resolved with several looks at the mounts.
        Assert.All(made, type => Assert.Equal("ApiKey.Core", session.One<string>("([Type]$args[0]).Assembly.GetName().Name", type)));
        Assert.DoesNotContain("RequiredAssemblies", File.ReadAllText(Repository.Manifest), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void NoPropertyOfTheTypesFileIsAScript()
    {
        XDocument file = Read("ApiKey.types.ps1xml");
        Assert.NotEmpty(file.Descendants("CodeProperty"));
        Assert.Empty(file.Descendants("ScriptProperty"));

        // A method that runs a command has to be one. A type in it would be looked for when the module is imported.
        Assert.All(file.Descendants("Script"), script => Assert.Empty(Parser.ParseInput(script.Value, out _, out _)
            .FindAll(part => part is TypeExpressionAst or ConvertExpressionAst, searchNestedScriptBlocks: true)));
    }

    [Fact]
    public void TheTableOfKeysRunsNoScript()
    {
        XElement[] columns = [.. Read("ApiKey.format.ps1xml").Descendants("View")
            .Where(view => view.Element("TableControl") is not null
                && view.Descendants("TypeName").Any(type => type.Value.Split('#')[0] == "ApiKey.Model.ApiKeyInfo"))
            .SelectMany(view => view.Descendants("TableColumnItem"))];
        Assert.Equal(10, columns.Length);
        Assert.All(columns, column => Assert.NotNull(column.Element("PropertyName")));
    }

    [Fact]
    public void AKeyThatCameBackIsShownAlike()
    {
        using ModuleSession session = new();
        string screen = session.Coloured("""
            $key = [pscustomobject]@{
                Id = 'a1b2c3d4e5'; Name = "part`e[31mner"; Enabled = $false; Tags = @{ env = "pr`nod" }
                CreatedDate = [DateTimeOffset]'2026-01-15 09:30Z'
            }
            $key.PSObject.TypeNames.Insert(0, 'Deserialized.ApiKey.Model.ApiKeyInfo')
            $key, $key
            """);
        Assert.Contains("a1b2c3d4e5 part", screen, StringComparison.Ordinal);
        Assert.Contains("\e[33mFalse\e[0m", screen, StringComparison.Ordinal);
        Assert.Contains("2026-01-15 09:30Z env=pr", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", screen, StringComparison.Ordinal);
    }

    private static XDocument Read(string file) => XDocument.Load(Path.Combine(Bin, file));
}
