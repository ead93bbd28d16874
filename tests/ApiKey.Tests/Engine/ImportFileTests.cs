using System.Management.Automation;
using System.Text;
using ApiKey.Attributes;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Engine;

/// <summary>Keys in bulk from a file, and back into one.</summary>
public sealed class ImportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Fact]
    public void RowsBecomeKeysInFileOrder()
    {
        using ModuleSession session = new();
        string file = Write("""
            name,KEY,description,ENABLED,CustomerId,Tags
            zeta,abcdefghij0123456789,"one, two",TRUE,c1,env=prod&team=a
            alpha,,,,,
            "g""amma",bcdefghij01234567890,,false,,env=
            """);
        ApiKeyInfo[] keys = [.. Keys(session.Good("Import-ApiGatewayApiKey -Path $args[0]", file))];
        Assert.Equal(["zeta", "alpha", "g\"amma"], keys.Select(key => key.Name));
        Assert.Equal([true, true, false], keys.Select(key => key.Enabled));
        Assert.Equal(["env=prod, team=a", "", "env="], keys.Select(key => key.Tags.ToText()));
        Assert.Equal(("one, two", "c1", "abcdefghij0123456789"), (keys[0].Description, keys[0].CustomerId, keys[0].Value));
        Assert.Equal(40, keys[1].Value!.Length);
        Assert.All(keys[1].Value!, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
    }

    [Fact]
    public void AnImportThatIsDoneIsNotDoneASecondTimeUnasked()
    {
        using ModuleSession session = new();
        string file = Write("Name,Key\na,\n");
        session.Good("Import-ApiGatewayApiKey -Path $args[0]", file);
        File.AppendAllText(file, "b,\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        Assert.Equal(("AlreadyImported", ErrorCategory.ResourceExists), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Equal("AlreadyImported", session.Run("Import-ApiGatewayApiKey -Path $args[0] -WhatIf", file).ErrorId);
        Assert.Single(session.Good("Get-ApiGatewayApiKey"));
        Assert.Equal(2, session.Good("Import-ApiGatewayApiKey -Path $args[0] -Force", file).Count);
        Assert.Equal(3, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(2, session.Good("Import-ApiGatewayApiKey -Path $args[0] -Region us-east-1", file).Count);
    }

    [Fact]
    public void NothingThatMakesValuesIsLeftWhenAnImportIsDone()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "ImportApiKeys", Times = 1 }]));
        string file = Write("Name,Key\na,\n");
        session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        string seed = File.ReadAllLines(Assert.Single(Seeds()))[1];
        Assert.Equal(64, seed.Length);
        session.Good("Import-ApiGatewayApiKey -Path $args[0]", file);
        string[] left = File.ReadAllLines(Assert.Single(Seeds()));
        Assert.DoesNotContain(seed, left);
        Assert.StartsWith("done ", left[1], StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFaultIsToldWithItsPlaceAndNothingIsSent()
    {
        using ModuleSession session = new();
        string good = Write("Name,Key\nfine,abcdefghij0123456789\n", "good.csv");
        string bad = Write("Name,Key,Enabled,Tags\na,short,maybe,x\nb,abcdefghij0123456789,true,a=1,2\nc,abcdefghij0123456789,,\nd,"
            + "abcdefghij0123456789,,\n,,,\n", "bad.csv");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0], $args[1]", good, bad);
        Assert.Equal(("InvalidKeyFile", ErrorCategory.InvalidData, (object)bad),
            (outcome.ErrorId, outcome.Error.CategoryInfo.Category, outcome.Error.TargetObject));
        Assert.Equal(
            [(2, 3), (2, 9), (2, 15), (3, 33), (5, 1)],
            ((FileProblemException)outcome.Error.Exception).Problems.Select(problem => (problem.Line, problem.Column)));
        Assert.Equal(0, session.Emulator.RequestCount);
        Assert.DoesNotContain("abcdefghij0123456789", outcome.Error.ToString());
        Assert.DoesNotContain("short", outcome.Error.ToString());
    }

    [Theory]
    [InlineData("Name,Description\na,b", "Key is missing")]
    [InlineData("Key\nabcdefghij0123456789", "Name is missing")]
    [InlineData("Name,Key,name\na,,b", "occurs twice")]
    [InlineData("", "is empty")]
    [InlineData("Name,Key\n\"a,\n", "no closing")]
    public void AFileThatIsNoKeyFileIsRefused(string content, string says)
    {
        using ModuleSession session = new();
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", Write(content));
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefused()
    {
        using ModuleSession session = new();
        string file = Path.Combine(_folder, "latin.csv");
        File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes("Name,Key\nM"), 0xFC, .. Encoding.UTF8.GetBytes("ller,\n")]);
        Assert.Contains("not UTF-8", session.Run("Import-ApiGatewayApiKey -Path $args[0]", file).Error.ToString());
    }

    [Fact]
    public void AMissingFileIsAnErrorThatSaysSo()
    {
        using ModuleSession session = new();
        Assert.Equal("FileNotFound", session.Run("Import-ApiGatewayApiKey -Path nope.csv").ErrorId);
        Assert.Equal("FileNotFound", session.Run("Import-ApiGatewayApiKey -Path nope*.csv").ErrorId);
        Assert.Equal("FileNotFound", session.Run("Import-ApiGatewayApiKey -LiteralPath $args[0]", Path.Combine(_folder, "nope.csv"))
            .ErrorId);
        Assert.Equal("FileNotFound", session.Run("Import-ApiGatewayApiKey -Path $args[0], nope.csv", Write("Name,Key\na,")).ErrorId);
        Assert.Equal(0, session.Emulator.RequestCount);
        Assert.Contains("is a folder", session.Run("Import-ApiGatewayApiKey -Path $args[0]", _folder).Error.ToString());
    }

    [Fact]
    public void AFileGivenAsAnIdIsPointedToThePathParameter()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Run("Import-ApiGatewayApiKey $args[0]", Write("Name,Key\na,"));
        Assert.Equal("FileGivenAsId", outcome.ErrorId);
        Assert.Contains("-Path", outcome.Error.ToString());
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Fact]
    public void UnknownColumnsAreReported()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key,Colour\na,abcdefghij0123456789,red"));
        Assert.Contains("'Colour'", Assert.Single(outcome.Warnings));
        Assert.Single(outcome.Output);
    }

    [Fact]
    public void WhatIfTellsWhichRowsCreateAndWhichOverwrite()
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "old", Value = "abcdefghij0123456789" });
        string file = Write("Name,Key\nnew,\nold2,abcdefghij0123456789\n");
        string screen = session.Screen($"Import-ApiGatewayApiKey -Path '{file}' -WhatIf");
        Assert.Contains("Create API key 'new' (line 2) in eu-central-1.", screen);
        Assert.Contains($"Overwrite API key 'old ({id})' with API key 'old2' (line 3) in eu-central-1.", screen);
        Assert.Equal("old", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Name);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AKnownValueIsOverwrittenAsAwsDoes()
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "old", Value = "abcdefghij0123456789" });
        Assert.Equal((id, "new"),
            session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key\nnew,abcdefghij0123456789\n")) is var key
                ? (key.Id, key.Name) : default);
    }

    [Fact]
    public void ThousandsOfRowsGoInFewCalls()
    {
        using ModuleSession session = new();
        string file = Write(Rows(2501));
        Assert.Equal(2501, session.Good("Import-ApiGatewayApiKey -Path $args[0]", file).Count);
        Assert.Equal((6, 6), (session.Emulator.CountOf("ImportApiKeys"), session.Emulator.CountOf("GetApiKeys")));
        Assert.Equal(12, session.Emulator.RequestCount);
    }

    [Fact]
    public void AFewRowsDoNotListTheAccount()
    {
        using ModuleSession session = new();
        Seed.Keys(session, 3000);
        Assert.Equal(3, session.Good("Import-ApiGatewayApiKey -Path $args[0]", Write(Rows(3))).Count);
        Assert.Equal((1, 3), (session.Emulator.CountOf("ImportApiKeys"), session.Emulator.CountOf("GetApiKey")));
    }

    [Fact]
    public void AWarningIsTiedToItsRowAndTheRestGoesIn()
    {
        using ModuleSession session = new();
        string file = Write("Name,Key\na,abcdefghij0123456789\nb,short\nc,\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck", file);
        Assert.Contains("line 3", outcome.Warnings[0]);
        Assert.Contains("20 characters", outcome.Warnings[0]);
        Assert.Equal(("ApiKeyNotImported", (object)"b"), (outcome.ErrorId, outcome.Error.TargetObject));
        Assert.Equal(["a", "c"], Keys(outcome.Output).Select(key => key.Name));
    }

    [Fact]
    public void FailOnWarningIsOneErrorForAWarning()
    {
        using ModuleSession session = new();
        string file = Write(Rows(1200) + "b,short,\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0] -FailOnWarning -SkipValueCheck", file);
        Assert.Equal("InvalidRequest", outcome.ErrorId);
        Assert.Contains("line 1202", outcome.Error.ToString());
        Assert.Empty(outcome.Output);
        Assert.Equal("ContradictoryParameters", session.Run("Import-ApiGatewayApiKey -Path $args[0] -FailOnWarning -BatchSize 3", file)
            .ErrorId);
    }

    [Fact]
    public void DefaultTagsGoOnImportedKeysToo()
    {
        using ModuleSession session =
            new(settings: new ApiGatewayConnection
            {
                Region = "eu-central-1",
                TagPolicy = new TagPolicy { Defaults = TagSet.Parse("team=core&env=prod") }
            });
        ApiKeyInfo key = session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]",
            Write("Name,Key,Tags\na,abcdefghij0123456789,env=test\n"));
        Assert.Equal(("env=test", "env=test, team=core"), (key.Tags.ToText(), key.TagsAll.ToText()));
        long before = session.Emulator.RequestCount;
        session.Good("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key,Tags\na,abcdefghij0123456789,env=test\n"));

        // The row leaves out a description, so what the key has is read before it is overwritten.
        Assert.Equal(3, session.Emulator.RequestCount - before);

        // A row that says nothing of tags.
        key = session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key\nb,bbcdefghij0123456789\n"));
        Assert.Equal(("", "env=prod, team=core"), (key.Tags.ToText(), key.TagsAll.ToText()));
    }

    [Theory]
    [InlineData("ImportApiKeys", 3)]
    [InlineData("GetApiKeys", 0)]
    [InlineData("TagResource", 40)]
    public void AnImportThatWasCutShortIsFinishedByRunningItAgain(string operation, int skip)
    {
        using ModuleSession session = new(
            settings: new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 },
            emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ErrorAfter, Operation = operation, Skip = skip, Times = 1 }]));
        string file = Write("Name,Key,Tags\n" + string.Concat(Enumerable.Range(0, 60).Select(number => $"k{number},,n={number}\n")));
        const string Import = "Import-ApiGatewayApiKey -Path $args[0] -BatchSize 10 -ThrottleLimit 2";
        Outcome first = session.Run(Import, file);
        Assert.NotEmpty(first.Errors);
        Assert.Contains(first.Warnings, warning => warning.Contains("Run the same command again", StringComparison.Ordinal));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        ApiKeyInfo[] second = [.. Keys(session.Good(Import, file))];
        Assert.Equal(Enumerable.Range(0, 60).Select(number => ($"k{number}", $"n={number}")),
            second.Select(key => (key.Name!, key.Tags.ToText())));
        Assert.Equal(60, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Contains("done", File.ReadAllText(Assert.Single(Seeds())), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatWasChangedAfterAnImportDidNotEndIsRefused()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "ImportApiKeys", Times = 1 }]));
        string file = Write("Name,Key\na,\n");
        session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        File.AppendAllText(file, "b,\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        Assert.Contains("has been changed since", outcome.Error.ToString());
        Assert.Empty(session.Good("Get-ApiGatewayApiKey"));
    }

    [Fact]
    public void TheSeedIsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix permissions.");
            return;
        }

        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "ImportApiKeys" }]));
        session.Run("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key\na,\n"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Seeds())));
    }

    [Fact]
    public void AnExportWithValuesImportsAgainToTheSameKeys()
    {
        Arbitrary<string[]> names = Gen.Elements("\"", "'", ",", "\n", "\r\n", "=cmd()", "+1", "-1", "@x", "ü", "漢", "🔑", " ", "a", ";",
            "\t", "&", "%", "#", "<b>")
            .ArrayOf().Select(string.Concat).Where(name => !string.IsNullOrWhiteSpace(name)).NonEmptyListOf()
                .Select(all => all.Take(30).ToArray()).ToArbitrary();
        int run = 0;
        Prop.ForAll(names, many =>
        {
            using ModuleSession from = new();
            using ModuleSession to = new();
            string file = Path.Combine(_folder, $"{run++}.csv");
            foreach ((string name, int index) in many.Select((name, index) => (name, index)))
            {
                from.Good("New-ApiGatewayApiKey -Name $args[0] -Description $args[0] -CustomerId $args[0] -Tag @{ t = $args[0] } -Enabled "
                    + "$args[1]", name, index % 2 == 0);
            }

            from.Good("Export-ApiGatewayApiKey -LiteralPath $args[0] -IncludeValue", file);
            to.Good("Import-ApiGatewayApiKey -LiteralPath $args[0]", file);
            Assert.Equal(Content(from), Content(to));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void ValuesOfAnImportAppearInNoStream()
    {
        using ModuleSession session = new();
        string file = Write("Name,Key\na,SecretValue0123456789\nb,OtherSecret01234-6789\nc,Secret\n");
        Outcome outcome = session.Run(
            "$VerbosePreference = $DebugPreference = 'Continue'; Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck; "
            + "Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck -WhatIf", file);
        Assert.DoesNotContain([.. outcome.ErrorTexts, .. outcome.Warnings, .. outcome.Chatter],
            text => text.Contains("Secret", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<ApiKeyInfo> Keys(IEnumerable<PSObject> output) => output.Select(one => (ApiKeyInfo)one.BaseObject);

    private static IEnumerable<string> Content(ModuleSession session) => Keys(session.Good("Get-ApiGatewayApiKey -IncludeValue"))
        .Select(key => string.Join('|', ApiKeyField.All.Select(field => field.Current(key))))
        .Order(StringComparer.Ordinal);

    private static string Rows(int count) => "Name,Key,UsagePlanIds\n"
        + string.Concat(Enumerable.Range(0, count).Select(number => $"k{number},,\n"));

    private string[] Seeds() => Directory.GetFiles(_folder, "*.import");

    private string Write(string content, string name = "keys.csv")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
