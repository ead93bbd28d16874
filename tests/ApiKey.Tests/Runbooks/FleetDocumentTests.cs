using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace ApiKey.Tests.Runbooks;

/// <summary>The documents for fleets hang together: what a script reads is handed to it, and what is declared is used.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class FleetDocumentTests
{
    [Fact]
    public void TheAutomationDocumentIsOneOfSystemsManager()
    {
        Assert.Equal("0.3", FleetDocuments.Text(FleetDocuments.Automation["schemaVersion"]));
        YamlMappingNode step = FleetDocuments.AutomationStep;
        Assert.Equal("aws:executeScript", FleetDocuments.Text(step["action"]));
        Assert.Equal("PowerShell 7.4", FleetDocuments.Text(step["inputs"]["Runtime"]));
        Assert.InRange(int.Parse(FleetDocuments.Text(step["timeoutSeconds"]), System.Globalization.CultureInfo.InvariantCulture), 1, 600);
    }

    [Fact]
    public void EveryParameterOfTheAutomationDocumentIsUsedAndNoneIsMissing()
    {
        HashSet<string> declared = [.. Keys(FleetDocuments.Automation["parameters"])];
        string[] used = [.. Placeholder().Matches(FleetDocuments.Automation.ToString()).Select(match => match.Groups["name"].Value)
            .Where(name => !name.StartsWith("global:", StringComparison.Ordinal))];
        Assert.Equal(declared.Order(), used.Distinct().Order());
    }

    [Fact]
    public void TheScriptReadsJustWhatItIsHanded()
    {
        string[] handed = [.. Keys(FleetDocuments.AutomationStep["inputs"]["InputPayload"]).Order()];
        string[] read = [.. PayloadMember().Matches(FleetDocuments.AutomationScript).Select(match => match.Groups["name"].Value).Distinct()
            .Order()];
        Assert.Equal(handed, read);
    }

    [Fact]
    public void ParametersHaveTypesThatSystemsManagerKnowsAndDefaultsThatTheyAllow() =>
        Assert.All(((YamlMappingNode)FleetDocuments.Automation["parameters"]).Children.Values.Cast<YamlMappingNode>(), parameter =>
        {
            // A number is a String there.
            Assert.Equal("String", FleetDocuments.Text(parameter["type"]));
            if (parameter.Children.TryGetValue("default", out YamlNode? value)
                && parameter.Children.TryGetValue("allowedPattern", out YamlNode? pattern))
            {
                Assert.Matches(FleetDocuments.Text(pattern), FleetDocuments.Text(value));
            }
        });

    [Fact]
    public void ModulesArePinnedToThisVersionAndToARepositoryOfOnesOwn()
    {
        string version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(version, FleetDocuments.Text(FleetDocuments.Automation["parameters"]["ApiKeyVersion"]["default"]));
        Assert.Contains($"-Name ApiKey -Version '[{version}]'", FleetDocuments.WorkflowScript, StringComparison.Ordinal);
        Assert.All([FleetDocuments.AutomationScript, FleetDocuments.WorkflowScript], script =>
        {
            string[] installs = [.. script.Split('\n').Where(line => line.Contains("Install-", StringComparison.Ordinal))];
            Assert.Equal(2, installs.Length);
            Assert.All(installs, line => Assert.Matches(
                @"^Install-PSResource -Name \S+ -Version [""']\[.+\][""'] -Repository Internal$", line));
        });
    }

    [Fact]
    public void ScriptsParse() => Assert.All([FleetDocuments.AutomationScript, FleetDocuments.WorkflowScript], script =>
    {
        Parser.ParseInput(script, out _, out ParseError[] errors);
        Assert.Empty(errors);
    });

    [Fact]
    public void TheTargetsSayHowManyMayRunAndFailAtOnce()
    {
        using JsonDocument targets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("examples", "fleet", "rotation.targets.json")));
        JsonElement target = Assert.Single(targets.RootElement.EnumerateArray());
        Assert.Equal(
            ["Accounts", "ExecutionRoleName", "Regions", "TargetLocationMaxConcurrency", "TargetLocationMaxErrors"],
            target.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheWorkflowRunsAJobForEachAccountAndRegion()
    {
        YamlNode strategy = FleetDocuments.WorkflowJob["strategy"];
        Assert.Equal("false", FleetDocuments.Text(strategy["fail-fast"]));
        Assert.Equal(["account", "region"], Keys(strategy["matrix"]));
        Assert.All(Keys(strategy["matrix"]),
            name => Assert.Contains($"matrix.{name} ", FleetDocuments.WorkflowJob.ToString(), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys(YamlNode mapping) => ((YamlMappingNode)mapping).Children.Keys.Select(FleetDocuments.Text);

    [GeneratedRegex(@"\{\{ ?(?<name>[\w:]+) ?\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\$payload\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex PayloadMember();
}
