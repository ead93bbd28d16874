using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>Tab within a word that says where to look: half a region or profile must not decide where is looked.</summary>
public class CompletionWordTests
{
    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Region ", "eu-central-1")]
    [InlineData("Get-ApiGatewayApiKey -Region us-east-1, ", "eu-central-1")]
    [InlineData("Connect-ApiGateway ", "eu-central-1")]
    [InlineData("New-ApiGatewayUsagePlan gold -Region ", "eu-central-1")]
    public void EachBeginningOfARegionOffersIt(string line, string region)
    {
        using ModuleSession session = new();
        session.Unconnected().Good("Disconnect-ApiGateway");
        for (int length = 1; length <= region.Length; length++)
        {
            Assert.Contains(region, Offered(session, line + region[..length]));
        }
    }

    [Fact]
    public void ANameOfARegionThatOnlyS3HasIsNotOffered()
    {
        using ModuleSession session = new();
        Assert.Equal(["us-east-1"], Offered(session.Unconnected(), "Get-ApiGatewayApiKey -Region us-east-1"));
    }

    private static IEnumerable<string> Offered(ModuleSession session, string line)
    {
        using PowerShell shell = session.Create("");
        shell.Commands.Clear();
        return Tab.InTime(() => CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches)
            .Select(match => match.CompletionText);
    }
}
