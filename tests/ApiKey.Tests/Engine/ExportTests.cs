using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Engine;

/// <summary>A file of keys is complete or not there, never over another one unasked, and for its owner only.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    private string File1 => Path.Combine(_folder, "keys.json");

    [Fact]
    public void JsonHasEveryPropertyAndTheValueOnlyWhenAsked()
    {
        using ModuleSession session = new();
        session.Good("New-ApiGatewayApiKey a -Value SecretValue0123456789 -Tag @{ env = 'prod' }");
        Assert.IsType<FileInfo>(Assert.Single(session.Good("Export-ApiGatewayApiKey $args[0] -PassThru", File1)).BaseObject);
        string text = File.ReadAllText(File1);
        Assert.DoesNotContain("SecretValue", text);
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal("prod", document.RootElement[0].GetProperty("TagsAll").GetProperty("env").GetString());
        session.Good("Get-ApiGatewayApiKey | Export-ApiGatewayApiKey $args[0] -IncludeValue -Force", File1);
        Assert.Contains("SecretValue0123456789", File.ReadAllText(File1));
    }

    [Fact]
    public void CsvIsNotWrittenWithoutValues()
    {
        using ModuleSession session = new();
        Assert.Equal("ValueRequired", session.Run("Export-ApiGatewayApiKey $args[0] -Format Csv", File1).ErrorId);
        Assert.Equal("UnknownFormat", session.Run("Export-ApiGatewayApiKey $args[0]", Path.Combine(_folder, "keys.txt")).ErrorId);
        Assert.Equal(0, session.Emulator.RequestCount);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFileThatIsThereStaysUnlessForced()
    {
        using ModuleSession session = new();
        File.WriteAllText(File1, "mine");
        Assert.Equal("FileExists", session.Run("Export-ApiGatewayApiKey $args[0]", File1).ErrorId);
        session.Good("Export-ApiGatewayApiKey $args[0] -Force -WhatIf", File1);
        Assert.Equal("mine", File.ReadAllText(File1));
        session.Good("Export-ApiGatewayApiKey $args[0] -Force", File1);
        Assert.Equal("[]", File.ReadAllText(File1));
    }

    [Fact]
    public void WhenAKeyCannotBeReadNothingIsWritten()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "GetApiKeys", Skip = 1 }]));
        Seed.Keys(session, 700);
        Outcome outcome = session.Run("Export-ApiGatewayApiKey $args[0]", File1);
        Assert.Equal("AuthenticationFailed", outcome.ErrorId);
        Assert.Contains(" was not written.", outcome.Error.ToString());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AnEndBeforeTheEndLeavesNothing()
    {
        using ModuleSession session = new();
        Seed.Keys(session, 10);
        session.Run("Get-ApiGatewayApiKey | ForEach-Object { $_; throw 'enough' } | Export-ApiGatewayApiKey $args[0]", File1);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void TheFileIsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix permissions.");
            return;
        }

        using ModuleSession session = new();
        session.Good("Export-ApiGatewayApiKey $args[0]", File1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File1));
    }

    [Fact]
    public void IdsAreReadAndObjectsAreTakenAsTheyAre()
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "a" });
        session.Good("$args[0] | Export-ApiGatewayApiKey $args[1]", id, File1);
        Assert.Equal((1, 1, 2), (session.Emulator.CountOf("GetApiKey"), session.Emulator.CountOf("GetUsagePlans"),
            session.Emulator.RequestCount));
        session.Good("Get-ApiGatewayApiKey | Export-ApiGatewayApiKey $args[0] -Force -SkipUsagePlan", File1);
        Assert.Equal(3, session.Emulator.RequestCount);
    }

    [Fact]
    public void AFolderThatIsNotThereIsAnErrorBeforeAnyCall()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Run("Export-ApiGatewayApiKey $args[0]", Path.Combine(_folder, "no", "keys.json"));
        Assert.Equal("FileNotFound", outcome.ErrorId);
        Assert.Contains("Create it first", outcome.Error.ToString());
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
