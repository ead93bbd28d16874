using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using ApiKey.Attributes;
using ApiKey.DesiredState;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Wire;
using ApiKey.Formats;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Tests.Unit;

/// <summary>Rules of one line each, which commands meet too seldom to show that they hold.</summary>
[Trait(Category.Name, Category.Unit)]
public class SmallRuleTests
{
    // What the service model says of operations whose status is not the usual one of their verb.
    private static readonly Dictionary<string, int> UnusualStatus = new()
    {
        ["DeleteMethod"] = 204,
        ["DeleteIntegration"] = 204,
        ["DeleteMethodResponse"] = 204,
        ["DeleteIntegrationResponse"] = 204,
        ["UpdateMethodResponse"] = 201,
        ["PutRestApi"] = 200,
        ["TagResource"] = 204,
        ["UntagResource"] = 204,
    };

    public static TheoryData<string, bool, bool, bool> FieldRules => new()
    {
        { "Name", true, true, true },
        { "Description", false, true, true },
        { "Enabled", false, true, true },
        { "CustomerId", false, false, false },
        { "Value", true, true, true },
        { "Tags", false, false, true },
    };

    [Theory]
    [MemberData(nameof(FieldRules))]
    public void EachAttributeHasItsOwnRules(string name, bool isOneKeysOwn, bool isInAwsKeyFile, bool canBeCleared)
    {
        ApiKeyField field = ApiKeyField.All.Single(candidate => candidate.Name == name);
        Assert.Equal((isOneKeysOwn, isInAwsKeyFile, canBeCleared), (field.IsOneKeysOwn, field.IsInAwsKeyFile, field.CanBeCleared));
    }

    [Fact]
    public void TheRulesAreOfAllAttributes() =>
        Assert.Equal(ApiKeyField.All.Select(field => field.Name), FieldRules.Select(row => row.Data.Item1));

    [Theory]
    [InlineData("main.tf", "resource {}")]
    [InlineData("keys.other", "{}")]
    [InlineData("terraform.tfstate", "{}")]
    public void AFileOfAnotherKindIsWrongFromItsFirstCharacter(string name, string text)
    {
        DesiredSource source = new(name);
        Assert.Same(DesiredEntries.None, DesiredStateFile.Read(source, text, TagPolicy.None, default,
            new ForeignReaders(_ => throw new NotSupportedException(), _ => throw new NotSupportedException())));
        FileProblem problem = Assert.Single(source.Problems);
        Assert.Equal((1, 1), (problem.Line, problem.Column));
    }

    [Fact]
    public void BytesThatAreNotTextAreWrongFromTheFirst()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0x61, 0xff, 0x62]);
            FileProblem problem = Assert.Single(Assert.Throws<FileProblemException>(() => DesiredStateFile.ReadText(path)).Problems);
            Assert.Equal((1, 1), (problem.Line, problem.Column));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ACarriageReturnAtTheEndIsWrittenOut() => Assert.Equal("a\\r", Show.EscapeLines("a\r"));

    [Theory]
    [InlineData(0, EmulatorBreak.BeforeAnswer)]
    [InlineData(1, EmulatorBreak.BeforeAnswer)]
    [InlineData(2, EmulatorBreak.WithinBody)]
    public void OnlyABodyThatHasAMiddleIsCutThere(int length, EmulatorBreak expected) =>
        Assert.Equal(expected, FaultPlan.After(EmulatorFaultKind.TruncatedBody,
            new EmulatorResponse(200, new byte[length], null, "id")).Break);

    [Fact]
    public void EveryOperationSucceedsWithTheStatusOfTheServiceModel()
    {
        IEnumerable all = (IEnumerable)typeof(Operation).GetField("All", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        Operation[] operations = [.. all.Cast<Operation>()];
        Assert.True(operations.Length > 40);
        Assert.All(operations, operation => Assert.Equal((operation.Name, StatusOf(operation.Name)),
            (operation.Name, operation.SuccessStatus)));
    }

    [Theory]
    [InlineData("variables", "/variables/a", false)]
    [InlineData("cacheKeyParameters", "/cacheKeyParameters/a", true)]
    public void AMapThatLosesItsLastEntryIsNotShown(string member, string path, bool isShown)
    {
        JsonObject shape = new() { [member] = isShown ? new JsonArray("a") : new JsonObject { ["a"] = "b" } };
        JsonObject changed = ApiMembers.Patch(shape, [new Patch("remove", path, "")],
            isShown ? ApiMembers.OfIntegration : ApiMembers.OfStage);
        Assert.Equal(isShown, changed.ContainsKey(member));
    }

    private static int StatusOf(string operation) => UnusualStatus.TryGetValue(operation, out int status) ? status
        : operation.StartsWith("Create", StringComparison.Ordinal) || operation.StartsWith("Put", StringComparison.Ordinal)
            || operation.StartsWith("Import", StringComparison.Ordinal) ? 201
        : operation.StartsWith("Delete", StringComparison.Ordinal) ? 202
        : 200;
}
