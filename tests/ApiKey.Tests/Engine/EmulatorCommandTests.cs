using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Start- and Stop-ApiGatewayEmulator, as a user types them.</summary>
public class EmulatorCommandTests
{
    [Fact]
    public void AnEmulatorIsStartedUsedAndStopped()
    {
        using ModuleSession session = new();
        EmulatorServer server = session.Unconnected().One<EmulatorServer>("$emulator = Start-ApiGatewayEmulator; $emulator");
        Assert.Equal("127.0.0.1", server.Uri.Host);
        session.Good("Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey a -SecretKey b");
        session.Good("New-ApiGatewayApiKey over-http");
        Assert.Equal("over-http", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Name);
        Assert.Equal(2, server.Emulator.RequestCount);
        session.Good("$emulator | Stop-ApiGatewayEmulator");
        Assert.Equal("ConnectionFailed", session.Run("Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey a -SecretKey b -MaxAttempts 1; Get-ApiGatewayApiKey").ErrorId);
        Assert.Equal("EmulatorNotFound", session.Run("$emulator | Stop-ApiGatewayEmulator").ErrorId);
    }

    [Fact]
    public void ATakenPortIsExplained()
    {
        using ModuleSession session = new();
        using EmulatorServer taken = new(new ApiGatewayEmulator());
        Outcome outcome = session.Run("Start-ApiGatewayEmulator -Port $args[0]", taken.Uri.Port);
        Assert.Equal("EmulatorNotStarted", outcome.ErrorId);
        Assert.Contains("Choose another port", outcome.Error.ToString());
    }

    [Fact]
    public void AnUnencryptedEndpointElsewhereIsUsedOnlyByAnInsistingCaller()
    {
        using ModuleSession session = new();
        Assert.Equal("InvalidConnection", session.Unconnected().Run("Connect-ApiGateway eu-west-1 -EndpointUrl http://192.0.2.1").ErrorId);
        session.Good("Connect-ApiGateway eu-west-1 -EndpointUrl http://192.0.2.1 -AllowUnencryptedEndpoint");
    }
}
