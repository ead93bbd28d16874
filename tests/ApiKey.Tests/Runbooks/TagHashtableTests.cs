using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>Tab inside the hashtable of a parameter for tags offers the keys of tags that are in use. PowerShell sorts what it offers
/// there with a command of its own, so this needs a whole PowerShell.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class TagHashtableTests : IDisposable
{
    private static readonly (string Line, string Offered)[] Lines =
    [
        ("New-ApiGatewayApiKey k -Tag @{", "'aws-like.tag' 'cost center' env Owner"),
        ("New-ApiGatewayApiKey k -Tag @{ ", "'aws-like.tag' 'cost center' env Owner"),
        ("New-ApiGatewayApiKey k -Tag @{ e", "env"),
        ("New-ApiGatewayApiKey k -Tag @{e", "env"),
        ("New-ApiGatewayApiKey k -tags @{ o", "Owner"),
        ("New-ApiGatewayApiKey k -Tag @{ env = 'a'; ", "'aws-like.tag' 'cost center' Owner"),
        ("New-ApiGatewayApiKey k -Tag @{ env = \"a$(1 + (2))\"; o", "Owner"),
        ("New-ApiGatewayApiKey k -Tag @{ a = 'b' }, @{ e", "env"),
        ("'a' | New-ApiGatewayApiKey -Tag @{ e", "env"),
        ("$key = New-ApiGatewayApiKey k -Tag @{ e", "env"),
        ("New-ApiGatewayApiKey k -Region us-west-2 -Tag @{ ", "team"),
        ("Get-ApiGatewayApiKey -Region us-west-2 -Tag @{ ", "team"),
        ("Get-ApiGatewayApiKey -Tag @{ e", "env"),
        ("Set-ApiGatewayApiKey k -Tag @{ e", "env"),
        ("Set-ApiGatewayApiKey k -AddTag:@{ e", "env"),
        ("Connect-ApiGateway -DefaultTag @{ e", "env"),
        ("Compare-ApiGatewayApiKey -PruneTag @{ e", "env"),
        ("Sync-ApiGatewayApiKey -PruneTag @{ e", "env"),
        ("New-ApiGatewayUsagePlan p -Tag @{ ", "tier"),
        ("Set-ApiGatewayUsagePlan p -Tag @{ ", "tier"),
        ("Set-ApiGatewayUsagePlan p -AddTag @{ ", "tier"),
        ("New-ApiGatewayApiKey k -Tag @{ env = ", ""),
        ("New-ApiGatewayApiKey k -Tag @{ zz", ""),
        ("New-ApiGatewayApiKey k -Region ap-east-1 -Tag @{ ", ""),
        ("New-ApiGatewayApiKey k -Region nonsense -EndpointUrl http://127.0.0.1:9 -Tag @{ ", ""),
        ("New-ApiGatewayUsagePlan p -ApiStage @{ ", ""),
    ];

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;

    public TagHashtableTests()
    {
        _server = new EmulatorServer(_emulator);
        Seed("us-east-1", "env", "Owner", "cost center", "aws-like.tag");
        Seed("us-west-2", "team");
    }

    [Fact]
    public async Task TabOffersKeysOfTagsAndLeavesNoError()
    {
        string[] shown = await Run($$"""
            $null = New-ApiGatewayUsagePlan gold -Tag @{ tier = 'one' }
            $Error.Clear()
            {{Literals(Lines.Select(row => row.Line))}} |
                ForEach-Object { "[$((Tab $_ $_.Length).CompletionMatches.CompletionText)]" }
            $Error.Count
            """);
        Assert.Equal([.. Lines.Select(row => $"[{row.Offered}]"), "0"], shown);
    }

    [Fact]
    public async Task TheModuleIsImportedAgainAfterTab()
    {
        string[] shown = await Run($$"""
            $line = 'New-ApiGatewayApiKey -Tag @{ e'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            Import-Module '{{Repository.Manifest}}' -Force
            Remove-Module ApiKey
            Import-Module '{{Repository.Manifest}}'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            ([ApiKey.Tags.ITagDictionary]@{ a = 'b' }).Keys
            """);
        Assert.Equal(["env", "env", "a"], shown);
    }

    // Visual Studio Code gives the line parsed.
    [Fact]
    public async Task TheTooltipSaysWhereTheTagIs()
    {
        string[] shown = await Run("""
            $line = 'New-ApiGatewayApiKey -Tag @{ e'
            (Tab $line $line.Length).CompletionMatches.ToolTip
            $null = New-ApiGatewayApiKey later -Tag @{ epoch = 'new' }
            $parsed = [System.Management.Automation.CommandCompletion]::MapStringInputToParsedInput($line, $line.Length)
            (Tab -ast $parsed.Item1 -tokens $parsed.Item2 -positionOfCursor $parsed.Item3).CompletionMatches.CompletionText
            """);
        Assert.StartsWith("string env=of env on k (", shown[0], StringComparison.Ordinal);
        Assert.Equal(["env", "epoch"], shown[1..]);
    }

    // PowerShell puts on the line what is offered, in quotes at most, and escapes nothing.
    [Fact]
    public async Task WhatIsOfferedMeansTheTagAndNothingElse()
    {
        string[] keys = ["plain", "two words", "a-b", "a.b", "a/b", "x@y", "a:b", "a+b", "a=b", "1a", "12", "_x", "ünder", "it's",
            "a'; Remove-Item x; '", "a\u2019b", "a\u0007b", "a\nb", "$x", "a`b", "#", "a\"b", "PSObject", "PSStandardMembers", "Count",
            "Keys", "-a", " "];
        Seed("sa-east-1", keys);
        string[] shown = await Run("""
            $line = 'New-ApiGatewayApiKey -Region sa-east-1 -Tag @{ '
            $texts = (Tab $line $line.Length).CompletionMatches.CompletionText
            ConvertTo-Json @($texts) -Compress
            $keys = $texts | ForEach-Object { Invoke-Expression "New-ApiGatewayApiKey x -Tag @{ $_ = 'v' }" }
            ConvertTo-Json @($keys | ForEach-Object { $_.Tags.psbase.Keys }) -Compress
            """);
        string[] texts = JsonSerializer.Deserialize<string[]>(shown[0])!;
        string[] meant = JsonSerializer.Deserialize<string[]>(shown[1])!;
        Assert.All(["plain", "'two words'", "'a-b'", "'a.b'", "'a/b'", "'x@y'", "ünder"], text => Assert.Contains(text, texts));
        Assert.Equal(texts.Select(text => text.Trim('\'')), meant);
        Assert.Subset(keys.ToHashSet(StringComparer.Ordinal), meant.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(meant, key => key.Contains('\'', StringComparison.Ordinal) || key.Any(char.IsControl));
    }

    [Fact]
    public async Task ObjectsAndOtherLinesAreAsBefore()
    {
        string[] shown = await Run("""
            $line = 'New-ApiGatewayApiKey -Tag @{ '
            $null = TabExpansion2 $line $line.Length
            $key = Get-ApiGatewayApiKey k
            $key.Tags.env
            @($key.Tags.psobject.Properties['env']).Count - 1
            """);
        Assert.Equal(["of env", "0"], shown);
        long before = _emulator.CountOf("GetApiKeys");
        string[] lines =
        [
            "New-ApiGatewayApiKey -Tag @{ env = 'a' } -Thr", "New-ApiGatewayApiKey -Des", "New-ApiGatewayUsagePlan -ApiStage @{ ",
        ];
        _ = await Run($$"""
            {{Literals(lines)}} | ForEach-Object { $null = TabExpansion2 $_ $_.Length }
            $null = Get-Command New-ApiGatewayApiKey -Syntax
            $null = New-ApiGatewayApiKey other -Tag @{ env = 'test' }
            try { New-ApiGatewayApiKey k -Tag '@{ e' } catch { $_.Exception.Message }
            """);
        Assert.Equal(before, _emulator.CountOf("GetApiKeys"));
    }

    public void Dispose() => _server.Dispose();

    private static string Literals(IEnumerable<string> texts) =>
        string.Join(", ", texts.Select(text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"));

    private void Seed(string region, params string[] keys)
    {
        foreach (string key in keys)
        {
            Dictionary<string, string> tags = new(StringComparer.Ordinal) { [key] = $"of {key}" };
            _emulator.Seed(new SeedKey { Region = region, Name = "k", Tags = tags });
        }
    }

    private async Task<string[]> Run(string script)
    {
        // As Tab.InTime: what took as long as Tab may is asked again.
        const string Tab = """
            function Tab {
                do {
                    $watch = [Diagnostics.Stopwatch]::StartNew()
                    $offered = TabExpansion2 @args
                } while ($watch.Elapsed.TotalSeconds -gt 1.9)
                $offered
            }

            """;
        ToolRun run = await PowerShellHost.RunInTurn(_server.Uri, Tab + script);
        Assert.True(run.Error.Length == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
