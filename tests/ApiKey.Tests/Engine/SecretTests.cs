using System.Management.Automation;
using System.Net;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>Key values and credentials appear in no stream, view, text, exception or -WhatIf line: only in the property that was asked
/// for.</summary>
public class SecretTests
{
    private const string KeyValue = "SecretKeyValue0123456789";
    private const string OtherValue = "OtherSecretValue01234567";
    private const string SecretKey = "TheSecretAccessKeyOfTheCaller";
    private const string SessionToken = "TheSessionTokenOfTheCaller";

    private static readonly string[] Secrets = [KeyValue, OtherValue, SecretKey, SessionToken];

    /// <summary>Every command, with right and wrong input.</summary>
    public static TheoryData<string> Commands =>
    [
        $"New-ApiGatewayApiKey a -Value {OtherValue}",
        $"New-ApiGatewayApiKey a -Value {OtherValue} -WhatIf",
        $"New-ApiGatewayApiKey a -Value {KeyValue}",
        $"New-ApiGatewayApiKey a -Value {KeyValue}-not-alphanumeric",
        $"New-ApiGatewayApiKey a -Value ('{KeyValue}' * 9)",
        $"New-ApiGatewayApiKey a -Value ('{KeyValue}' * 9) -SkipValueCheck",
        $"New-ApiGatewayApiKey a -Value {OtherValue} -Tag @{{ a = 5 }}",
        $"[pscustomobject]@{{ Name = 'a'; Value = '{OtherValue}'; Enabled = 'x' }} | New-ApiGatewayApiKey",
        $"Get-ApiGatewayApiKey -Value {KeyValue}, {OtherValue}",
        "Get-ApiGatewayApiKey -IncludeValue",
        "Get-ApiGatewayApiKey -IncludeValue -Region eu-central-1, eu-west-1",
        $"Get-ApiGatewayApiKey -Value {KeyValue}, {OtherValue} -Region eu-central-1, eu-west-1",
        "Get-ApiGatewayApiKey -Id $id -IncludeValue",
        "Get-ApiGatewayApiKey -Id gone -IncludeValue",
        "Import-ApiGatewayApiKey $id",
        "Import-ApiGatewayApiKey $id | Set-ApiGatewayApiKey -Description x -PassThru",
        $"Set-ApiGatewayApiKey $id -Value {OtherValue}",
        "Set-ApiGatewayApiKey $id -Description x -WhatIf",
        "Import-ApiGatewayApiKey $id | Remove-ApiGatewayApiKey -WhatIf",
        "Import-ApiGatewayApiKey $id | Remove-ApiGatewayApiKey -PassThru",
        $"New-ApiGatewayApiKey a -Value {OtherValue} -UsagePlanId $plan, gone",
        "Import-ApiGatewayApiKey $id | ForEach-Object GetUsagePlans",
        "Import-ApiGatewayApiKey $id | Add-ApiGatewayUsagePlanKey $plan",
        "Import-ApiGatewayApiKey $id | Add-ApiGatewayUsagePlanKey $plan -IfNotExists -PassThru",
        $"Test-ApiGatewayApiKey -Value {KeyValue} -ApiId a1b2c3d4e5 -Stage prod",
        $"Test-ApiGatewayApiKey -Value {OtherValue}",
        $"Test-ApiGatewayApiKey {OtherValue} -ApiId {OtherValue} -Stage {OtherValue} -Verbose",
        "Set-ApiGatewayUsagePlan $plan -Description x -PassThru",
        "Get-ApiGatewayUsagePlan | Get-ApiGatewayUsagePlanKey",
        "Get-ApiGatewayUsagePlanKey $plan -Id $id",
        "Import-ApiGatewayApiKey $id | Remove-ApiGatewayUsagePlanKey $plan",
        "Import-ApiGatewayApiKey $id | Get-ApiGatewayApiKeyUsage",
        "Import-ApiGatewayApiKey $id | Set-ApiGatewayApiKeyUsage $plan -Remaining 5 -PassThru",
        $"Import-ApiGatewayApiKey $id | Invoke-ApiGatewayApiKeyRotation -Value {OtherValue}",
        $"Import-ApiGatewayApiKey $id | Invoke-ApiGatewayApiKeyRotation -Value {OtherValue} -WhatIf",
        $"Import-ApiGatewayApiKey $id | Invoke-ApiGatewayApiKeyRotation -Value {KeyValue}",
        $"$id | Invoke-ApiGatewayApiKeyRotation -Value {KeyValue}-not-alphanumeric",
        $"$id | Invoke-ApiGatewayApiKeyRotation -Value {OtherValue} | ForEach-Object {{ $_; $_.New; $_.Old }}",
        $"$null = $id | Invoke-ApiGatewayApiKeyRotation -Value {OtherValue}; $id | Invoke-ApiGatewayApiKeyRotation -Value {KeyValue}",
        $"Compare-ApiGatewayApiKey @{{ name = 'new'; value = '{OtherValue}' }}, @{{ name = 'holder'; value = '{OtherValue}x' }}",
        $"Compare-ApiGatewayApiKey @{{ name = 'holder'; value = '{KeyValue}'; description = 'x' }} -IncludeUnchanged",
        $"Compare-ApiGatewayApiKey @{{ name = 'a'; value = '{KeyValue}' }}",
        $"Compare-ApiGatewayApiKey @{{ name = 'a'; value = '{OtherValue}-' }}, @{{ name = 'b'; value = '{OtherValue}'; x = 1 }}, @{{ name "
        + $"= 'c'; value = '{OtherValue}' }}",
        $"Sync-ApiGatewayApiKey @{{ id = $id; name = 'holder'; value = '{OtherValue}' }}",
        $"Sync-ApiGatewayApiKey @{{ name = 'new'; value = '{OtherValue}' }}",
        $"Sync-ApiGatewayApiKey @{{ name = 'holder'; value = '{OtherValue}' }}",
        $"Sync-ApiGatewayApiKey @{{ name = 'holder'; value = '{OtherValue}' }} -AllowReplace -WhatIf",
        $"Sync-ApiGatewayApiKey @{{ name = 'holder'; value = '{OtherValue}' }} -AllowReplace",
        $"'a {KeyValue} b' | Find-ApiGatewayApiKeyLeak",
        $"Find-ApiGatewayApiKeyLeak -Text '{KeyValue}' -Name holder, gone -Encoded | Format-List *",
        $"Find-ApiGatewayApiKeyLeak -LiteralPath /nowhere/{KeyValue} -Verbose",
        "Get-ApiGatewayConnection",
        "Get-ApiGatewayConnection | ForEach-Object Connection",
        $"Connect-ApiGateway -AccessKey AKIDEXAMPLE -SecretKey {SecretKey} -SessionToken {SessionToken} -PassThru",
        $"Connect-ApiGateway -AccessKey AKIDEXAMPLE -SecretKey {SecretKey} -SessionToken {SessionToken} -ProfileName p",
        $"Connect-ApiGateway -SecretKey {SecretKey}",
        $"Connect-ApiGateway -Credential ([pscustomobject]@{{ AccessKeyId = 'AKIDEXAMPLE'; SecretAccessKey = '{SecretKey}'; SessionToken = "
        + $"'{SessionToken}' }}) -PassThru",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void NothingThatComesOutShowsASecret(string command)
    {
        using ModuleSession session = Prepare(wrap: null);
        AssertNoSecret(session, command);
    }

    [Theory]
    [InlineData(200, "<html>{0}</html>")]
    [InlineData(200, "{{\"id\":\"k\",\"value\":\"{0}\"")]
    [InlineData(200, "{{\"id\":5,\"value\":\"{0}\"}}")]
    [InlineData(201, "{{\"id\":[],\"value\":\"{0}\"}}")]
    [InlineData(500, "<html>{0}</html>")]
    [InlineData(400, "{{\"msg\":\"{0}\"")]
    public void AnAnswerThatCannotBeReadIsNotRepeated(int status, string body)
    {
        string answer = string.Format(System.Globalization.CultureInfo.InvariantCulture, body, KeyValue);
        using ModuleSession session = new(StubHandler.Always((HttpStatusCode)status, answer),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        AssertNoSecret(session, "Get-ApiGatewayApiKey -Id k -IncludeValue");
        AssertNoSecret(session, "New-ApiGatewayApiKey a");
        AssertNoSecret(session, "Get-ApiGatewayApiKey -IncludeValue");
    }

    [Fact]
    public void TheValueIsThereForThoseWhoAsk()
    {
        using ModuleSession session = Prepare(wrap: null);
        Assert.Equal(KeyValue, session.One<ApiKeyInfo>("Import-ApiGatewayApiKey $id").Value);
    }

    private static ModuleSession Prepare(Func<HttpMessageHandler, HttpMessageHandler>? wrap)
    {
        ModuleSession session = new(wrap, new ApiGatewayConnection
        {
            Region = "eu-central-1",
            Credentials = null,
        });
        session.Good("$plan = (New-ApiGatewayUsagePlan plan -QuotaLimit 9 -QuotaPeriod Day).Id; $id = (New-ApiGatewayApiKey holder -Value "
            + $"{KeyValue} -UsagePlanId $plan).Id; $ConfirmPreference = 'None'");
        return session;
    }

    private static void AssertNoSecret(ModuleSession session, string command)
    {
        Outcome outcome = session.Run($"$VerbosePreference = $DebugPreference = 'Continue'; {command}");
        IEnumerable<string> texts =
        [
            session.Screen(command),
            session.Screen($"$VerbosePreference = $DebugPreference = 'Continue'; {command}"),
            session.Screen($"$ErrorView = 'DetailedView'; {command}"),
            session.Screen("$ErrorView = 'NormalView'; $Error[0]"),
            .. outcome.ErrorTexts,
            .. outcome.Warnings,
            .. outcome.Chatter,
            .. outcome.Output.Select(item => item.ToString()),
            .. outcome.Output.Select(item => item.BaseObject.ToString()!),
            // When PowerShell itself cannot bind a row, the row is the target; it is the user's own object.
            .. outcome.Errors.SelectMany(record => new[] { record.Exception?.ToString() ?? "", record.InvocationInfo?.PositionMessage
                is null ? "" : record.CategoryInfo.ToString(), record.TargetObject is PSObject { BaseObject: PSCustomObject } ? ""
                    : record.TargetObject?.ToString() ?? "" }),
            outcome.Thrown?.ErrorRecord.Exception.ToString() ?? "",
        ];

        // The user's own line, which PowerShell repeats next to an error, is not ours to hide.
        string all = string.Join('\n', texts).Replace(command, "", StringComparison.Ordinal);
        string[] lines = all.Split('\n')
            .Where(line => !line.Contains("ApiGateway", StringComparison.Ordinal) || !line.Contains(" -", StringComparison.Ordinal))
                .ToArray();
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, string.Join('\n', lines)));
    }
}
