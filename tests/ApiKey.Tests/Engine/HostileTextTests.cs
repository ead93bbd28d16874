using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ApiKey.Tests.Engine;

/// <summary>A name is somebody else's text: what a terminal would obey is written out, in every view, stream, question and
/// suggestion.</summary>
public sealed partial class HostileTextTests : IDisposable
{
    // A title, a cleared screen, a reversed line, a forged line, and C1's own way to start a sequence.
    private const string Hostile = "x\e]0;owned\a\e[2J\u009b2J\u202egpj\u2066\r\nPS> \u2028\u0085\b\u007f";

    private readonly ModuleSession _session = Specimens.Prepare(Hostile, width: 400);

    public static TheoryData<string> Types => [.. Specimens.Scripts.Keys];

    /// <summary>Commands that name a key, a plan or a tag in what they say.</summary>
    public static TheoryData<string> Commands =>
    [
        "Get-ApiGatewayApiKey -Id $name",
        "Get-ApiGatewayApiKey -Name $name -Region eu-west-1",
        "Set-ApiGatewayApiKey $name -Description x",
        "Set-ApiGatewayApiKey k1 -Description $name -WhatIf",
        "Get-ApiGatewayApiKey -Id k1 | Set-ApiGatewayApiKey -Description $name -Confirm",
        "Remove-ApiGatewayApiKey $name",
        "Get-ApiGatewayApiKey -Id k1 | Remove-ApiGatewayApiKey -WhatIf",
        "Get-ApiGatewayApiKey -Id k1 | Remove-ApiGatewayApiKey -Confirm",
        "New-ApiGatewayApiKey $name -Value short",
        "New-ApiGatewayApiKey $name -WhatIf",
        "New-ApiGatewayApiKey $name -UsagePlanId $name",
        "New-ApiGatewayApiKey $name -Value (Get-ApiGatewayApiKey -Id k1 -IncludeValue).Value",
        "New-ApiGatewayApiKey $name -Tag @{ \"aws:$name\" = $name }",
        "Get-ApiGatewayApiKey -Id k1 | New-ApiGatewayApiKey -Region eu-west-1",
        "New-ApiGatewayUsagePlan $name -RateLimit -5",
        "New-ApiGatewayUsagePlan $name -WhatIf",
        "Get-ApiGatewayUsagePlan $name",
        "$plan | Remove-ApiGatewayUsagePlan -WhatIf",
        "Remove-ApiGatewayUsagePlan $name",
        "Get-ApiGatewayUsagePlanKey $plan",
        "Add-ApiGatewayUsagePlanKey $plan -Id k1",
        "Get-ApiGatewayApiKey -Id k1 | Add-ApiGatewayUsagePlanKey $plan",
        "Add-ApiGatewayUsagePlanKey $name -Id k1",
        "Get-ApiGatewayApiKey -Id k1 | Remove-ApiGatewayUsagePlanKey $plan -WhatIf",
        "Remove-ApiGatewayUsagePlanKey $plan -Id $name",
        "Get-ApiGatewayApiKeyUsage -ApiKeyId $name",
        "Get-ApiGatewayApiKeyUsage -UsagePlanId $name",
        "Get-ApiGatewayApiKey -Id k1 | Set-ApiGatewayApiKeyUsage $plan -Remaining 5 -PassThru",
        "Invoke-ApiGatewayApiKeyRotation $name",
        "Get-ApiGatewayApiKey -Id k1 | Invoke-ApiGatewayApiKeyRotation -WhatIf",
        "$rotation.New | Invoke-ApiGatewayApiKeyRotation",
        "Compare-ApiGatewayApiKey @{ name = $name; description = $name; tags = @{ a = $name } }",
        "Compare-ApiGatewayApiKey @{ name = $name }, @{ name = $name }",
        "Compare-ApiGatewayApiKey @{ name = $name; $name = 'x' }",
        "Compare-ApiGatewayApiKey @{ name = $name; enabled = $name }",
        "Compare-ApiGatewayApiKey \"/no/$name.json\"",
        "Sync-ApiGatewayApiKey @{ name = $name; description = $name } -WhatIf",
        "Sync-ApiGatewayApiKey @{ name = \"new $name\"; value = (Get-ApiGatewayApiKey -Id k1 -IncludeValue).Value }",
        "Import-ApiGatewayApiKey $name",
        "Export-ApiGatewayApiKey \"/no/$name.json\"",
        "Connect-ApiGateway -Emulator -Region $name",
        "Connect-ApiGateway -Emulator -ProfileName $name",
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void NoViewObeysAName(string typeName)
    {
        foreach (string view in new[] { "Out-Default", "Format-List", "Format-Table", "Format-Wide" })
        {
            AssertPlain(_session.Coloured($"{Specimens.Scripts[typeName]} | {view}"), view);

            // Among other objects none of our views applies.
            AssertPlain(_session.Coloured($"& {{ [pscustomobject]@{{ a = 1 }}; {Specimens.Scripts[typeName]} }} | {view}"),
                "mixed, " + view);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void NothingThatIsSaidObeysAName(string command)
    {
        string script = $"$VerbosePreference = $DebugPreference = 'Continue'; {command}";
        Outcome outcome = _session.Run(script);
        string[] said =
        [
            .. outcome.ErrorTexts,
            .. outcome.Warnings,
            .. outcome.Chatter,
            .. outcome.Errors.Select(record => record.CategoryInfo.ToString()),
            .. outcome.Errors.Select(record => record.Exception.Message),
            .. outcome.Output.Where(item => item.BaseObject is not string).Select(item => item.ToString()),
        ];
        Assert.All(said, text => AssertPlain(text, command));
        AssertPlain(_session.Coloured(script), command);
        AssertPlain(_session.Coloured($"$ErrorView = 'NormalView'; {command}"), command);
        AssertPlain(_session.Coloured($"$ErrorView = 'CategoryView'; {command}"), command);
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Name ")]
    [InlineData("Get-ApiGatewayApiKey -Id ")]
    [InlineData("Set-ApiGatewayApiKey -Id ")]
    [InlineData("Get-ApiGatewayUsagePlanKey -UsagePlanId ")]
    [InlineData("Get-ApiGatewayApiKey -TagKey ")]
    public void NoSuggestionObeysAName(string line)
    {
        IReadOnlyList<PSObject> matches = Tab.InTime(
            () => _session.Good("(TabExpansion2 $args[0] $args[0].Length).CompletionMatches", line));
        Assert.All(matches, match =>
        {
            CompletionResult result = Assert.IsType<CompletionResult>(match.BaseObject);
            AssertPlain(result.ToolTip, line);
            AssertPlain(result.ListItemText, line);
        });
    }

    public void Dispose()
    {
        _session.Run("$server | Stop-ApiGatewayEmulator");
        _session.Dispose();
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colours();

    // PowerShell's own colours and line ends are left; the name has neither.
    private static void AssertPlain(string text, string where)
    {
        string[] obeyed = [.. Colours().Replace(text, "").ReplaceLineEndings("\n")
            .Where(letter => letter != '\n' && CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control
                or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                    .Select(letter => $"U+{(int)letter:X4}")];
        Assert.True(obeyed.Length == 0, $"{where}: {string.Join(' ', obeyed)} in {text.Replace("\e", "ESC", StringComparison.Ordinal)}");
        Assert.DoesNotContain("\nPS> ", text.ReplaceLineEndings("\n"));
    }
}
