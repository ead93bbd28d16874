namespace ApiKey.Tests.Engine;

/// <summary>A function that PowerShell makes of a command (a proxy, a mock of Pester, implicit remoting) has the types of its parameters
/// but not their transformations, and accepts what people give the command all the same.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ProxyTests() => _session.Good("""
        foreach ($command in Get-Command -Module ApiKey -CommandType Cmdlet) {
            $text = [System.Management.Automation.ProxyCommand]::Create($command)
            . ([scriptblock]::Create("function global:$($command.Name) { $text }"))
        }
        $null = New-ApiGatewayApiKey a -Tag @{ env = 'prod'; team = 'pay' }
        $null = New-ApiGatewayUsagePlan gold
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("(New-ApiGatewayApiKey b -Tag @{ env = 'test' }).Tags", "env=test")]
    [InlineData("(New-ApiGatewayApiKey b -Tag ([ordered]@{ env = 'test' })).Tags", "env=test")]
    [InlineData("(New-ApiGatewayApiKey b -Tag 'env=test, team=pay').Tags", "env=test, team=pay")]
    [InlineData("(New-ApiGatewayApiKey b -Tag @{ a = '1' }, @{ b = '2' }).Tags", "a=1, b=2")]
    [InlineData("(New-ApiGatewayApiKey b -Tag ([pscustomobject]@{ env = 'test' })).Tags", "env=test")]
    [InlineData("(New-ApiGatewayApiKey b -Tag (Get-ApiGatewayApiKey a).Tags).Tags", "env=prod, team=pay")]
    [InlineData("(New-ApiGatewayApiKey b -Tag @{ Key = 'env'; Value = 'test' }).Tags", "env=test")]
    [InlineData("([pscustomobject]@{ Name = 'b'; Tags = 'env=test' } | New-ApiGatewayApiKey).Tags", "env=test")]
    [InlineData("(Get-ApiGatewayApiKey a | Set-ApiGatewayApiKey -Tag @{} -PassThru).Tags.Count", "0")]
    [InlineData("(Get-ApiGatewayApiKey a | Set-ApiGatewayApiKey -AddTag @{ x = 'y' } -PassThru).Tags", "env=prod, team=pay, x=y")]
    [InlineData("(Get-ApiGatewayApiKey -Tag @{ env = 'pr*' }).Name", "a")]
    [InlineData("(Connect-ApiGateway -Emulator -Region eu-west-1 -DefaultTag @{ a = 'b' } -PassThru).DefaultTags", "a=b")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage a1b2c3d4e5:prod, @{ ApiId = 'f6'; Stage = 'dev' } -WhatIf; 'fine'", "fine")]
    [InlineData("(New-ApiGatewayApiKey b -UsagePlanId gold | Get-ApiGatewayUsagePlan).Name", "gold")]
    public void AProxyAcceptsWhatTheCommandAccepts(string line, string shown)
        => Assert.Equal(shown, _session.One<string>($"\"$({line})\""));

    [Theory]
    [InlineData("New-ApiGatewayApiKey b -Tag @{ env = $unset }", "The tag 'env' has the value $null")]
    [InlineData("New-ApiGatewayApiKey b -Tag 5", "Tags cannot be read from")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage nonsense", "'nonsense' is not a stage")]
    public void AProxyRefusesWithTheSameRemedy(string line, string part)
        => Assert.Contains(part, Problem(line), StringComparison.Ordinal);

    [Theory]
    [InlineData("'rubbish'")]
    [InlineData("@{ env = 1 }")]
    [InlineData("$null")]
    public void NoKeyIsMadeOfWhatIsNoTags(string tags)
    {
        _session.Run($"New-ApiGatewayApiKey b -Tag {tags}");
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey | Where-Object Name -eq b"));
    }

    private string Problem(string line) =>
        _session.One<string>($"try {{ {line} -ErrorAction Stop; 'nothing' }} catch {{ $_.Exception.Message }}");
}
