namespace ApiKey.Tests.Engine;

/// <summary>What a search for leaks passes over is reported, one by one and counted.</summary>
public sealed class IgnoredFileTests
{
    [Theory]
    [InlineData("", "Ignored: .git, Ignored: c.log", "in 2 files (0 kB) for 1 API key; 2 items ignored.")]
    [InlineData("-IncludeIgnored", "", "in 4 files (0 kB) for 1 API key; 0 items ignored.")]
    public void WhatIsIgnoredIsNamedAndCounted(string more, string ignored, string summary)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-ignored-").FullName;
        using ModuleSession session = new();
        session.Good("$null = New-ApiGatewayApiKey a");
        foreach ((string name, string text) in new[] { (".gitignore", "*.log"), ("a.txt", "x"), ("c.log", "y"), (".git/config", "z") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        IReadOnlyList<string> told = session.Run($"Find-ApiGatewayApiKeyLeak $args[0] -Recurse {more} -Verbose", folder).Chatter;
        Assert.Equal(ignored, string.Join(", ", told.Where(line => line.StartsWith("Ignored: ", StringComparison.Ordinal))
            .Select(line => line.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))));
        Assert.Contains(told, line => line.EndsWith(summary, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }
}
