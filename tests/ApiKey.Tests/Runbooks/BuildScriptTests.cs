using System.Text.RegularExpressions;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>build.ps1 refuses what it could not use before it starts anything.</summary>
[Trait(Category.Name, Category.Foreign)]
public class BuildScriptTests
{
    [Theory]
    [InlineData("-Seconds 3", "-Seconds is for -Task Fuzz. Specify that task, or omit -Seconds.")]
    [InlineData("-Task Live, Pester -Quick", "-Quick is for -Task Benchmark.")]
    [InlineData("-Task Test -PesterVersion 5.9.1", "-PesterVersion is for -Task Pester or Live.")]
    [InlineData("-Task Mutate -Only ./nothing.log", "There is no file ./nothing.log.")]
    public async Task WrongParametersAreRefused(string parameters, string message)
    {
        string build = Repository.PathOf("build.ps1");
        ToolRun run = await PowerShellHost.RunInTurn(new Uri("http://127.0.0.1:9"),
            $"function dotnet {{ 'dotnet ran' }}; try {{ & '{build}' {parameters} }} catch {{ $_.Exception.Message }}");
        Assert.StartsWith(message, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet ran", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryParameterOfATaskSaysWhichTaskItIsFor()
    {
        string text = File.ReadAllText(Repository.PathOf("build.ps1"));
        string[] declared = [.. Regex.Matches(text[..text.IndexOf("\n)", StringComparison.Ordinal)],
            @"\] \$(\w+)").Select(match => match.Groups[1].Value)];
        Assert.True(declared.Length > 10);
        Assert.All(declared.Except(["Task", "Configuration"]), name => Assert.Matches($@"\b{name} = '", text));
    }
}
