using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A runbook that works on all keys does nothing when it does not know all keys.</summary>
[Trait(Category.Name, Category.Foreign)]
public class IncompleteListingTests
{
    [Fact]
    public async Task TheNightlyRotationDoesNothingWithAPartOfTheKeys()
    {
        using ApiGatewayEmulator emulator = new(faults:
            [new EmulatorFault { Kind = EmulatorFaultKind.AccessDenied, Operation = "GetApiKeys", Skip = 1 }]);
        for (int number = 0; number < 501; number++)
        {
            emulator.Seed(new SeedKey
            {
                Region = "us-east-1",
                Name = $"old {number}",
                CreatedDate = DateTimeOffset.UtcNow.AddDays(-40),
                Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["rotation"] = "nightly" },
            });
        }

        using EmulatorServer server = new(emulator);
        ToolRun run = await PowerShellHost.RunInTurn(server.Uri,
            $"& '{Repository.PathOf("examples", "Invoke-NightlyRotation.ps1")}' -NoDelivery");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Not all keys could be listed", run.Error + run.Output);
        Assert.Equal(0, emulator.CountOf("CreateApiKey"));
    }
}
