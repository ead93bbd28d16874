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

    public void Dispose() => _session.Dispose();
}
