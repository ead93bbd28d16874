using ApiKey.Emulator;
using ApiKey.Emulator.Store;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Emulator;

/// <summary>A state file that cannot be written, or that another emulator has: told, tried again, and nothing is lost.</summary>
[Collection(EmulatorsOfThisProcess.Name)]
public sealed class StateTroubleTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("apikey-trouble-").FullName;

    private string Folder => Path.Combine(_root, "state");

    private string StatePath => Path.Combine(Folder, "state.json");

    [Fact]
    public void AStateFolderThatVanishesIsToldAndNothingIsLost()
    {
        Directory.CreateDirectory(Folder);
        using ModuleSession session = new();
        session.Unconnected().Good(
            "$emulator = Start-ApiGatewayEmulator -StatePath $args[0]; Connect-ApiGateway us-east-1 -EndpointUrl $emulator.Uri -AccessKey "
            + "a -SecretKey b; $null = New-ApiGatewayApiKey before", StatePath);
        Directory.Delete(Folder, recursive: true);
        session.Good("$null = New-ApiGatewayApiKey after");
        Outcome stopped = session.Run("$emulator | Stop-ApiGatewayEmulator");
        Assert.Equal("StateNotSaved", stopped.ErrorId);
        Assert.Contains(StatePath, stopped.Error.ToString());
        Assert.Contains("-Force", stopped.Error.ToString());
        Assert.Equal(["after", "before"], session.Good("Get-ApiGatewayApiKey | ForEach-Object Name").Select(name => name.ToString())
            .Order());
        Assert.Contains(StatePath, session.Good("$emulator.StateProblem").Single().ToString());
        Directory.CreateDirectory(Folder);
        session.Good("$emulator | Stop-ApiGatewayEmulator");
        using ApiGatewayEmulator again = new(statePath: StatePath);
        Assert.Contains("before", File.ReadAllText(StatePath));
        Assert.Contains("after", File.ReadAllText(StatePath));
    }

    [Fact]
    public void TheTimerTriesAgainByItself()
    {
        Directory.CreateDirectory(Folder);
        using ApiGatewayEmulator emulator = new(statePath: StatePath);
        Directory.Delete(Folder, recursive: true);
        emulator.Seed(new SeedKey { Region = "us-east-1", Name = "seeded" });
        Assert.True(SpinWait.SpinUntil(() => emulator.StateProblem is not null, TimeSpan.FromSeconds(60)));
        Directory.CreateDirectory(Folder);
        Assert.True(SpinWait.SpinUntil(() => emulator.StateProblem is null && File.Exists(StatePath), TimeSpan.FromSeconds(60)));
        Assert.Contains("seeded", File.ReadAllText(StatePath));
    }

    [Fact]
    public void AnEmulatorIsStoppedWithoutItsStateWhenTheUserInsists()
    {
        Directory.CreateDirectory(Folder);
        using ModuleSession session = new();
        session.Unconnected().Good(
            "$emulator = Start-ApiGatewayEmulator -StatePath $args[0]; Connect-ApiGateway us-east-1 -EndpointUrl $emulator.Uri -AccessKey "
            + "a -SecretKey b; $null = New-ApiGatewayApiKey k", StatePath);
        Directory.Delete(Folder, recursive: true);
        session.Good("$null = New-ApiGatewayApiKey l; $emulator | Stop-ApiGatewayEmulator -Force");
        Assert.Equal("EmulatorNotFound", session.Run("$emulator | Stop-ApiGatewayEmulator").ErrorId);
    }

    [Fact]
    public void ASecondEmulatorOnAFileIsRefused()
    {
        Directory.CreateDirectory(Folder);
        using ModuleSession session = new();
        session.Unconnected().Good("$first = Start-ApiGatewayEmulator -StatePath $args[0]", StatePath);
        foreach (string same in new[] { StatePath, Path.Combine(Folder, "..", "state", "state.json") })
        {
            Outcome second = session.Run("Start-ApiGatewayEmulator -StatePath $args[0]", same);
            Assert.Equal(("StateFileInUse", System.Management.Automation.ErrorCategory.ResourceBusy),
                (second.ErrorId, second.Error.CategoryInfo.Category));
            Assert.Contains("in use by another emulator", second.Error.ToString());
        }

        session.Good("$first | Stop-ApiGatewayEmulator; $second = Start-ApiGatewayEmulator -StatePath $args[0]; $second | "
            + "Stop-ApiGatewayEmulator", StatePath);
    }

    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task AnEmulatorOfAnotherProcessHasTheFileUntilItIsKilled()
    {
        Directory.CreateDirectory(Folder);
        using System.Diagnostics.Process process =
            ConsoleRun.Start(["-Command",
                $"$e = Start-ApiGatewayEmulator -StatePath '{StatePath}'; 'started'; while ($true) {{ Start-Sleep 1 }}"]);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.True(Assert.Throws<StateFileException>(() => new ApiGatewayEmulator(statePath: StatePath)).IsInUse);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using ApiGatewayEmulator emulator = new(statePath: StatePath);
    }

    [Fact]
    public void APortThatIsTakenLetsGoOfTheFile()
    {
        Directory.CreateDirectory(Folder);
        using ModuleSession session = new();
        using EmulatorServer taken = new(new ApiGatewayEmulator());
        Assert.Equal("EmulatorNotStarted", session.Unconnected()
            .Run("Start-ApiGatewayEmulator -Port $args[0] -StatePath $args[1]", taken.Uri.Port, StatePath).ErrorId);
        session.Good("Start-ApiGatewayEmulator -StatePath $args[0] | Stop-ApiGatewayEmulator", StatePath);
    }

    [Theory]
    [InlineData("none/state.json", "There is no folder")]
    [InlineData(".", "It is a folder")]
    public void AFileThatCannotBeIsRefusedAtTheStart(string path, string says)
    {
        using ModuleSession session = new();
        Outcome outcome = session.Unconnected().Run("Start-ApiGatewayEmulator -StatePath $args[0]", Path.Combine(_root, path));
        Assert.Equal("InvalidStateFile", outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
    }

    [Fact]
    public void WhatAKilledProcessLeftUnfinishedIsRemoved()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(StatePath + ".new", "values");
        using ApiGatewayEmulator emulator = new(statePath: StatePath);
        Assert.False(File.Exists(StatePath + ".new"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
