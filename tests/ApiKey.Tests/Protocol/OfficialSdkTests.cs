using System.Reflection;
using System.Text.RegularExpressions;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiKey.Tests.Protocol;

/// <summary>The service client has nothing but what the official package has, and the adapter compiles against that, too.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class OfficialSdkTests
{
    private static readonly string[] OurBases = ["ApiKeyResponse", "UsagePlanResponse", "UsagePlanKeyResponse", "UsageResponse"];

    /// <summary>The client's types that the table speaks of.</summary>
    public static TheoryData<string> Names => [.. OurTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ATypeIsThatOfTheOfficialPackage(string name)
    {
        Type type = OurTypes().Single(one => one.Name == name);
        Assert.True(OfficialSdk.Types.ContainsKey(name), $"The official package has no {name}");
        (string root, IReadOnlyDictionary<string, string> members) = OfficialSdk.Types[name];
        Assert.Equal(root, BaseOf(type) == typeof(object) ? "" : BaseOf(type).Name);
        Assert.Equal(
            members.Where(member => OurMembers(type).Any(ours => ours.Name == member.Key))
                .OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Value} {member.Key}"),
            OurMembers(type).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Type} {member.Name}"));
    }

    [Fact]
    public void EveryOperationIsThere() => Assert.Equal(
        OfficialSdk.Types.Keys.Where(name => name.EndsWith("Request", StringComparison.Ordinal))
            .Select(name => $"{name[..^7]}Async").Order(StringComparer.Ordinal),
        typeof(IAmazonAPIGateway).GetMethods().Where(method => !method.IsSpecialName).Select(method => method.Name)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void TheAdapterCompilesAgainstTheOfficialPackagesMembers()
    {
        string folder = Repository.PathOf("src", "ApiKey.Aws");
        PortableExecutableReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) != "AWSSDK.APIGateway.dll")
            .Select(file => MetadataReference.CreateFromFile(file))];
        Compilation stub = Compile("AWSSDK.APIGateway", [OfficialSdk.ToStub()], references, NullableContextOptions.Disable);
        string[] sources = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.TopDirectoryOnly).Select(File.ReadAllText),
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
            + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;"];
        Compile("ApiKey.Aws", sources, [.. references, stub.ToMetadataReference()], NullableContextOptions.Enable);
    }

    [Fact]
    public async Task TheUserAgentCarriesTheModulesVersion()
    {
        using RecordingClient client = new("""{"item":[]}""");
        await client.Client.GetApiKeysAsync(new GetApiKeysRequest(), TestContext.Current.CancellationToken);
        string version = ModuleVersion().Match(await File.ReadAllTextAsync(Repository.PathOf("ApiKey.psd1"),
            TestContext.Current.CancellationToken)).Groups["version"].Value;
        Assert.StartsWith($"ApiKey/{version} ", client.Request.Headers.NonValidated["User-Agent"].ToString());
    }

    [GeneratedRegex(@"ModuleVersion\s*=\s*'(?<version>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex ModuleVersion();

    private static CSharpCompilation Compile(string name, string[] sources, MetadataReference[] references, NullableContextOptions nullable)
    {
        CSharpParseOptions version = new(LanguageVersion.CSharp13);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, version)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(problem => problem.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    // What several answers share is a base of ours between theirs and the SDK's. The adapter does not know it: it compiles without.
    private static Type BaseOf(Type type) => type.BaseType is { IsAbstract: true } shared && OurBases.Contains(shared.Name)
        ? shared.BaseType!
        : type.BaseType!;

    private static IEnumerable<Type> OurTypes() => typeof(IAmazonAPIGateway).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "Amazon.APIGateway.Model" || type.BaseType == typeof(ConstantClass))
        .Where(type => !OurBases.Contains(type.Name));

    // Properties, and the values of a class of constants.
    private static IEnumerable<(string Name, string Type)> OurMembers(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] parts = BaseOf(type) == type.BaseType ? [type] : [type, type.BaseType!];
        return parts.SelectMany(part => part.GetProperties(Own)).Select(property => (property.Name, Say(property.PropertyType)))
            .Concat(type.GetFields(Own).Select(field => (field.Name, Say(field.FieldType))));
    }

    private static string Say(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } value => Say(value) + "?",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Say))}>",
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(double) => "double",
        _ => type.Name,
    };
}
