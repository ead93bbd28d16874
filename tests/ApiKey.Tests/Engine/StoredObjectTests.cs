using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Keys and plans that come back from a file or a job are keys and plans: they show, bind, and go back to their region.</summary>
public sealed class StoredObjectTests : IDisposable
{
    private readonly ModuleSession _session = Stored.Prepare(
        """
        $global:plan = New-ApiGatewayUsagePlan gold -RateLimit 2.5 -BurstLimit 5 -QuotaLimit 9 -QuotaPeriod Week `
            -ApiStage api:dev -Tag @{ env = 'prod' } -Region eu-west-1
        $global:key = New-ApiGatewayApiKey a -Description d -Tag @{ env = 'prod' } -Region eu-west-1
        $Error.Clear()
        """);

    [Theory]
    [InlineData("$key")]
    [InlineData("$plan")]
    [InlineData("Get-ApiGatewayApiKey -Region eu-west-1")]
    public void WhatComesBackIsTheSame(string script)
    {
        string before = _session.Good($"{script} | ConvertTo-Json -Depth 4")[0].ToString();
        Assert.Equal(before, _session.Good($"{script} | Store | ConvertTo-Json -Depth 4")[0].ToString());
        Assert.Equal(_session.Screen($"{script} | Format-List"), _session.Screen($"{script} | Store | Format-List"));
        Assert.Equal(_session.Screen($"{script} | Format-Table"), _session.Screen($"{script} | Store | Format-Table"));
        Assert.Equal("0", _session.Good("$Error.Count")[0].ToString());
    }

    [Fact]
    public void EveryViewReadsWhatComesBack()
    {
        _session.Good("$null = Add-ApiGatewayUsagePlanKey $plan -Id $key.Id -Region eu-west-1");
        foreach (string script in new[] { "Get-ApiGatewayUsagePlanKey $plan", "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan",
            "Compare-ApiGatewayApiKey @{ name = 'a'; description = 'x' } -Region eu-west-1", "Get-ApiGatewayConnection",
                "$key | Invoke-ApiGatewayApiKeyRotation | ForEach-Object New" })
        {
            Assert.NotEqual("", _session.Screen($"{script} | Store"));
            Assert.DoesNotContain("System.", _session.Screen($"{script} | Store | Format-List"));
            Assert.Equal("0", _session.Good("$Error.Count")[0].ToString());
        }
    }

    [Fact]
    public void AKeyGoesBackToItsRegion()
    {
        Assert.Equal("e", _session.One<ApiKeyInfo>("$key | Store | Set-ApiGatewayApiKey -Description e -PassThru").Description);
        _session.Good("$null = $key | Store | Add-ApiGatewayUsagePlanKey ($plan | Store)");
        Assert.Equal("a", Assert.Single(_session.Good("$plan | Store | Get-ApiGatewayUsagePlanKey | ForEach-Object Name")).ToString());
        _session.Good("$key | Store | Remove-ApiGatewayUsagePlanKey $plan -Confirm:$false; $key | Store | Remove-ApiGatewayApiKey "
            + "-Confirm:$false");
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey -Region eu-west-1"));

        // What is said beats where it came from.
        Assert.Equal("ApiKeyNotFound", _session.Run("$key | Store | Set-ApiGatewayApiKey -Description e -Region eu-central-1").ErrorId);
    }

    [Fact]
    public void ACopyKeepsItsValue() => Assert.Equal(
        _session.Good("$key.Value")[0].ToString(),
        _session.Good("($key | Store | New-ApiGatewayApiKey -Region us-east-1).Value")[0].ToString());

    public void Dispose()
    {
        _session.Run("Disconnect-ApiGateway");
        _session.Dispose();
    }
}
