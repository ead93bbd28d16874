using ApiKey.Model;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The live suite on moto_server: what fails there are the gaps that are known, and keys of others stay as they are.</summary>
[Trait(Category.Name, Category.Foreign)]
public class LiveSuiteOnMotoTests
{
    // No other test on moto is there.
    private const string Region = "eu-west-3";

    [Fact]
    public async Task OnlyTheKnownGapsFail()
    {
        Uri moto = await MotoServer.Endpoint();
        using ModuleSession session = new();
        session.Unconnected().Good("Connect-ApiGateway $args[0] -EndpointUrl $args[1] -AccessKey AKIDEXAMPLE -SecretKey secret", Region,
            moto);
        ApiKeyInfo others = session.One<ApiKeyInfo>("New-ApiGatewayApiKey somebody -Tag @{ sync = 'yes' }");

        ToolRun run = await LiveSuite.Run(moto, $"-Region {Region} -KnownGaps tests/Live/moto-gaps.psd1 -AllowOtherKeys");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches("Live suite on .* in eu-west-3: [45] passed, 0 failed, [01] skipped, 4 known gaps", run.Output);

        ApiKeyInfo left = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -IncludeValue");
        Assert.Equal((others.Id, others.Name, others.Value, others.LastUpdatedDate), (left.Id, left.Name, left.Value,
            left.LastUpdatedDate));
        Assert.Empty(session.Good("Get-ApiGatewayUsagePlan"));
    }
}
