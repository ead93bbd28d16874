using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Whose key is this? By value, as text or SecureString, several in one listing.</summary>
public class HolderTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public HolderTests()
    {
        _session.Good("""
            function secure($text) { $s = [securestring]::new(); $text.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }
            $null = New-ApiGatewayApiKey a -Value SecretValueOfKeyA0000001
            $null = New-ApiGatewayApiKey b -Value SecretValueOfKeyB0000001
            $null = New-ApiGatewayApiKey c -Value secretvalueofkeya0000001
            """);
    }

    [Theory]
    [InlineData("'SecretValueOfKeyA0000001'", "a")]
    [InlineData("(secure SecretValueOfKeyA0000001)", "a")]
    [InlineData("(secure SecretValueOfKeyA0000001), (secure SecretValueOfKeyB0000001)", "b a")]
    [InlineData("'SecretValueOfKeyA0000001', (secure secretvalueofkeya0000001)", "c a")]
    [InlineData("([securestring[]]((secure SecretValueOfKeyA0000001), (secure SecretValueOfKeyB0000001)))", "b a")]
    public void ValuesAreFoundInOneListingWithUpperAndLowerCaseToldApart(string values, string names)
    {
        long before = _session.Emulator.RequestCount;
        ApiKeyInfo[] keys = [.. _session.Good($"Get-ApiGatewayApiKey -Value {values}").Select(key => (ApiKeyInfo)key.BaseObject)];
        Assert.Equal(names, string.Join(' ', keys.Select(key => key.Name)));
        Assert.All(keys, key => Assert.Null(key.Value));
        Assert.Equal(1, _session.Emulator.RequestCount - before);
    }

    [Fact]
    public void AValueThatNobodyHoldsIsToldWithoutIt()
    {
        Outcome outcome = _session.Run("Get-ApiGatewayApiKey -Value SECRETVALUEOFKEYA0000001, SecretValueOfKeyB0000001");
        Assert.Equal("b", ((ApiKeyInfo)Assert.Single(outcome.Output).BaseObject).Name);
        Assert.Equal("ApiKeyNotFound", outcome.ErrorId);
        Assert.Contains("1 of the 2 values", outcome.Error.ToString());
        Assert.DoesNotContain("SECRETVALUE", outcome.Error.ToString());
    }

    public void Dispose() => _session.Dispose();
}
