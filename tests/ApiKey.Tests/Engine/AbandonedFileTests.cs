using System.Diagnostics;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Engine;

/// <summary>Files with secrets when something ends half way: our own error, nothing left, and a later run takes away what a killed one
/// left.</summary>
public sealed class AbandonedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("k.csv", "-IncludeValue")]
    [InlineData("k.json", "-IncludeValue")]
    [InlineData("k.tf", "")]
    [InlineData("k.json", "-Format DesiredState")]
    public void WhatAKilledExportLeftIsRemovedByTheNextOne(string name, string rest)
    {
        _session.Good("$null = New-ApiGatewayApiKey a");
        string file = Path.Combine(_folder, name);
        string left = $"{file}.ab12cd34.ef5.partial";
        string[] others = [$"{file}.other{Path.GetExtension(file)}.ab12cd34.ef5.partial", $"{file}.notes.partial",
            Path.Combine(_folder, "x.csv.ab12cd34.ef5.partial")];
        Array.ForEach([left, .. others], path => File.WriteAllText(path, "secret"));
        _session.Good($"Export-ApiGatewayApiKey $args[0] {rest}", file);
        Assert.Equal([.. others.Append(file).Order(StringComparer.Ordinal)], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatAnotherExportIsWritingStays()
    {
        string file = Path.Combine(_folder, "k.csv");
        using KeyExport running = new(new KeyExportOptions(file, KeyFileKind.Csv, WithValues: true, Overwrite: false, TagPolicy.None));
        _session.Good("$null = New-ApiGatewayApiKey a; Export-ApiGatewayApiKey $args[0] -IncludeValue", file);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);

        // The one that is slower does not replace what the other wrote, unless it may.
        string text = File.ReadAllText(file);
        Assert.Contains("-Force", Assert.Throws<IOException>(running.Complete).Message);
        running.Dispose();
        Assert.Equal([file], Directory.GetFiles(_folder));
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void AnExportThatEndsHalfWayLeavesNothing()
    {
        _session.Good("$null = 1..3 | New-ApiGatewayApiKey -Name { \"k$_\" }");
        string file = Path.Combine(_folder, "k.csv");
        _session.Run("Get-ApiGatewayApiKey | ForEach-Object { if ($_.Name -eq 'k2') { throw 'x' }; $_ } | Export-ApiGatewayApiKey $args[0] "
            + "-IncludeValue", file);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task ADiskThatIsFullLeavesNothing()
    {
        if (!File.Exists("/usr/bin/prlimit"))
        {
            Assert.Skip("A limit on the size of files is set with prlimit of Linux.");
            return;
        }

        // The system's limit on the size of a file fails a write as a full disk does, through the whole command.
        string file = Path.Combine(_folder, "k.json");
        string script = Path.Combine(Directory.CreateTempSubdirectory("apikey").FullName, "full.ps1");
        await File.WriteAllTextAsync(script, $$"""
            Import-Module '{{Repository.Manifest}}'
            Connect-ApiGateway -Emulator -Region eu-central-1
            $null = 1..30 | ForEach-Object { New-ApiGatewayApiKey "k$_" -Description ('x' * 100000) }
            & /usr/bin/prlimit --pid $PID --fsize=1000000
            foreach ($format in 'Json', 'Csv', 'Terraform', 'DesiredState') {
                try { Export-ApiGatewayApiKey '{{file}}' -Format $format -IncludeValue:($format -in 'Json', 'Csv') -ErrorAction Stop
                    'written' }
                catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.Exception.Message)" }
            }
            $desired = '{{file}}.psd1'
            try { $null = Get-ApiGatewayApiKey | Import-ApiGatewayApiKey -DesiredStatePath $desired -ErrorAction Stop; 'written' }
            catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.Exception.Message)" }
            """, TestContext.Current.CancellationToken);
        string[] command = ["-c", "trap '' XFSZ; exec dotnet \"$0\" -NonInteractive -File \"$1\"", ConsoleRun.Shell, script];
        ProcessStartInfo start = new("/bin/sh", command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using Process process = Process.Start(start)!;
        ConsoleRun run = await ConsoleRun.Finish(process);
        Assert.True(run.Lines.Count == 5, run.Output + run.Error);
        Assert.All(run.Lines, line => Assert.StartsWith("FileNotUsable '", line));
        Assert.All(run.Lines, line => Assert.Contains("cannot be used: ", line));
        Assert.Empty(Directory.GetFiles(_folder));
        Directory.Delete(Path.GetDirectoryName(script)!, recursive: true);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
