using ApiKey.Formats;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A desired state in YAML: read as JSON is, with places in every problem, and by a library that nothing else in the process
/// meets.</summary>
public sealed class YamlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    [Fact]
    public void YamlSaysWhatJsonSays()
    {
        string yaml = Write("""
            # The keys of a team.
            defaults:
              tags: { env: prod }
            keys:
              - name: partner-acme
                description: >-
                  Acme,
                  Ltd.
              - name: "007"
                enabled: false
                customer_id: ~
                tags: {"a b": 'yes', n: no}
            """);
        string json = Write("""
            { "defaults": { "tags": { "env": "prod" } }, "keys": [
              { "name": "partner-acme", "description": "Acme, Ltd." },
              { "name": "007", "enabled": false, "customer_id": null, "tags": { "a b": "yes", "n": "no" } } ] }
            """, "keys.json");
        Assert.Equal(Plan(json), Plan(yaml));
        _session.Good("$null = Sync-ApiGatewayApiKey $args[0]", yaml);
        Assert.Empty(Plan(json));
    }

    [Theory]
    [InlineData("keys:\n  - name: 123\n", 2, 11, "a number")]
    [InlineData("keys:\n  - name: a\n    enabled: yes\n", 3, 14, "true or false")]
    [InlineData("keys:\n  - nane: a\n", 2, 5, "Did you mean 'name'")]
    [InlineData("keys: [\n", 2, 1, "not valid YAML")]
    [InlineData("a: &x [1]\nb: *x\n", 2, 4, "Aliases")]
    [InlineData("keys: []\n---\nkeys: []\n", 2, 1, "second document")]
    public void AFaultSaysWhereItIs(string text, int line, int column, string says)
    {
        Outcome outcome = _session.Run("Compare-ApiGatewayApiKey $args[0]", Write(text));
        Assert.Equal("InvalidDesiredState", outcome.ErrorId);
        FileProblem problem = ((FileProblemException)outcome.Error.Exception).Problems[0];
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(says, outcome.Error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Fact]
    public void DeepNestingIsAFaultAndNotTheEndOfTheProcess() =>
        Assert.Contains("nested", _session.Run("Compare-ApiGatewayApiKey $args[0]", Write(new string('[', 5000))).Error.ToString());

    [Fact]
    public void AnEmptyFileIsAFault()
        => Assert.Equal("InvalidDesiredState", _session.Run("Compare-ApiGatewayApiKey $args[0]", Write("# nothing\n")).ErrorId);

    [Fact]
    public void EntriesAreNotAddedToYaml()
    {
        string file = Write("keys: []\n");
        Assert.NotEmpty(_session.Run("New-ApiGatewayApiKey a | Import-ApiGatewayApiKey -DesiredStatePath $args[0]", file).Errors);
        Assert.Equal("keys: []\n", File.ReadAllText(file));
    }

    [Fact]
    public void TheLibraryIsLoadedApart()
    {
        Plan(Write("keys: []\n"));
        string context = _session.Good(
            "[Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies | Where-Object { $_.GetName().Name -eq 'ApiKey.Yaml' "
            + "} } | ForEach-Object Name")[0].ToString();
        Assert.Equal("ApiKey.Yaml", context);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Plan(string file) =>
    [
        .. _session.Good("Compare-ApiGatewayApiKey $args[0] 6>$null", file).Select(one => one.BaseObject).Cast<PlannedChange>()
            .Select(change => $"{change.Action} {change.Name} {string.Join("; ", change.Differences)}"),
    ];

    private string Write(string text, string name = "keys.yaml")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
