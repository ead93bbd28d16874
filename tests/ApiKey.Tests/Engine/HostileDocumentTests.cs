using System.Text;
using ApiKey.Emulator;
using ApiKey.Tests.DesiredState;

namespace ApiKey.Tests.Engine;

/// <summary>What is not fully understood is refused whole, with its place, in every format: it is never taken for a desired state without
/// keys.</summary>
public sealed class HostileDocumentTests : IDisposable
{
    private const string Prune = "Sync-ApiGatewayApiKey $args[0] -Prune -PruneTag @{ m = '1' } -Confirm:$false";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    public HostileDocumentTests()
    {
        _session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "live",
            Tags = new Dictionary<string, string> { ["m"] = "1" }
        });
    }

    [Fact]
    public void NoDocumentInDoubtIsReadAsNoKeys()
    {
        foreach ((string name, byte[] bytes,
            string says) in HostileDocuments.All.Select(one => (one.Name, Encoding.UTF8.GetBytes(one.Text), one.Says))
                .Concat(HostileDocuments.Bytes))
        {
            string file = Path.Combine(_folder, name);
            File.WriteAllBytes(file, bytes);
            foreach (string command in new[] { "Compare-ApiGatewayApiKey $args[0]", Prune, $"{Prune} -Force" })
            {
                Outcome outcome = _session.Run(command, file);
                Assert.True(outcome.ErrorTexts.Count() == 1 && outcome.ErrorId == "InvalidDesiredState",
                    $"{name}: {string.Join(" | ", outcome.ErrorTexts)}");
                Assert.True(outcome.Error.ToString().Contains(says, StringComparison.OrdinalIgnoreCase), $"{name}: {outcome.Error}");
                Assert.Matches(@"line \d+, column \d+: ", outcome.Error.ToString());
            }
        }

        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Fact]
    public void NoDocumentInDoubtGivenAsAnObjectIsReadAsNoKeys()
    {
        foreach ((string name, string text, _) in HostileDocuments.All.Where(one => one.Name.EndsWith(".tfstate", StringComparison.Ordinal)
            || one.Text.Contains("format_version", StringComparison.Ordinal)))
        {
            Outcome outcome = _session.Run(
                "$args[0] | ConvertFrom-Json -AsHashtable | Sync-ApiGatewayApiKey -Prune -PruneTag @{ m = '1' } -Confirm:$false", text);
            Assert.True(outcome.Errors.Count > 0 || outcome.Thrown is not null || name is "list.tfstate", name);
        }

        Assert.Single(_session.Good("Get-ApiGatewayApiKey"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "keys": [] }""")]
    [InlineData("""{ "version": 4, "terraform_version": "1.9", "serial": 1, "lineage": "x", "outputs": {}, "resources": [] }""")]
    [InlineData("""{ "format_version": "1.2", "planned_values": { "root_module": {} } }""")]
    public void ADesiredStateThatIsEmptyInAnyWayRemovesNothingUnlessForced(string text)
    {
        // A rotation under way: its old key is not pruned, so not every key of the scope would go.
        string old = _session.One<Model.ApiKeyInfo>("New-ApiGatewayApiKey rotated -Tag @{ m = '1' }").Id;
        _session.Good("$null = $args[0] | Invoke-ApiGatewayApiKeyRotation", old);
        string file = Path.Combine(_folder, "empty.json");
        File.WriteAllText(file, text);
        foreach (string given in new[] { Prune, "@() | Sync-ApiGatewayApiKey -Prune -PruneTag @{ m = '1' } -Confirm:$false",
            "Sync-ApiGatewayApiKey @() -Prune -PruneTag @{ m = '1' } -Confirm:$false" })
        {
            Assert.Contains(_session.Run(given, file).ErrorId, new[] { "WouldEmptyScope", "EmptyParameter" });
        }

        Assert.Equal(3, _session.Good("Get-ApiGatewayApiKey").Count);
        _session.Run($"{Prune} -Force", file);
        Assert.Equal(old, _session.One<Model.ApiKeyInfo>("Get-ApiGatewayApiKey").Id);
    }

    [Fact]
    public void EveryEncodingWithAMarkIsRead()
    {
        foreach (Encoding encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            string json = Path.Combine(_folder, "k.json");
            File.WriteAllText(json, """{ "keys": [ { "name": "é" } ] }""", encoding);
            Assert.Equal("Create é", Assert.Single(_session.Good("Compare-ApiGatewayApiKey $args[0]", json)).ToString());
            _session.Good("$null = Get-ApiGatewayApiKey live | Import-ApiGatewayApiKey -DesiredStatePath $args[0]", json);
            Assert.Equal(encoding.GetPreamble(), File.ReadAllBytes(json).Take(encoding.GetPreamble().Length));
            Assert.Equal("Create é", Assert.Single(_session.Good("Compare-ApiGatewayApiKey $args[0]", json)).ToString());
            string csv = Path.Combine(_folder, "k.csv");
            File.WriteAllText(csv, "Name\né\n", encoding);
            Assert.Equal("Create é", Assert.Single(_session.Good("Compare-ApiGatewayApiKey $args[0]", csv)).ToString());
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
