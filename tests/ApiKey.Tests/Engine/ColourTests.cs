using System.Text.RegularExpressions;
namespace ApiKey.Tests.Engine;

/// <summary>What stands out in colour: shares of a quota and the changes of a plan, here as they come back from a file.</summary>
public sealed class ColourTests
{
    [Theory]
    [InlineData("$null", "$null", "not counted")]
    [InlineData("5", "$null", "")]
    [InlineData("0", "0.0", "\e[32m..........")]
    [InlineData("1", "0.001", "\e[32m#.........")]
    [InlineData("69", "0.69", "\e[32m#######...")]
    [InlineData("7", "0.7", "\e[33m#######...")]
    [InlineData("89", "0.89", "\e[33m#########.")]
    [InlineData("9", "0.9", "\e[31m#########.")]
    [InlineData("25", "2.5", "\e[31m##########")]
    public void AShareIsABarThatWarns(string used, string share, string bar)
    {
        string screen = Show($$"""
            @{
                PSTypeName = 'Deserialized.ApiKey.Model.ApiKeyUsageInfo'
                Date = [datetime]::new(2026, 1, 31); ApiKeyName = 'k'; UsagePlanName = 'p'; Remaining = 77
                Used = {{used}}; UsedShare = {{share}}
            }
            """);
        Assert.Equal(bar, screen.Split('\n')[2].Split("77")[1].Trim());
    }

    [Theory]
    [InlineData("Create", "Planned", "\e[32m  + key a")]
    [InlineData("Update", "Done", "\e[33m  ~ key a")]
    [InlineData("Remove", "Planned", "\e[31m  - key a\n        # because")]
    [InlineData("Remove", "Done", "\e[31m  - key a")]
    [InlineData("Replace", "Planned", "\e[35m-/+ key a\n        # because")]
    [InlineData("Replace", "Done", "\e[35m-/+ key a")]
    [InlineData("Create", "NotDone", "\e[32m  + key a\n        # NOT DONE: because")]
    [InlineData("None", "Planned", "    key a")]
    public void AChangeHasItsSignAndWhyWhereThatMatters(string action, string status, string text) =>
        Assert.Equal(text, Show($$"""
            @{
                PSTypeName = 'Deserialized.ApiKey.Model.PlannedChange'
                Action = '{{action}}'; Status = '{{status}}'; Title = 'key a'; Reason = 'because'
            }
            """));

    [Fact]
    public void BelowAChangeStandWhatDiffersAndAtTheEndTheSummary() =>
        Assert.Equal("\e[33m  ~ a\\u001b[31m\n        x\n        y\\nz\n\n1 change.", Show("""
            @{
                PSTypeName = 'Deserialized.ApiKey.Model.PlannedChange'
                Action = 'Update'; Status = 'Planned'; Title = "a`e[31m"; Differences = 'x', "y`nz"; Summary = '1 change.'
            }
            """));

    // PowerShell ends every line with a reset of its own, and begins the next with the color that the last one had.
    private static string Show(string item)
    {
        using ModuleSession session = new(width: 80);
        string screen = session.Coloured($"[pscustomobject]{item}").Replace("\e[0m", "", StringComparison.Ordinal);
        return Regex.Replace(screen.Trim('\n', '\r'), @"\n(\e\[\d+m)+", "\n");
    }
}
