using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What comes down the pipeline: rows of any kind make what they say, and what is neither text nor a row makes nothing.</summary>
public class RowTests : IDisposable
{
    private const string Class = "class Row { [string] $Name; [bool] $Enabled; [string] $Description = 'of a class' }\n";
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("@{ Name = 'h'; Enabled = $false; Tags = @{ env = 'prod' } } | New-ApiGatewayApiKey",
        "h False Managed by Terraform env=prod")]
    [InlineData("[ordered]@{ NAME = 'h'; enabled = 'false'; description = 'd'; tag = 'a=1, b=2' } | New-ApiGatewayApiKey",
        "h False d a=1, b=2")]
    [InlineData("@{ Name = 'h'; Enabled = ''; Description = ''; Tags = ''; Key = '' } | New-ApiGatewayApiKey", "h True  ")]
    [InlineData("[pscustomobject]@{ Name = 'h'; Enabled = ''; Description = ''; Tags = ''; UsagePlanIds = '' } | New-ApiGatewayApiKey",
        "h True  ")]
    [InlineData("@{ Name = 'h'; Tags = @{} } | New-ApiGatewayApiKey -Description x", "h True x ")]
    [InlineData("@{ Name = 'h'; Description = 'row' } | New-ApiGatewayApiKey -Description x", "h True x ")]
    [InlineData("1 | New-ApiGatewayApiKey -Name { \"n$_\" }", "n1 True Managed by Terraform ")]
    [InlineData(Class + "[Row]@{ Name = 'c' } | New-ApiGatewayApiKey", "c False of a class ")]
    public void ARowIsReadByItsColumns(string script, string expected)
    {
        ApiKeyInfo key = _session.One<ApiKeyInfo>(script);
        Assert.Equal(expected, $"{key.Name} {key.Enabled} {key.Description} {key.Tags}");
    }

    [Fact]
    public void AHashtableLeavesNothingForTheNextRecord()
    {
        IReadOnlyList<PSObject> keys = _session.Good("""
            @{ Name = 'a'; Enabled = $false; CustomerId = 'c'; Value = 'v' * 20; Tags = @{ t = '1' } }, @{ Name = 'b' }, 'c' |
                New-ApiGatewayApiKey
            """);
        Assert.Equal(["a False c t=1", "b True  ", "c True  "], keys.Select(item => (ApiKeyInfo)item.BaseObject)
            .Select(key => $"{key.Name} {key.Enabled} {key.CustomerId} {key.Tags}"));
    }

    [Fact]
    public void APlansRowMayBeAHashtable() =>
        Assert.Equal(("p", "d"), _session.One<UsagePlanInfo>("@{ name = 'p'; description = 'd' } | New-ApiGatewayUsagePlan")
            is var plan ? (plan.Name, plan.Description) : default);

    [Theory]
    [InlineData("[pscustomobject]@{ KeyName = 'k'; Email = 'x' } | {0}", "It has: KeyName, Email. If 'KeyName' is what is meant")]
    [InlineData("@{ Naem = 'k' } | {0}", "has no Name. It has: Naem")]
    [InlineData("[datetime]::Now | {0}", "A date is not a name")]
    [InlineData("5 | {0}", "A number is not a name")]
    [InlineData("$true | {0}", "A boolean is not a name")]
    [InlineData("[IO.FileInfo]::new('/tmp/x') | {0}", "FileInfo is not a name")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess() | {0}", "Process is not a name")]
    [InlineData("[pscustomobject]@{ Name = 5 } | {0}", "A number is not a name")]
    [InlineData("@{ Name = @{ a = 1 } } | {0}", "A hashtable is not a name")]
    [InlineData("{0} 2024", "A number is not a name")]
    [InlineData("{0} ([datetime]::Now)", "A date is not a name")]
    public void OnlyTextIsAName(string script, string says)
    {
        foreach (string command in new[] { "New-ApiGatewayApiKey", "New-ApiGatewayUsagePlan" })
        {
            Outcome outcome = _session.Run(script.Replace("{0}", command, StringComparison.Ordinal));
            Assert.Contains(says, outcome.Error.ToString());
            Assert.Empty(outcome.Output);
        }

        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("@{ Name = 'a'; Enabled = 'perhaps' } | New-ApiGatewayApiKey", "InvalidRow",
        "Enabled: 'perhaps' is neither true nor false")]
    [InlineData("@{ Name = 'a'; Tags = @{ n = 5 } } | New-ApiGatewayApiKey", "InvalidRow", "Tag: The value of tag 'n'")]
    [InlineData("@{ Name = 'a'; UsagePlanIds = 5 } | New-ApiGatewayApiKey", "InvalidId", "is not a usage plan")]
    public void AWrongEntryOfAHashtableIsNamed(string script, string errorId, string says)
    {
        Outcome outcome = _session.Run(script + "; 'next' | New-ApiGatewayApiKey");
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Single(outcome.Output);
    }

    [Theory]
    [InlineData("[datetime]::Now | {0}", "A date is not an API key")]
    [InlineData("5 | {0}", "A number is not an API key")]
    [InlineData("[IO.FileInfo]::new('/tmp/x') | {0}", "FileInfo is not an API key")]
    [InlineData("@{ Foo = 1; Bar = 2 } | {0}", "The hashtable has no Id. It has:")]
    [InlineData("[pscustomobject]@{ Name = 'x' } | {0}", "The object has no Id. It has: Name")]
    [InlineData("[pscustomobject]@{ Id = 5 } | {0}", "A number is not an id of an API key")]
    [InlineData("New-ApiGatewayUsagePlan p | {0}", "This is a usage plan, not an API key")]
    public void WhatIsNoKeyIsRefused(string script, string says)
    {
        foreach (string command in new[] { "Remove-ApiGatewayApiKey -Confirm:$false", "Set-ApiGatewayApiKey -Description x",
            "Get-ApiGatewayApiKey", "Import-ApiGatewayApiKey", "Invoke-ApiGatewayApiKeyRotation" })
        {
            Outcome outcome = _session.Run(script.Replace("{0}", command, StringComparison.Ordinal));
            Assert.Contains(says, outcome.Error.ToString());
            Assert.Equal("InvalidId", outcome.ErrorId);
            Assert.Empty(outcome.Output);
        }
    }

    [Theory]
    [InlineData("@{ Id = $args[0] } | Get-ApiGatewayApiKey")]
    [InlineData("@{ id = $args[0]; Email = 'x' } | Get-ApiGatewayApiKey")]
    [InlineData("[pscustomobject]@{ ApiKeyId = $args[0] } | Get-ApiGatewayApiKey")]
    [InlineData("Get-ApiGatewayApiKey -Id ([pscustomobject]@{ Id = $args[0] })")]
    [InlineData("@{ UsagePlanId = $plan; ApiKeyId = $args[0] } | ForEach-Object { [pscustomobject]$_ } | Set-ApiGatewayApiKey -Description "
        + "x -PassThru")]
    public void AnyObjectWithAnIdMeansItsKey(string script) =>
        Assert.Equal("k", _session.One<ApiKeyInfo>(script, _session.One<ApiKeyInfo>("New-ApiGatewayApiKey k").Id).Name);

    [Theory]
    [InlineData("@{ UsagePlanId = $plan.Id; Id = $key.Id } | Add-ApiGatewayUsagePlanKey")]
    [InlineData("[pscustomobject]@{ UsagePlanId = $plan.Id; ApiKeyId = $key.Id } | Add-ApiGatewayUsagePlanKey")]
    [InlineData("$key | Add-ApiGatewayUsagePlanKey -UsagePlanId $plan")]
    [InlineData("$plan | Add-ApiGatewayUsagePlanKey -Id $key")]
    public void KeysAndPlansOfOneRecordFindTheirParameters(string script)
    {
        _session.Good("$global:plan = New-ApiGatewayUsagePlan p; $global:key = New-ApiGatewayApiKey k");
        _session.Good(script);
        Assert.Equal("k", _session.One<UsagePlanKeyInfo>("$plan | Get-ApiGatewayUsagePlanKey").Name);
        Assert.Equal("p", _session.One<UsagePlanInfo>("$key | Get-ApiGatewayUsagePlan").Name);
    }

    [Fact]
    public void APropertyThatCannotBeReadIsToldAndNotThrown()
    {
        foreach (string command in new[] { "New-ApiGatewayApiKey", "New-ApiGatewayUsagePlan", "Get-ApiGatewayApiKey",
            "Compare-ApiGatewayApiKey", "Add-ApiGatewayUsagePlanKey -UsagePlanId p" })
        {
            Outcome outcome = _session.Run($"$args[0] | {command}", Broken());
            Assert.Contains("cannot be read", outcome.Error.ToString());
            Assert.DoesNotContain("Exception getting", outcome.Error.ToString());
            Assert.Empty(outcome.Output);
        }
    }

    [Theory]
    [InlineData("$h = @{ name = 'w'; tags = @{ a = '1' } }; $h.tags.self = $h.tags; Compare-ApiGatewayApiKey $h")]
    [InlineData("$h = @{ name = 'w' }; $h.a = $h; $h.b = $h; Compare-ApiGatewayApiKey $h")]
    [InlineData("$o = [pscustomobject]@{ name = 'w'; me = $null }; $o.me = $o; $o | Compare-ApiGatewayApiKey")]
    [InlineData("$l = [Collections.ArrayList]::new(); $null = $l.Add($l); Compare-ApiGatewayApiKey @{ keys = $l }")]
    [InlineData("$h = @{ Name = 'w' }; $h.Tags = @{}; $h.Tags.self = $h.Tags; $h | New-ApiGatewayApiKey")]
    [InlineData("$h = @{ a = '1' }; $h.self = $h; New-ApiGatewayApiKey k -Tag $h")]
    [InlineData("$l = [Collections.ArrayList]::new(); $null = $l.Add($l); Get-ApiGatewayApiKey -Id $l")]
    [InlineData("$l = [Collections.ArrayList]::new(); $null = $l.Add($l); New-ApiGatewayApiKey k -Tag $l")]
    [InlineData("$l = [Collections.ArrayList]::new(); $null = $l.Add($l); New-ApiGatewayApiKey k -UsagePlanId $l")]
    [InlineData("$h = @{ ApiId = 'a'; Stage = 's' }; $h.Throttle = $h; New-ApiGatewayUsagePlan k -ApiStage $h")]
    public void WhatHoldsItselfIsRefused(string script)
    {
        Outcome outcome = _session.Run(script);
        Assert.Empty(outcome.Output);
        Assert.NotEmpty(outcome.Error.ToString());
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("PositiveInfinity")]
    [InlineData("NegativeInfinity")]
    public void WhatIsNoNumberIsRefusedOfEveryParameter(string number)
    {
        foreach (PSObject item in _session.Good("Get-Command -Module ApiKey"))
        {
            CommandInfo command = (CommandInfo)item.BaseObject;
            foreach (ParameterMetadata parameter in command.Parameters.Values.Where(parameter => parameter.ParameterType == typeof(double?)
                || parameter.ParameterType == typeof(int?)))
            {
                string others = command.Name
                    switch
                {
                    "New-ApiGatewayUsagePlan" => "p",
                    "Set-ApiGatewayApiKeyUsage" => "p k",
                    "Connect-ApiGateway"
                        or "Start-ApiGatewayEmulator" => "",
                    "Sync-ApiGatewayApiKey" => "@{ name = 'a' }",
                    _ => "a"
                };
                Outcome outcome = _session.Run($"{command.Name} {others} -{parameter.Name} ([double]::{number})");
                Assert.Contains(outcome.ErrorId,
                    new[] { "ParameterArgumentValidationError", "CannotConvertArgumentNoMessage", "ParameterArgumentTransformationError",
                        "InvalidUsagePlan" });
            }
        }

        Outcome plan = _session.Run(
            $"New-ApiGatewayUsagePlan p -ApiStage @{{ ApiId = 'a'; Stage = 's'; Throttle = @{{ '/x/GET' = @{{ RateLimit = "
            + $"[double]::{number}; BurstLimit = 1 }} }} }}");
        Assert.NotEmpty(plan.Error.ToString());
        Assert.NotEmpty(_session.Run($"Connect-ApiGateway -Emulator -Fault @{{ Kind = 'Html'; Probability = [double]::{number} }}")
            .Error.ToString());
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    public void Dispose() => _session.Dispose();

    private static PSObject Broken()
    {
        PSObject broken = new();
        broken.Properties.Add(new PSScriptProperty("Name", ScriptBlock.Create("throw 'no name today'")));
        broken.Properties.Add(new PSScriptProperty("Id", ScriptBlock.Create("throw 'no id today'")));
        return broken;
    }
}
