using System.Text.Json.Nodes;
using ApiKey.Model;
using Json.Schema;
using Xunit.Sdk;

namespace ApiKey.Tests.Engine;

/// <summary>Find-ApiGatewayApiKeyLeak as a user has it: files, folders, text, what it pipes into, and what it says when it could not
/// look.</summary>
public sealed class LeakTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-leak-").FullName;
    private readonly ModuleSession _session = new();
    private readonly string _value;

    public LeakTests()
    {
        _value = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme").Value!;
        _session.Good("$null = New-ApiGatewayApiKey other");
    }

    [Fact]
    public void APlaceIsToldByLineAndColumnAndGitignoreIsHonoured()
    {
        Write(".gitignore", "out/\n*.log\n!keep.log\n");
        Write("a.txt", $"one\ntwo é {_value}\n");
        Write("out/b.txt", _value);
        Write("c.log", _value);
        Write("sub/keep.log", _value);
        Write("sub/.gitignore", "/d.txt");
        Write("sub/d.txt", _value);
        Write(".git/config", _value);
        Assert.Equal(["a.txt:2:7", "sub/keep.log:1:1"], Places("-Recurse"));
        Assert.Equal(["a.txt:2:7"], Places(""));
        Assert.Equal(6, Places("-Recurse -IncludeIgnored").Length);
    }

    [Fact]
    public void ItPipesIntoTheCommandsThatAnswerALeak()
    {
        Write("a.txt", $"{_value} {_value}");
        long before = _session.Emulator.RequestCount;
        Assert.Single(_session.Good("Find-ApiGatewayApiKeyLeak $args[0] -Unique", _folder));
        Assert.Equal(before + 1, _session.Emulator.RequestCount);
        Assert.False(_session.One<ApiKeyInfo>("Find-ApiGatewayApiKeyLeak $args[0] -Unique | Set-ApiGatewayApiKey -Enabled $false -PassThru",
            _folder).Enabled);
        Assert.Equal("acme", _session.One<ApiKeyRotationInfo>(
            "Find-ApiGatewayApiKeyLeak $args[0] -Unique | Invoke-ApiGatewayApiKeyRotation -Confirm:$false", _folder).New!.Name);
        _session.Good("Find-ApiGatewayApiKeyLeak $args[0] -Unique | Remove-ApiGatewayApiKey -Confirm:$false", _folder);
        Assert.Empty(_session.Good("Find-ApiGatewayApiKeyLeak $args[0]", _folder));
    }

    [Fact]
    public void TextIsSearchedLineByLine()
    {
        ApiKeyLeakInfo leak = _session.One<ApiKeyLeakInfo>("'a', '', \"b $($args[0])\" | Find-ApiGatewayApiKeyLeak", _value);
        Assert.Equal((null, 3L, 3L), (leak.Path, leak.Line, leak.Column));
        Write("f.txt", _value);
        Assert.NotNull(_session.One<ApiKeyLeakInfo>("[pscustomobject]@{ PSPath = $args[0] } | Find-ApiGatewayApiKeyLeak",
            Path.Combine(_folder, "f.txt")).Path);
    }

    [Fact]
    public void WhatCouldNotBeSearchedIsNeverClean()
    {
        Write("a.txt", "nothing");
        Outcome missing = _session.Run("Find-ApiGatewayApiKeyLeak -LiteralPath $args[0], $args[1]", Path.Combine(_folder, "a.txt"),
            Path.Combine(_folder, "gone"));
        Assert.Equal(["FileNotFound", "SearchIncomplete"], missing.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        using ModuleSession refused = new(StubHandler.Always(System.Net.HttpStatusCode.Forbidden, "{\"Message\":\"no\"}"));
        Outcome nothing = refused.Run("Find-ApiGatewayApiKeyLeak $args[0]", _folder);
        Assert.Equal(["AccessDenied", "NothingSearched"], nothing.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Empty(nothing.Output);
    }

    [Fact]
    public async Task StopEndsAnEndlessFile()
    {
        if (!File.Exists("/dev/zero"))
        {
            throw SkipException.ForSkip("There is no endless file on this system.");
        }

        // Its progress is shown while it reads.
        TaskCompletionSource reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using System.Management.Automation.PowerShell shell = _session.Create("Find-ApiGatewayApiKeyLeak /dev/zero");
        shell.Streams.Progress.DataAdded += (_, _) => reads.TrySetResult();
        IAsyncResult running = shell.BeginInvoke();
        await reads.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        shell.Stop();
        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void TheSarifLogPassesThePublishedSchemaAndHoldsNoValue()
    {
        Write("a.txt", $"x {_value}");
        string log = Path.Combine(_folder, "log.sarif");
        _session.Run("Find-ApiGatewayApiKeyLeak -LiteralPath $args[0], $args[1] -SarifPath $args[2]", Path.Combine(_folder, "a.txt"),
            Path.Combine(_folder, "gone"), log);
        string text = File.ReadAllText(log);
        JsonSchema schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "sarif-2.1.0.json")));
        JsonNode node = JsonNode.Parse(text)!;
        EvaluationResults results = schema.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(node),
            new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, System.Text.Json.JsonSerializer.Serialize(results));
        Assert.DoesNotContain(_value, text);
        Assert.Single(node["runs"]![0]!["results"]!.AsArray());
        Assert.False(node["runs"]![0]!["invocations"]![0]!["executionSuccessful"]!.GetValue<bool>());
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string[] Places(string more) => [.. _session.Good($"Find-ApiGatewayApiKeyLeak $args[0] {more}", _folder)
        .Select(one => (ApiKeyLeakInfo)one.BaseObject)
        .Select(leak => $"{Path.GetRelativePath(_folder, leak.Path!).Replace('\\', '/')}:{leak.Line}:{leak.Column}")];
}
