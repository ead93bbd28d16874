using System.Management.Automation;
using ApiKey.Help;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>
/// A variable that was never set must not widen what a command works on. Every parameter of every command is given nothing in
/// every shape: it is refused by name before any call, or is in the table of what means something.
/// </summary>
public class EmptyInputTests : IDisposable
{
    private static readonly string[] Nothings = ["$null", "$unset", "''", "' '", "@()", "@($null)", "@('')", "@{}", "@{ a = $null }"];

    // What is not refused, and what it means. Anything else must be.
    private static readonly Dictionary<(string Command, string Parameter, string Input), string> Meanings = new()
    {
        [("Find-ApiGatewayApiKeyLeak", "Text", "''")] = "a line without anything",
        [("Find-ApiGatewayApiKeyLeak", "Text", "' '")] = "a line of blanks",
        [("New-ApiGatewayApiKey", "Description", "''")] = "no description",
        [("New-ApiGatewayApiKey", "Tag", "@{}")] = "no tags",
        [("New-ApiGatewayUsagePlan", "Description", "''")] = "no description",
        [("New-ApiGatewayUsagePlan", "Tag", "@{}")] = "no tags",
        [("Set-ApiGatewayApiKey", "Description", "''")] = "clears it",
        [("Set-ApiGatewayUsagePlan", "Description", "''")] = "clears it",
        [("Set-ApiGatewayUsagePlan", "ProductCode", "''")] = "clears it",
        [("Set-ApiGatewayUsagePlan", "ApiStage", "@{}")] = "no stages",
        [("Set-ApiGatewayUsagePlan", "Tag", "@{}")] = "no tags",
        [("Set-ApiGatewayApiKey", "Tag", "@{}")] = "no own tags",
    };

    private readonly ModuleSession _session = new();

    public EmptyInputTests()
    {
        _session.Good("""
            $key = New-ApiGatewayApiKey a -Tag @{ customer = 'one' }
            $other = New-ApiGatewayApiKey b -Enabled $false
            $plan = New-ApiGatewayUsagePlan gold
            Add-ApiGatewayUsagePlanKey $plan $key
            $global:key, $global:plan = $key, $plan
            """);
    }

