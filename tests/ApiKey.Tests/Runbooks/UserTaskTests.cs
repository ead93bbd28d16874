using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>What people want to do, tried as their habits suggest: tests/UserTasks says after how many tries it is right.</summary>
[Trait(Category.Name, Category.Foreign)]
public class UserTaskTests
{
    private const int FewestTasks = 45;

    [Fact]
    public async Task EachTaskIsDoneAtTheTryThatTheListSays()
    {
        ToolRun run = await PowerShellHost.Run(new Uri("http://127.0.0.1:9"), $$"""
            foreach ($task in Invoke-Expression (Get-Content '{{Repository.PathOf("tests", "UserTasks", "Tasks.psd1")}}' -Raw)) {
                "Expected $($task.Goal): $($task.Works ?? 1)"
            }
            $results = & '{{Repository.PathOf("tests", "UserTasks", "Run.ps1")}}' -Manifest '{{Repository.Manifest}}'
            $results | ForEach-Object { "Found $($_.Goal): $($_.Tries)" }
            """);

        string[] expected = Lines(run, "Expected ");
        Assert.True(expected.Length >= FewestTasks, run.Error);
        Assert.Equal(expected, Lines(run, "Found "));
    }

    private static string[] Lines(ToolRun run, string start) => [.. run.Output.Split('\n')
        .Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..].Trim())];
}
