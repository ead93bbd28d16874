using System.Xml.Linq;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The picture in README shows what the commands print, and its badges say what is so.</summary>
[Trait(Category.Name, Category.Foreign)]
public class PictureTests
{
    [Fact]
    public async Task ThePictureIsWhatTheCommandsPrint()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("apikey-picture-");
        try
        {
            string drawn = Path.Combine(folder.FullName, "session.svg");
            string script = Repository.PathOf("docs", "img", "New-SessionPicture.ps1");
            ToolRun run = await PowerShellHost.Run(new Uri("http://127.0.0.1:9/"), $"& '{script}' -Path '{drawn}'");
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(Lines(Repository.PathOf("docs", "img", "session.svg")), Lines(drawn));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void TheVersionInReadmeIsTheModules()
    {
        string version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        Assert.Contains($"badge/version-{version}-", readme, StringComparison.Ordinal);
        Assert.Contains($"-Version '[{version}]' -Repository Internal", readme, StringComparison.Ordinal);
    }

    // Text as a viewer shows it, line by line, so that a difference is readable; and the whole, so that colours count.
    private static string[] Lines(string file) => [.. XDocument.Load(file, LoadOptions.PreserveWhitespace).Root!.Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value), .. File.ReadAllLines(file)];
}
