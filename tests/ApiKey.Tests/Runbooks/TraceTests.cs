using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A secret given as SecureString is in no trace of PowerShell's, whatever is traced, and neither is what a file says.</summary>
[Trait(Category.Name, Category.Foreign)]
public class TraceTests
{
    private const string Secret = "TheSecretValue1234567890";

    [Fact]
    public async Task NoTraceHoldsASecureString()
    {
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        ToolRun run = await PowerShellHost.Run(new Uri("http://127.0.0.1:9"), $$"""
            $text = @('TheSecret', 'Value1234567890') -join ''
            $secret = ConvertTo-SecureString $text -AsPlainText -Force
            Connect-ApiGateway -Emulator -Region eu-central-1
            Trace-Command -Name * -Option All -FilePath '{{file}}' -Force -Expression {
                New-ApiGatewayApiKey a -Value $secret
                [pscustomobject]@{ Name = 'a'; Value = $secret } | New-ApiGatewayApiKey
                @{ Name = 'a'; Value = $secret } | New-ApiGatewayApiKey
                Get-ApiGatewayApiKey -Value $secret, $secret
                Set-ApiGatewayApiKey x -Value $secret
                Invoke-ApiGatewayApiKeyRotation x -Value $secret
                Compare-ApiGatewayApiKey @{ name = 'a'; value = $secret }
                Connect-ApiGateway -Region eu-west-1 -AccessKey a -SecretKey $secret -SessionToken $secret
                Connect-ApiGateway -Region eu-west-1 -Credential ([pscredential]::new('a', $secret))
            } *> $null
            """);
        string trace = File.ReadAllText(file);
        File.Delete(file);
        Assert.Contains("parameter [Value]", trace, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("parameter [SecretKey]", trace, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, trace, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }
}
