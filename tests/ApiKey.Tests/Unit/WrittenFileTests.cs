using System.Text.Json.Nodes;
using ApiKey.Formats;
using ApiKey.Leaks;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>Every file that is written, letter by letter against <c>Data/written</c>: each field of each format, full and
/// empty.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class WrittenFileTests : IDisposable
{
    private static readonly UsagePlanInfo Gold = new()
    {
        Id = "pl0001",
        Name = "gold ü ${plan}",
        Description = "The \"best\"\nplan",
        ApiStages =
        [
            new PlanStage("a1b2c3d4e5", "prod")
            {
                Throttle = new Dictionary<string, ThrottleLimits>
                {
                    ["/pets/GET"] = new(2.5, 3),
                    ["/orders/{id}/POST"] = new(null, 7),
                },
            },
            new PlanStage("a1b2c3d4e5", "test"),
        ],
        RateLimit = 0.1,
        BurstLimit = 20,
        QuotaLimit = 1000,
        QuotaPeriod = QuotaPeriod.Week,
        QuotaOffset = 2,
        ProductCode = "product",
        Arn = "arn:aws:apigateway:eu-central-1::/usageplans/pl0001",
        Region = "eu-central-1",
        Tags = TagSet.Parse("tier=gold"),
        TagsAll = TagSet.Parse("tier=gold,team=web"),
    };

    private static readonly UsagePlanInfo Burst = Bare("pl0002", "burst") with { BurstLimit = 5, QuotaLimit = 9 };

    private static readonly UsagePlanInfo Empty = Bare("pl0003", null);

    private static readonly ApiKeyInfo Full = new()
    {
        Id = "key0000001",
        Name = "orders ü ${x} $y",
        Description = "Line one\r\nline \"two\"\t\\",
        Enabled = false,
        CustomerId = "customer",
        Value = "TheValueOfTheKey0123456789",
        CreatedDate = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        LastUpdatedDate = new DateTimeOffset(2026, 6, 7, 8, 9, 10, TimeSpan.Zero),
        Arn = "arn:aws:apigateway:eu-central-1::/apikeys/key0000001",
        Region = "eu-central-1",
        StageKeys = ["a1b2c3d4e5/old", "a1b2c3d4e5/older"],
        Tags = TagSet.Parse("env=a%2Cb,note=%24%7Bz%7D"),
        TagsAll = TagSet.Parse("env=a%2Cb,note=%24%7Bz%7D,team=web"),
    };

    private static readonly ApiKeyInfo Bone = new()
    {
        Id = "key0000002",
        Enabled = true,
        CreatedDate = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Arn = "arn:aws:apigateway:eu-central-1::/apikeys/key0000002",
        Region = "eu-central-1",
        TagsAll = TagSet.Parse("team=web"),
    };

    private static readonly TagPolicy Policy = new()
    {
        Defaults = TagSet.Parse("team=web"),
        IgnoredKeys = ["owner"],
        IgnoredPrefixes = ["cost/"],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Theory]
    [InlineData("keys.json")]
    [InlineData("keys-with-values.json")]
    [InlineData("keys.csv")]
    [InlineData("state.json")]
    [InlineData("main.tf")]
    [InlineData("template.json", "template.import.json")]
    public void AFileOfKeysHasEveryField(params string[] files)
    {
        bool withValues = files[0] is "keys-with-values.json" or "keys.csv";
        KeyFileKind kind = files[0] switch
        {
            "keys.csv" => KeyFileKind.Csv,
            "state.json" => KeyFileKind.DesiredState,
            "main.tf" => KeyFileKind.Terraform,
            "template.json" => KeyFileKind.CloudFormation,
            _ => KeyFileKind.Json,
        };
        using (KeyExport export = new(new KeyExportOptions(Path.Combine(_folder, files[0]), kind, withValues, Overwrite: false, Policy)))
        {
            // Terraform and CloudFormation give an unnamed plan a label; a desired state refuses it before it gets here.
            UsagePlanInfo[] plans = kind == KeyFileKind.DesiredState ? [Gold, Burst] : [Gold, Burst, Empty];
            Assert.Null(export.Write(Full, plans));
            Assert.Null(export.Write(Bone with { Value = withValues ? "AnotherValue0123456789" : null },
                kind == KeyFileKind.Csv ? null : []));
            Assert.Null(export.Add(plans));
            export.Complete();
            Assert.Null(export.Warning);
        }

        Assert.All(files, Check);
    }

    [Fact]
    public void WithoutTagPolicyTerraformGetsNoProvider()
    {
        using (KeyExport export = new(new KeyExportOptions(Path.Combine(_folder, "plain.tf"), KeyFileKind.Terraform, WithValues: false,
            Overwrite: false, TagPolicy.None)))
        {
            export.Write(Bone, plans: null);
            export.Complete();
        }

        Check("plain.tf");
    }

    [Fact]
    public void ALogOfLeaksHasEveryField()
    {
        string repository = Path.Combine(_folder, "repository");
        ApiKeyLeakInfo leak = new(Full) { Path = Path.Combine(repository, "a b", "c.txt"), Line = 3, Column = 5 };
        string file = Path.Combine(_folder, "leaks.sarif");
        using (SarifLog log = new(file, repository, "Find-ApiGatewayApiKeyLeak", "1.2.3"))
        {
            log.Add(leak);
            log.Add(leak with { Line = 4, Form = ApiKeyLeakForm.Base64 });
            log.Add(new ApiKeyLeakInfo(Bone) { Form = ApiKeyLeakForm.PercentEncoded });
            log.Add(new ApiKeyLeakInfo(Bone) { Path = Path.Combine(repository, "in-its-name.txt") });
            log.AddProblem("'x' was not searched.");
            log.Complete();
        }

        // Where the test runs differs.
        File.WriteAllText(file, File.ReadAllText(file).Replace(new Uri(_folder).AbsoluteUri, "file:///FOLDER", StringComparison.Ordinal));
        Check("leaks.sarif");

        string elsewhere = Path.Combine(_folder, "elsewhere.txt");
        using (SarifLog log = new(file, repository, "Find-ApiGatewayApiKeyLeak", "1.2.3"))
        {
            log.Add(new ApiKeyLeakInfo(Bone) { Path = elsewhere, Line = long.MaxValue, Column = long.MaxValue });
            log.Complete();
        }

        JsonNode run = JsonNode.Parse(File.ReadAllText(file))!["runs"]![0]!;
        Assert.Equal("""[{"executionSuccessful":true}]""", run["invocations"]!.ToJsonString());
        Assert.Equal($$$"""
            {"artifactLocation":{"uri":"{{{new Uri(elsewhere).AbsoluteUri}}}"},"region":{"startLine":2147483647,"startColumn":2147483647}}
            """, run["results"]![0]!["locations"]![0]!["physicalLocation"]!.ToJsonString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static UsagePlanInfo Bare(string id, string? name) => new()
    {
        Id = id,
        Name = name,
        Arn = $"arn:aws:apigateway:eu-central-1::/usageplans/{id}",
        Region = "eu-central-1",
        TagsAll = TagSet.Parse("team=web"),
    };

    // On purpose changed: APIKEY_WRITE=1 writes what is expected, and git shows the difference.
    private void Check(string name)
    {
        string expected = Repository.PathOf("tests", "ApiKey.Tests", "Data", "written", name);
        string written = File.ReadAllText(Path.Combine(_folder, name));
        if (Environment.GetEnvironmentVariable("APIKEY_WRITE") is { Length: > 0 })
        {
            File.WriteAllText(expected, written);
        }

        string ending = name.EndsWith(".csv", StringComparison.Ordinal) ? "\r\n" : "\n";
        Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings(ending), written.ReplaceLineEndings(ending));
    }
}
