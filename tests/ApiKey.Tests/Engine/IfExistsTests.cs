using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>What -IfExists and -IfNotExists pass over is no error and no output, and -Verbose says what it was.</summary>
public sealed class IfExistsTests : IDisposable
{
    private const string Looking = "List the keys with Get-ApiGatewayApiKey; a key of another region needs -Region.";

    private readonly ModuleSession _session = new();

    [Fact]
    public void EveryCommandWithSuchASwitchIsHere() => Assert.Equal(
        ["Add-ApiGatewayUsagePlanKey", "Remove-ApiGatewayApiKey", "Remove-ApiGatewayUsagePlan", "Remove-ApiGatewayUsagePlanKey"],
        _session.Good("Get-Command -Module ApiKey").Select(command => (CmdletInfo)command.BaseObject)
            .Where(command => command.ImplementingType.GetProperty("IfExists") is not null
                || command.ImplementingType.GetProperty("IfNotExists") is not null)
            .Select(command => command.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Remove-ApiGatewayApiKey gone -IfExists", "Removing API key 'gone': it is not there, which -IfExists treats as success. "
        + "Invalid API Key identifier specified. Keys are addressed by id; for a name, use Get-ApiGatewayApiKey 'gone' | "
        + "Remove-ApiGatewayApiKey -IfExists -Confirm:$false. " + Looking)]
    [InlineData("Remove-ApiGatewayApiKey gone -IfExists -PassThru", "Removing API key 'gone': it is not there, which -IfExists treats as "
        + "success. ")]
    [InlineData("Remove-ApiGatewayUsagePlan a1b2c3 -IfExists", "Removing usage plan 'a1b2c3': it is not there, which -IfExists treats as "
        + "success. There is no usage plan 'a1b2c3' in eu-central-1, neither with that id nor with that name.")]
    [InlineData("Remove-ApiGatewayUsagePlan 'No such' -IfExists", "Removing usage plan 'No such': it is not there, which -IfExists treats "
        + "as success. There is no usage plan 'No such' in eu-central-1")]
    [InlineData("Remove-ApiGatewayUsagePlanKey gold $key.Id -IfExists",
        "Removing API key '{key}' from usage plan 'gold': it is not there, which -IfExists treats as success. API key '{key}' is not in ")]
    [InlineData("Add-ApiGatewayUsagePlanKey gold $member.Id -IfNotExists",
        "Adding API key '{member}' to usage plan 'gold': it is there already, which -IfNotExists treats as success.")]
    public void WhatIsPassedOverIsAVerboseLine(string command, string line)
    {
        string[] ids = [.. _session.Good("$gold = New-ApiGatewayUsagePlan gold; $key = New-ApiGatewayApiKey a; "
            + "$member = New-ApiGatewayApiKey b -UsagePlanId $gold; $key.Id; $member.Id").Select(id => id.ToString())];
        Outcome outcome = _session.Run($"{command} -Confirm:$false -Verbose");
        Assert.Empty(outcome.ErrorTexts);
        Assert.Empty(outcome.Output);
        Assert.Single(outcome.Chatter, text => text.StartsWith(
            line.Replace("{key}", ids[0], StringComparison.Ordinal).Replace("{member}", ids[1], StringComparison.Ordinal),
            StringComparison.Ordinal));
        Assert.DoesNotContain(_session.Run($"{command} -Confirm:$false").Chatter, text => text.Contains("success",
            StringComparison.Ordinal));
    }

    [Fact]
    public void WhatMayBeAValueIsNotRepeated() => Assert.DoesNotContain(
        _session.Run("Remove-ApiGatewayApiKey 'ThisMayBeAValue0123456789' -IfExists -Confirm:$false -Verbose").Chatter,
        text => text.Contains("ThisMayBeAValue0123456789", StringComparison.Ordinal));

    public void Dispose() => _session.Dispose();
}
