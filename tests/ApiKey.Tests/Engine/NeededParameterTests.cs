using System.Collections;
using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>Nobody is asked for an id at the prompt: what a command cannot do without is an error that shows the line that
/// works.</summary>
public sealed class NeededParameterTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public static TheoryData<string> Commands
    {
        get
        {
            using ModuleSession session = new();
            return [.. session.Good("(Get-Command -Module ApiKey).Name").Select(name => name.ToString())];
        }
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void NoCommandAsksForWhatIsMissing(string name)
    {
        CommandInfo command = (CommandInfo)Assert.Single(_session.Good("Get-Command $args[0]", name)).BaseObject;
        string[] needed = [.. command.Parameters.Values.Where(parameter => parameter.ParameterSets.Values.Any(set => set.IsMandatory))
            .Select(parameter => parameter.Name)];
        IEnumerable<ParameterMetadata> optional = command.Parameters.Values.Where(parameter => !needed.Contains(parameter.Name)
            && !Cmdlet.CommonParameters.Contains(parameter.Name) && !parameter.ParameterType.IsAssignableTo(typeof(Delegate)));
        foreach (string line in optional.Select(parameter => $"{name} -{parameter.Name}{Sample(parameter)}").Prepend(name))
        {
            _session.TakeScreen();
            string whatIf = command.Parameters.ContainsKey("WhatIf") ? " -WhatIf" : "";
            Outcome outcome = _session.Run($"$ConfirmPreference = 'None'; {line}{whatIf}");
            Assert.DoesNotContain("PROMPT", _session.TakeScreen(), StringComparison.Ordinal);
            Assert.DoesNotContain(outcome.ErrorTexts, text => text.Contains("mandatory", StringComparison.Ordinal)
                || text.Contains("Parameter set cannot be resolved", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Set-ApiGatewayApiKey -Name a2 -Enabled $false", "-Id is missing", "Get-ApiGatewayApiKey -Name a2 | Set-ApiGatewayApiKey "
        + "-Enabled $false")]
    [InlineData("Set-ApiGatewayApiKey -Name a2 -AddTag @{ env = 'prod' } -RemoveTag x, 'y z' -PassThru", "new name",
        "Get-ApiGatewayApiKey -Name a2 | Set-ApiGatewayApiKey -AddTag 'env=prod' -RemoveTag x, 'y z' -PassThru")]
    [InlineData("Set-ApiGatewayUsagePlan -Name gold -RateLimit 5 -BurstLimit 10", "-Id is missing",
        "Get-ApiGatewayUsagePlan -Name gold | Set-ApiGatewayUsagePlan -RateLimit 5 -BurstLimit 10")]
    [InlineData("Export-ApiGatewayApiKey -IncludeValue -Format Csv", "-Path is missing",
        "Export-ApiGatewayApiKey -Path keys.json -IncludeValue -Format Csv")]
    [InlineData("Import-ApiGatewayApiKey -BatchSize 9", "-Path is missing", "Import-ApiGatewayApiKey -Path keys.csv -BatchSize 9")]
    public void TheErrorShowsTheLineThatWorks(string line, string what, string remedy)
    {
        _session.Good("$null = New-ApiGatewayApiKey a2 -Tag @{ x = '1' }; $null = New-ApiGatewayUsagePlan gold");
        Outcome outcome = _session.Run(line);
        Assert.Equal("MissingParameter", outcome.ErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, outcome.Error.CategoryInfo.Category);
        string text = outcome.Error.ToString();
        Assert.Contains(what, text, StringComparison.Ordinal);
        Assert.EndsWith($"For example: {remedy}", text, StringComparison.Ordinal);
        if (!remedy.Contains(" -Path ", StringComparison.Ordinal))
        {
            _session.Good(remedy);
        }
    }

    [Theory]
    [InlineData("Set-ApiGatewayApiKey -Name new -WhatIf", "Get-ApiGatewayApiKey -Name <its name> | Set-ApiGatewayApiKey -Name new -WhatIf")]
    [InlineData("Remove-ApiGatewayApiKey -Region eu-west-1 -Confirm:$false",
        "Get-ApiGatewayApiKey -Name <its name> -Region eu-west-1 | Remove-ApiGatewayApiKey -Confirm:$false")]
    [InlineData("Add-ApiGatewayUsagePlanKey gold", "Get-ApiGatewayApiKey -Name <its name> | Add-ApiGatewayUsagePlanKey -UsagePlanId gold")]
    [InlineData("Set-ApiGatewayApiKeyUsage gold k", "Set-ApiGatewayApiKeyUsage -Remaining 1000 -UsagePlanId gold -Id k")]
    [InlineData("New-ApiGatewayApiKey -Value 0123456789abcdefghij0123", "New-ApiGatewayApiKey -Name partner-acme -Value …")]
    [InlineData("Get-ApiGatewayUsagePlanKey -Name a*", "Get-ApiGatewayUsagePlan -Name <its name> | Get-ApiGatewayUsagePlanKey -Name 'a*'")]
    public void WhatIsNotKnownIsLeftToFillIn(string line, string remedy)
    {
        long before = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run(line);
        Assert.Equal("MissingParameter", outcome.ErrorId);
        Assert.EndsWith($"For example: {remedy}", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void ARecordThatDoesNotBringItIsOneErrorAndNoRecordIsNone()
    {
        _session.Good("$global:key = New-ApiGatewayApiKey a; $global:plan = New-ApiGatewayUsagePlan gold");
        Assert.Equal("MissingParameter", _session.Run("$key | Add-ApiGatewayUsagePlanKey").ErrorId);
        Assert.Equal("MissingParameter", _session.Run("$plan | Add-ApiGatewayUsagePlanKey").ErrorId);
        Assert.Equal("MissingParameter", _session.Run("$key | Export-ApiGatewayApiKey -Format Json").ErrorId);
        Assert.Empty(_session.Good("@() | Set-ApiGatewayApiKey -Enabled $false; @() | New-ApiGatewayApiKey; "
            + "@() | Find-ApiGatewayApiKeyLeak; 'text' | Find-ApiGatewayApiKeyLeak"));
        _session.Good("Set-ApiGatewayApiKey -Id $key -Name new; $key | Set-ApiGatewayApiKey -Id { $_.Id } -Name b");
        Assert.Equal("b", _session.Good("Get-ApiGatewayApiKey").Single().Properties["Name"].Value);
    }

    private static string Sample(ParameterMetadata parameter) => (parameter.ParameterType.IsArray
        ? parameter.ParameterType.GetElementType()! : Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) switch
    {
        var type when type == typeof(SwitchParameter) => "",
        var type when type == typeof(bool) => " $true",
        var type when type == typeof(IDictionary) => " @{ a = 'b' }",
        var type when type.IsEnum => $" {Enum.GetNames(type)[0]}",
        var type when type.IsPrimitive || type == typeof(DateTime) || type == typeof(DateTimeOffset) => " 1",
        _ => " 'x'",
    };
}
