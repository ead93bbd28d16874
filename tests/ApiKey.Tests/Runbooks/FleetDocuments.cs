using YamlDotNet.RepresentationModel;

namespace ApiKey.Tests.Runbooks;

/// <summary>The documents for fleets, read as YAML.</summary>
internal static class FleetDocuments
{
    public static YamlMappingNode Automation { get; } = Read("rotation.automation.yaml");

    public static YamlMappingNode Workflow { get; } = Read("rotation.workflow.yml");

    public static YamlMappingNode AutomationStep => (YamlMappingNode)((YamlSequenceNode)Automation["mainSteps"])[0];

    public static string AutomationScript => Text(AutomationStep["inputs"]["Script"]);

    public static YamlMappingNode WorkflowJob => (YamlMappingNode)Workflow["jobs"]["rotate"];

    public static string WorkflowScript
        => Text(((YamlSequenceNode)WorkflowJob["steps"]).Single(step => step.AllNodes.Contains("run"))["run"]);

    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Read(string name)
    {
        using StreamReader text = File.OpenText(Repository.PathOf("examples", "fleet", name));
        YamlStream yaml = new();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
