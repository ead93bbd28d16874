using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>No test depends on how fast the machine is: none sleeps until something has probably happened, and what a test waits for has a
/// minute at least.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class TimeRules
{
    // What asks again and again until it is so, sends slowly on purpose, or makes two calls meet that must not; none of it fails on a slow
    // machine.
    // The name of one is in two parts, because a file that names it whole counts as one that starts it.
    private static readonly string[] MaySleep = ["Runbooks/LiveSuite.cs", "Interop/Moto" + "Server.cs",
        "Hostile/HostileAnswerTests.cs", "Engine/BusyTests.cs"];

    private static readonly string Tests = Repository.PathOf("tests", "ApiKey.Tests");

    // The emulator waits in its own ways: it has no time to reach.
    [Fact]
    public void TheModuleWaitsInOnePlace() =>
        Assert.Equal(["Calls/Waiting.cs"],
            from project in new[] { "ApiKey", "ApiKey.Core", "ApiKey.Aws" }
            let folder = Repository.PathOf("src", project)
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(folder, file).Replace('\\', '/')
            where !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
                && Sleep().IsMatch(File.ReadAllText(file))
            select path);

    [Fact]
    public void NoTestSleeps() =>
        Assert.Equal(MaySleep.Order(StringComparer.Ordinal), LinesThat(Sleep()).Select(line => line.Split(':')[0]).Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void WhatATestWaitsForHasAMinute() => Assert.Empty(LinesThat(ShortWait()));

    [Theory]
    [InlineData("await Task.Delay(5);", true)]
    [InlineData("await Task.Delay(Timeout.Infinite, stop);", false)]
    [InlineData("Thread.Sleep(5);", true)]
    public void ASleepIsNoticed(string line, bool isOne) => Assert.Equal(isOne, Sleep().IsMatch(line));

    [Theory]
    [InlineData("await step.WaitAsync(TimeSpan.FromSeconds(30), stop);", true)]
    [InlineData("await step.WaitAsync(TimeSpan.FromSeconds(60), stop);", false)]
    [InlineData("stop.CancelAfter(TimeSpan.FromMilliseconds(60_000));", true)]
    [InlineData("using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(5));", true)]
    [InlineData("SpinWait.SpinUntil(() => true, TimeSpan.FromSeconds(9))", true)]
    [InlineData("process.WaitForExit(5000)", true)]
    [InlineData("clock.Advance(TimeSpan.FromSeconds(1));", false)]
    public void AShortWaitIsNoticed(string line, bool isOne) => Assert.Equal(isOne, ShortWait().IsMatch(line));

    private static IEnumerable<string> LinesThat(Regex pattern) =>
        from file in Directory.EnumerateFiles(Tests, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Tests, file).Replace('\\', '/')
        where !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
            && path != "Unit/TimeRules.cs"
        from line in File.ReadLines(file)
        where pattern.IsMatch(line)
        select $"{path}: {line.Trim()}";

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(Wait(Async|One)?\(|SpinUntil\(|CancelAfter\(|CancellationTokenSource \w+ = new\()"
        + @".*TimeSpan\.From(Milliseconds|Seconds\([1-5]?\d\))|WaitForExit(Async)?\(\d", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex ShortWait();
}
