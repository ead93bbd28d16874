using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>Tab after any parameter offers what belongs there, and names of files only where files are meant.</summary>
public sealed class CompletionCoverageTests : IDisposable
{
    private static readonly string[] Files = ["Path", "LiteralPath", "StatePath", "DesiredState", "DesiredStatePath", "SarifPath",
        "ProfileLocation"];

    // PowerShell has the words of these itself.
    private static readonly Type[] OwnWords = [typeof(bool), typeof(SwitchParameter)];

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-tab-").FullName;
    private readonly ModuleSession _session = new();

    public CompletionCoverageTests()
    {
        File.WriteAllText(Path.Combine(_folder, "a-file-of-this-folder"), "");
        _session.Unconnected().Good("Connect-ApiGateway -Emulator -Region eu-central-1; "
            + "$ExecutionContext.SessionState.Path.SetLocation($args[0]); $null = New-ApiGatewayApiKey partner -CustomerId acme -Tag "
            + " @{ env = 'prod' }; $null = New-ApiGatewayUsagePlan gold -Tag @{ tier = 'one' }", _folder);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void NoParameterOffersFilesUnlessItMeansFiles()
    {
        List<string> wrong = [];
        int tried = 0;
        foreach (CommandInfo command in _session.Good("Get-Command -Module ApiKey").Select(command => (CommandInfo)command.BaseObject))
        {
            foreach (ParameterMetadata parameter in command.Parameters.Values.Where(parameter =>
                !parameter.SwitchParameter && !MeansFiles(command, parameter) && !Cmdlet.CommonParameters.Contains(parameter.Name)))
            {
                tried++;
                if (Texts($"{command.Name} -{parameter.Name} ").Any(text => text.Contains("a-file-of", StringComparison.Ordinal)))
                {
                    wrong.Add($"{command.Name} -{parameter.Name}");
                }
            }
        }

        Assert.True(tried > 100);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Set-ApiGatewayApiKey k -Enabled ", "$true")]
    [InlineData("New-ApiGatewayApiKey -Enabled $f", "$false")]
    [InlineData("Get-ApiGatewayUsagePlan -Name g", "gold")]
    [InlineData("Get-ApiGatewayApiKey -CustomerId ", "acme")]
    [InlineData("New-ApiGatewayApiKey -Tag ", "env=prod")]
    [InlineData("Sync-ApiGatewayApiKey -PruneTag ", "env=prod")]
    [InlineData("Get-ApiGatewayApiKey -HasTag ", "env")]
    [InlineData("Set-ApiGatewayApiKey -RemoveTag ", "env")]
    [InlineData("Set-ApiGatewayUsagePlan -AddTag ", "tier=one")]
    [InlineData("Set-ApiGatewayUsagePlan -Tag ", "tier=one")]
    [InlineData("Set-ApiGatewayUsagePlan -RemoveTag ", "tier")]
    [InlineData("New-ApiGatewayUsagePlan -Tag t", "tier=one")]
    [InlineData("New-ApiGatewayApiKey -Description ", "''")]
    [InlineData("New-ApiGatewayApiKey -Description abc", "abc")]
    public void AParameterOffersWhatBelongsThere(string line, string first)
        => Assert.Equal(first, Texts(line)[0]);

    // Where names of files can be completed at all, one without a completer offers them.
    [Fact]
    public void EveryParameterThatDoesNotMeanFilesHasACompleter()
    {
        string[] without =
        [
            .. from command in _session.Good("Get-Command -Module ApiKey").Select(command => (CommandInfo)command.BaseObject)
               from parameter in command.Parameters.Values
               let type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType
               where !OwnWords.Contains(type) && !type.IsEnum && !MeansFiles(command, parameter)
                   && !Cmdlet.CommonParameters.Contains(parameter.Name)
                   && !parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any()
               select $"{command.Name} -{parameter.Name}",
        ];
        Assert.Empty(without);
    }

    // What TagHashtableTests try; PowerShell looks for both.
    [Fact]
    public void EveryParameterForTagsIsCompletedInsideAHashtable()
    {
        (CommandInfo Command, ParameterMetadata Parameter)[] all =
        [
            .. from command in _session.Good("Get-Command -Module ApiKey").Select(command => (CommandInfo)command.BaseObject)
               from parameter in command.Parameters.Values
               where parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any(one => one.Type?.Name is "TagCompleter")
               select (command, parameter),
        ];
        Assert.InRange(all.Length, 10, 100);
        Assert.All(all, one => Assert.Equal(typeof(Tags.ITagDictionary), one.Parameter.ParameterType));
        Assert.All(all, one => Assert.True(typeof(IDynamicParameters).IsAssignableFrom(((CmdletInfo)one.Command).ImplementingType)));
    }

    // Test-ApiGatewayApiKey asks for the path of a request.
    private static bool MeansFiles(CommandInfo command, ParameterMetadata parameter) =>
        Files.Contains(parameter.Name) && command.Name != "Test-ApiGatewayApiKey";

    private string[] Texts(string line) => [.. Tab.InTime(() => _session.Good(
        "(TabExpansion2 $args[0] $args[0].Length).CompletionMatches.CompletionText", line)).Where(text => text is not null)
        .Select(text => text.ToString()!)];
}
