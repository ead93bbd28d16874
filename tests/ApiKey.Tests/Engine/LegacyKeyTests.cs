using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>The id of a key from before 2016 is its value: no message has it, and the way out that is offered works without it.</summary>
public sealed class LegacyKeyTests : IDisposable
{
    private const string Value = "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0";

    private readonly ModuleSession _session = new();

    public LegacyKeyTests()
        => _session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Id = Value, Name = "legacy", Value = Value, Enabled = true });

    [Fact]
    public void TheCommandThatIsOfferedWorks()
    {
        string error = _session.Run("New-ApiGatewayApiKey other -Value $args[0]", Value).Error.ToString();
        Assert.Contains("API key 'legacy (40 letters and digits)'", error);
        Assert.Contains("Get-ApiGatewayApiKey -Name 'legacy' | Set-ApiGatewayApiKey.", error);
        Assert.DoesNotContain(Value, error);
        _session.Good("Get-ApiGatewayApiKey -Name 'legacy' | Set-ApiGatewayApiKey -Description d");
    }

    [Fact]
    public void AKeyOfTodayIsOfferedByItsId()
    {
        string id = _session.Good("(New-ApiGatewayApiKey today -Value TodayTodayToday12345).Id")[0].ToString();
        Assert.Contains($"Set-ApiGatewayApiKey -Id {id}.", _session.Run("New-ApiGatewayApiKey other -Value TodayTodayToday12345")
            .Error.ToString());
    }

    public void Dispose() => _session.Dispose();
}
