using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>Tags go through PowerShell's own CSV commands and come back the same.</summary>
[Trait(Category.Name, Category.Foreign)]
public class CsvRoundTripTests
{
    [Fact]
    public async Task WhatExportCsvWritesImportCsvGivesBack()
    {
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        ToolRun run = await PowerShellHost.RunInTurn(new Uri("http://127.0.0.1:9"), $$"""
            Connect-ApiGateway -Emulator -Region eu-central-1
            $tags = @{ mail = 'a+b@x.com'; note = ' one, two & three = 4% '; env = 'prod'; empty = '' }
            $key = New-ApiGatewayApiKey a -Tag $tags
            $key | Export-Csv '{{file}}'
            $copy = Import-Csv '{{file}}' | New-ApiGatewayApiKey -Region eu-west-1 -Value ('v' * 20)
            $copy.Tags.Equals($key.Tags), $copy.Tags.note -join '|'
            """);
        File.Delete(file);
        Assert.Equal("True| one, two & three = 4%", run.Output.Trim());
    }
}
