using ApiKey.Help;

namespace ApiKey.Tests.Help;

/// <summary>Each way in which a page can fall behind its command is found and named.</summary>
[Trait(Category.Name, Category.Unit)]
public class HelpProblemTests
{
    [Theory]
    [InlineData("| `-AddTag` | Tags to put on in addition to those that are there. |\n", "",
        "Set-ApiGatewayApiKey: there is no text about -AddTag.")]
    [InlineData("| `-AddTag` |", "| `-Gone` | No longer there. |\n| `-AddTag` |",
        "Set-ApiGatewayApiKey: the page tells of -Gone, which the command does not have.")]
    [InlineData("### Disable a key", "Disable a key", "Set-ApiGatewayApiKey: there are 2 examples; three are the least.")]
    [InlineData("## Notes", "## Remarks",
        "Set-ApiGatewayApiKey: the sections are Description, Parameters, Inputs, Outputs, Examples, Links; they should be Description, "
        + "Parameters, Inputs, Outputs, Notes, Examples, Links.")]
    [InlineData("Changes API keys in place; a key is never replaced.", "", "Set-ApiGatewayApiKey: there is no synopsis below the title.")]
    [InlineData("# Set-ApiGatewayApiKey\n", "# Set-Key\n", "Set-ApiGatewayApiKey: the page is titled 'Set-Key'.")]
    [InlineData("And the [parameters that every key command has](connection-parameters.md).", "",
        "Set-ApiGatewayApiKey: there is no text about -Region.")]
    [InlineData("```powershell\nSet-ApiGatewayApiKey a1b2c3d4e5 -Enabled", "```text\nSet-ApiGatewayApiKey a1b2c3d4e5 -Enabled",
        "Set-ApiGatewayApiKey: the example 'Disable a key' has no PowerShell block.")]
    public void AFaultIsNamed(string said, string instead, string problem)
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "Set-ApiGatewayApiKey.md")).ReplaceLineEndings("\n");
        Assert.Contains(said, page);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, page.Replace(said, instead, StringComparison.Ordinal));
        Command command = Command.ReadAll(Path.Combine(Repository.Module, "bin", "ApiKey.dll"))
            .Single(candidate => candidate.Name == "Set-ApiGatewayApiKey");
        Assert.Contains(problem,
            new CommandPage(command, Page.Read(path), Page.Read(Repository.PathOf("docs", CommandPage.SharedParameters))).Problems);
        File.Delete(path);
    }
}
