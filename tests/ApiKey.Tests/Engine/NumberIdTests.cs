using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>An id of digits, or of digits and a letter that PowerShell counts with, can be typed as a message shows it.</summary>
public sealed class NumberIdTests
{
    [Theory]
    [InlineData("1234567890", "'1234567890'")]
    [InlineData("123456789d", "'123456789d'")]
    [InlineData("12345678kb", "'12345678kb'")]
    [InlineData("123456789a", "123456789a")]
    public void TheRemedyOfAKeyWithSuchAnIdWorksAsTyped(string id, string typed)
    {
        using ModuleSession session = new();
        session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Id = id, Name = "a", Enabled = false });
        string remedy = session.Good("($args[0] | Test-ApiGatewayApiKey).Remedy", id)[0].ToString();
        Assert.StartsWith($"Set-ApiGatewayApiKey {typed} -Enabled $true", remedy, StringComparison.Ordinal);
        session.Good(remedy);
        Assert.True(session.One<bool>("(Get-ApiGatewayApiKey -Id $args[0]).Enabled", id));
    }

    [Fact]
    public void TheExampleOfAMissingParameterKeepsItsText()
    {
        using ModuleSession session = new();
        Assert.Contains("-Id '1234567890'", session.Run("Set-ApiGatewayApiKeyUsage -Id '1234567890' -Remaining 5").Error.ToString(),
            StringComparison.Ordinal);
    }
}