    public static TheoryData<string> Commands
    {
        get
        {
            using ModuleSession session = new();
            return [.. session.Good("(Get-Command -Module ApiKey).Name").Select(name => name.ToString())];
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void WhatIsGivenNothingIsRefusedByName(string name)
    {
        CommandInfo command = (CommandInfo)Assert.Single(_session.Good("Get-Command $args[0]", name)).BaseObject;
        foreach (ParameterMetadata parameter in ParametersOf(command))
        {
            IReadOnlyList<object?> before = Everything();
            foreach (string nothing in Nothings)
            {
                string script = $"{name} -{parameter.Name} "
                    + $"{nothing}{Others(command, parameter)}{(command.Parameters.ContainsKey("WhatIf") ? " -WhatIf" : "")}";
                long requests = _session.Emulator.RequestCount;
                Outcome outcome = _session.Run(script);
                if (Meanings.ContainsKey((name, parameter.Name, nothing)))
                {
                    Assert.True(outcome.Thrown is null && outcome.Errors.Count == 0, $"{script}: {string.Join(' ', outcome.ErrorTexts)}");
                    before = Everything();
                    continue;
                }

                Assert.True(outcome.Thrown is not null || outcome.Errors.Count == 1, $"{script} was not refused");
                string text = outcome.Error.ToString();
                Assert.True(outcome.ErrorId
                    is "EmptyParameter" || text.StartsWith("Cannot process argument transformation", StringComparison.Ordinal),
                        $"{script}: {outcome.ErrorId}, {text}");
                Assert.True(text.Contains(parameter.Name, StringComparison.Ordinal)
                    && text.Contains("perhaps a variable was never set", StringComparison.Ordinal), $"{script}: {text}");
                Assert.Empty(outcome.Output);
                Assert.Equal(requests, _session.Emulator.RequestCount);
            }

            Assert.Equal(before, Everything());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void NothingFromThePipelineIsRefusedToo(string name)
    {
        CommandInfo command = (CommandInfo)Assert.Single(_session.Good("Get-Command $args[0]", name)).BaseObject;
        ParameterMetadata? piped = ParametersOf(command)
            .FirstOrDefault(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline));
        if (piped is null)
        {
            return;
        }

        foreach (string nothing in new[] { "$null", "$unset", "''", "@{}", "[pscustomobject]@{ Name = ''; Id = ''; UsagePlanId = '' }" })
        {
            if (Meanings.ContainsKey((name, piped.Name, nothing)))
            {
                continue;
            }

            string script = $"{nothing} | {name}{Others(command, piped)}{(command.Parameters.ContainsKey("WhatIf") ? " -WhatIf" : "")}";
            IReadOnlyList<object?> before = Everything();
            Outcome outcome = _session.Run(script);
            Assert.True(outcome.Errors.Count > 0 || outcome.Thrown is not null, $"{script} was not refused");
            Assert.DoesNotContain(outcome.ErrorTexts, text => text.Contains("Object reference", StringComparison.Ordinal)
                || text.Contains("Value cannot be null", StringComparison.Ordinal));
            Assert.Empty(outcome.Output);
            Assert.Equal(before, Everything());
        }
    }

    [Fact]
    public void APipelineOfNothingIsNothing()
    {
        Assert.Empty(_session.Good("""
            @() | Remove-ApiGatewayApiKey -Confirm:$false
            @() | Get-ApiGatewayApiKey
            @() | Get-ApiGatewayUsagePlan
            @() | Get-ApiGatewayApiKeyUsage
            @() | Set-ApiGatewayApiKey -Enabled $false
            @() | New-ApiGatewayApiKey
            """));
        Assert.Equal(2, _session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Theory]
    [InlineData("Remove-ApiGatewayApiKey $key, $null -Confirm:$false", "Item 2 of -Id")]
    [InlineData("Remove-ApiGatewayApiKey '', $key.Id -Confirm:$false", "Item 1 of -Id")]
    [InlineData("Get-ApiGatewayApiKey -Name a, $unset", "Item 2 of -Name")]
    [InlineData("Get-ApiGatewayApiKey -Region eu-central-1, $unset", "Item 2 of -Region")]
    [InlineData("Set-ApiGatewayApiKey $key -RemoveTag x, ' '", "Item 2 of -RemoveTag")]
    [InlineData("New-ApiGatewayApiKey c -UsagePlanId $plan, $unset", "Item 2 of -UsagePlanId")]
    [InlineData("Get-ApiGatewayApiKey -Value $unset, ('v' * 20)", "Item 1 of -Value")]
    [InlineData("Connect-ApiGateway -IgnoreTagPrefix a, ''", "Item 2 of -IgnoreTagPrefix")]
    public void AnEmptyItemOfAListRefusesTheWholeList(string script, string says)
    {
        long requests = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run(script);
        Assert.Equal("EmptyParameter", outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal(requests, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("New-ApiGatewayApiKey c -Tag @{ a = '1'; env = $unset }")]
    [InlineData("Set-ApiGatewayApiKey $key -Tag @{ env = $unset }")]
    [InlineData("Set-ApiGatewayApiKey $key -AddTag @{ env = $unset }")]
    [InlineData("Get-ApiGatewayApiKey -Tag @{ env = $unset }")]
    [InlineData("Get-ApiGatewayApiKey -Tag ([pscustomobject]@{ env = $unset })")]
    [InlineData("Get-ApiGatewayApiKey -Tag @{ Key = 'env'; Value = $unset }")]
    [InlineData("Connect-ApiGateway -DefaultTag @{ env = $unset }")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a' } -Prune -PruneTag @{ env = $unset }")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a'; tags = @{ env = $unset } }")]
    [InlineData("@{ Name = 'c'; Tag = @{ env = $unset } } | New-ApiGatewayApiKey")]
    [InlineData("[pscustomobject]@{ Name = 'c'; Tags = @{ env = $unset } } | New-ApiGatewayApiKey")]
    [InlineData("New-ApiGatewayUsagePlan c -Tag @{ env = $unset }")]
    public void ATagWithoutAValueIsRefusedByItsName(string script)
    {
        IReadOnlyList<object?> before = Everything();
        Outcome outcome = _session.Run(script);
        Assert.Contains("'env'", outcome.Error.ToString());
        Assert.Empty(outcome.Output);
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("@($null, @{ name = 'a' }) | Sync-ApiGatewayApiKey -Prune -PruneTag @{ customer = 'one' } -Force -Confirm:$false")]
    [InlineData("$path = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid()); @($null, $key) | Export-ApiGatewayApiKey $path "
        + "-Format Json; if ([IO.File]::Exists($path)) { 'written' }")]
    [InlineData("$path = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid()); @([datetime]::Now, $key) | "
        + "Export-ApiGatewayApiKey $path -Format Json; if ([IO.File]::Exists($path)) { 'written' }")]
    public void AWholeSetIsNotMadeOfAPart(string script)
    {
        IReadOnlyList<object?> before = Everything();
        Outcome outcome = _session.Run(script);
        Assert.NotEmpty(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Equal(before, Everything());
    }

    public void Dispose() => _session.Dispose();

    // Switches follow PowerShell: $null is off, and text is refused by PowerShell itself.
    private static IEnumerable<ParameterMetadata> ParametersOf(CommandInfo command) => command.Parameters.Values.Where(parameter =>
        !PSCmdlet.CommonParameters.Contains(parameter.Name)
        && !PSCmdlet.OptionalCommonParameters.Contains(parameter.Name)
        && parameter.ParameterType != typeof(SwitchParameter)
        && !parameter.ParameterSets.Values.All(set => parameter.Attributes.OfType<ParameterAttribute>()
            .All(attribute => attribute.DontShow)));

    private static string Others(CommandInfo command, ParameterMetadata parameter)
    {
        string set = parameter.ParameterSets.Keys.Select(name => name == ParameterAttribute.AllParameterSets
            ? command.ParameterSets.FirstOrDefault(one => one.IsDefault)?.Name ?? command.ParameterSets[0].Name : name).First();
        IEnumerable<string> others = command.ParameterSets.Single(one => one.Name == set).Parameters
            .Where(other => other.Name != parameter.Name && (other.IsMandatory
                || Command.IsRequired(command.Parameters[other.Name], binding: null)))
            .Select(other => $" -{other.Name} {SampleOf(other.ParameterType)}");
        return string.Concat(others);
    }

    private static string SampleOf(Type type) => (type.IsArray ? type.GetElementType()! : type) switch
    {
        var one when one == typeof(ApiKeyIdentity) => "$key",
        var one when one == typeof(UsagePlanIdentity) => "$plan",
        var one when one == typeof(int?) => "1",
        var one when one == typeof(object) => "@{ name = 'a' }",
        _ => $"([IO.Path]::Combine([IO.Path]::GetTempPath(), '{Guid.NewGuid():N}.json'))",
    };

    private List<object?> Everything() =>
    [
        .. _session.Good("Get-ApiGatewayApiKey -IncludeValue; Get-ApiGatewayUsagePlan | ForEach-Object Id; Get-ApiGatewayUsagePlanKey "
            + "$plan | ForEach-Object Id")
            .Select(item => item.BaseObject is ApiKeyInfo key
                ? $"{key.Id} {key.Name} {key.Description} {key.Enabled} {key.CustomerId} {key.Tags} {key.Value}" : item.BaseObject),
    ];
}
