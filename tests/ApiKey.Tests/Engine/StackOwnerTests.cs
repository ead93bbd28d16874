using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What a CloudFormation stack owns is marked, and whoever touches it is warned of drift.</summary>
public class StackOwnerTests
{
    private static readonly Dictionary<string, string> Owned = new() { ["aws:cloudformation:stack-name"] = "keys-prod", ["env"] = "prod" };

    [Fact]
    public void AKeySaysWhichStackOwnsIt()
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "owned", Tags = Owned });
        session.Good("New-ApiGatewayApiKey free");
        ApiKeyInfo key = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id);
        Assert.Equal(("keys-prod", "env=prod"), (key.StackName, key.TagsAll.ToString()));
        Assert.Null(session.One<ApiKeyInfo>("Get-ApiGatewayApiKey free").StackName);
        Assert.Contains("StackName : keys-prod", session.Screen($"Get-ApiGatewayApiKey -Id {id}")
            .Replace("  ", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));

        // A key of a job has it, too.
        Assert.Equal("keys-prod", session.Good(
            "$text = [Management.Automation.PSSerializer]::Serialize((Get-ApiGatewayApiKey owned)); "
                + "[Management.Automation.PSSerializer]::Deserialize($text)")
            [0].Properties["StackName"].Value);
    }

    [Theory]
    [InlineData("@{ name = 'owned'; enabled = $false; tags = @{ env = 'test' } } | Sync-ApiGatewayApiKey | ForEach-Object Key")]
    [InlineData("@{ name = 'owned'; description = 'd'; tags = @{ env = 'test' } } | Sync-ApiGatewayApiKey | ForEach-Object Key")]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description x -AddTag @{ env = 'test' } -PassThru")]
    [InlineData("Get-ApiGatewayApiKey owned | Set-ApiGatewayApiKey -AddTag @{ env = 'test' } -PassThru")]
    public void AKeyThatWasChangedStillSaysIt(string script)
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "owned", Description = "d", Tags = Owned });
        session.Good("$WarningPreference = 'Ignore'");
        ApiKeyInfo changed = session.One<ApiKeyInfo>(script, id);
        Assert.Equal(("keys-prod", "env=test"), (changed.StackName, changed.TagsAll.ToString()));
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey owned | Set-ApiGatewayApiKey -Description x")]
    [InlineData("Get-ApiGatewayApiKey owned | Set-ApiGatewayApiKey -AddTag @{ a = '1' }")]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description x")]
    [InlineData("Get-ApiGatewayApiKey owned | Remove-ApiGatewayApiKey -Confirm:$false")]
    [InlineData("Get-ApiGatewayApiKey owned | Remove-ApiGatewayApiKey -WhatIf")]
    [InlineData("Get-ApiGatewayApiKey owned | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Force")]
    [InlineData("Invoke-ApiGatewayApiKeyRotation $args[0]")]
    [InlineData("Sync-ApiGatewayApiKey @{ name = 'owned'; enabled = $false }")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'owned'; enabled = $false }")]
    [InlineData("Sync-ApiGatewayApiKey @{ name = 'other' } -Prune -PruneTag @{ env = 'prod' } -Force")]
    public void WhoeverTouchesItIsWarnedOnce(string script)
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "owned", Tags = Owned });
        Outcome outcome = session.Run(script, id);
        Assert.Empty(outcome.ErrorTexts);
        string warning = Assert.Single(outcome.Warnings, text => text.Contains("CloudFormation stack", StringComparison.Ordinal));
        Assert.Contains("'keys-prod'", warning);
        Assert.Contains("drift", warning);
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey free | Set-ApiGatewayApiKey -Description x")]
    [InlineData("Get-ApiGatewayApiKey free | Remove-ApiGatewayApiKey -Confirm:$false")]
    [InlineData("Sync-ApiGatewayApiKey @{ name = 'owned'; description = 'd'; tags = @{ env = 'prod' } }, @{ name = 'new' }")]
    public void WhatNobodyTouchesIsNoWarning(string script)
    {
        using ModuleSession session = new();
        session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "owned", Description = "d", Tags = Owned });
        session.Good("$null = New-ApiGatewayApiKey free");
        session.Good(script);
    }
}
