namespace ApiKey.Tests.Engine;

/// <summary>An error that ends a command ends that command, not the script around it.</summary>
public sealed class ScriptGoesOnTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -ProfileName nobody")]
    [InlineData("Get-ApiGatewayApiKey -Region eu-west-1, eu-west-2 -ProfileName nobody")]
    [InlineData("New-ApiGatewayApiKey a -ProfileName nobody")]
    [InlineData("'a1', 'a2' | Set-ApiGatewayApiKey -Enabled $false -ProfileName nobody")]
    [InlineData("Remove-ApiGatewayApiKey a1 -ProfileName nobody -Confirm:$false")]
    [InlineData("Export-ApiGatewayApiKey -Path x.json -ProfileName nobody")]
    [InlineData("Export-ApiGatewayApiKey -Path /nowhere/x.json")]
    [InlineData("Import-ApiGatewayApiKey -Path /nowhere/x.csv")]
    [InlineData("Sync-ApiGatewayApiKey @{ name = 'a' } -ProfileName nobody")]
    [InlineData("Compare-ApiGatewayApiKey /nowhere/x.json")]
    [InlineData("Get-ApiGatewayUsagePlan -ProfileName nobody")]
    [InlineData("Get-ApiGatewayApiKeyUsage a1 -ProfileName nobody")]
    [InlineData("Test-ApiGatewayApiKey a1 -ProfileName nobody")]
    [InlineData("Find-ApiGatewayApiKeyLeak . -ProfileName nobody")]
    [InlineData("Find-ApiGatewayApiKeyLeak . -SarifPath /nowhere/x.sarif")]
    [InlineData("Connect-ApiGateway -Region 'not a region'")]
    public void WhatFollowsIsRun(string command)
    {
        if (command.Contains("nobody", StringComparison.Ordinal))
        {
            _session.Unconnected();
        }

        Outcome outcome = _session.Run($"{command}; 'goes on'");
        Assert.NotEmpty(outcome.Errors);
        Assert.Null(outcome.Thrown);
        Assert.Equal("goes on", Assert.Single(outcome.Output).ToString());
    }

    public void Dispose() => _session.Dispose();
}
