using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A rotation that is finished later has the same successor, whatever it is called by then.</summary>
public sealed class RotationSuccessorTests : IDisposable
{
    private readonly ModuleSession _session =
        new(settings: new Service.ApiGatewayConnection { Region = "eu-central-1", Clock = new SkippingClock() });

    [Theory]
    [InlineData("Disable")]
    [InlineData("Remove")]
    public void ASuccessorThatWasRenamedComesWithItsValue(string oldKey)
    {
        ApiKeyRotationInfo kept = _session.One<ApiKeyRotationInfo>("New-ApiGatewayApiKey acme | Invoke-ApiGatewayApiKeyRotation");
        _session.Good("Set-ApiGatewayApiKey $args[0] -Name other", kept.New.Id);
        ApiKeyRotationInfo finished = _session.One<ApiKeyRotationInfo>(
            $"Invoke-ApiGatewayApiKeyRotation $args[0] -OldKey {oldKey} -Confirm:$false", kept.Old!.Id);
        Assert.Equal((kept.New.Id, "other", kept.New.Value), (finished.New.Id, finished.New.Name, finished.New.Value));
    }

    [Theory]
    [InlineData("Keep")]
    [InlineData("Disable")]
    [InlineData("Remove")]
    public void ASuccessorOfAnEarlierRunThatComesAfterItsKeyIsNotRotatedItself(string oldKey)
    {
        ApiKeyRotationInfo kept = _session.One<ApiKeyRotationInfo>("New-ApiGatewayApiKey acme | Invoke-ApiGatewayApiKeyRotation");
        Outcome outcome = _session.Run(
            $"$args | Invoke-ApiGatewayApiKeyRotation -OldKey {oldKey} -Force -Confirm:$false", kept.Old!.Id, kept.New.Id);
        Assert.Equal(kept.New.Id, Assert.IsType<ApiKeyRotationInfo>(Assert.Single(outcome.Output).BaseObject).New.Id);
        Assert.Empty(outcome.Errors);
    }

    public void Dispose() => _session.Dispose();
}
