using System.Globalization;

namespace ApiKey.Session;

/// <summary>Where the AWS SDK looks for profiles. It takes a place from a variable only when a file is there.</summary>
/// <param name="Credentials">The credentials file.</param>
/// <param name="Config">The configuration file.</param>
internal sealed record SharedFiles(string Credentials, string Config)
{
    /// <summary>The places in force now.</summary>
    public static SharedFiles Now()
    {
        string home = Text("HOME") ?? Text("USERPROFILE") ?? Environment.CurrentDirectory;
        return new SharedFiles(Place("AWS_SHARED_CREDENTIALS_FILE", home, "credentials"), Place("AWS_CONFIG_FILE", home, "config"));
    }

    /// <summary>When each was written last, as text.</summary>
    public string Times() => string.Join('\n', new[] { Credentials, Config }
        .Select(file => File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture)));

    private static string Place(string variable, string home, string name) =>
        Text(variable) is { } file && File.Exists(file) ? Path.GetFullPath(file) : Path.GetFullPath(Path.Combine(home, ".aws", name));

    private static string? Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
