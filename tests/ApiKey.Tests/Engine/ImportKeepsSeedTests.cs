using System.Net;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Whichever call of an import fails, what makes its values is kept until all is done, so that a second run makes the same
/// keys.</summary>
public sealed class ImportKeepsSeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Theory]
    [InlineData("POST", "/apikeys", 0, 0)]
    [InlineData("GET", "/apikeys/", 0, 1)]
    [InlineData("PUT", "/tags/", 0, 1)]
    [InlineData("GET", "/usageplans", 1, 1)]
    public void ASecondRunEndsWhatTheFirstCouldNot(string method, string path, int passing, int keys)
    {
        int passed = 0;
        bool isDenied = true;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            isDenied && request.Method.Method == method && request.RequestUri!.AbsolutePath.StartsWith(path, StringComparison.Ordinal)
                && passed++ >= passing
                ? StubHandler.Answer(HttpStatusCode.Forbidden, """{"Message":"no"}""", "AccessDeniedException") : null)));
        isDenied = false;
        string plan = session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan gold").Id;
        string file = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(file, $"Name,Key,UsagePlanIds,Tags\na,,{plan},env=prod\n");
        (isDenied, passed) = (true, 0);
        Outcome first = session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        Assert.NotEmpty(first.Errors);
        Assert.Contains(first.Warnings, warning => warning.StartsWith("Not everything is done.", StringComparison.Ordinal));
        string seed = Assert.Single(Directory.GetFiles(_folder, "*.import"));
        Assert.False(File.ReadAllLines(seed)[1].StartsWith("done", StringComparison.Ordinal));
        isDenied = false;
        Assert.Equal(keys, session.Good("Get-ApiGatewayApiKey").Count);
        ApiKeyInfo key = session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]", file);
        Assert.Equal("env=prod", key.Tags.ToText());
        Assert.Equal(key.Id, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id);
        Assert.StartsWith("done", File.ReadAllLines(seed)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,Key\na,short\n", "")]
    [InlineData("Name\na\n", "")]
    [InlineData("Name,Key\na,\n", "")]
    [InlineData("Name,Key\na,\n", "-WhatIf")]
    [InlineData("Name,Key,UsagePlanIds\na,,nosuch\n", "")]
    public void AFileIsFreeWhenTheCommandHasEnded(string text, string more)
    {
        using ModuleSession session = new();
        string file = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(file, text);
        session.Run($"Import-ApiGatewayApiKey -Path $args[0] {more}", file);
        using FileStream mine = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(text.Length, mine.Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
