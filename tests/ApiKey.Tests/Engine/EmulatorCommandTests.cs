using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>Start- and Stop-ApiGatewayEmulator, as a user types them.</summary>
[Collection(EmulatorsOfThisProcess.Name)]
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
        Assert.Equal("ConnectionFailed",
            session.Run("Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey a -SecretKey b -MaxAttempts 1; "
                + "Get-ApiGatewayApiKey").ErrorId);
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

    [Fact]
    public void SignaturesAreCheckedWhenAsked()
    {
        using ModuleSession session = new();
        session.Unconnected().Good("""
            $secret = [securestring]::new(); 'right'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            $emulator = Start-ApiGatewayEmulator -Credential ([pscredential]::new('AKIDEXAMPLE', $secret))
            Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey AKIDEXAMPLE -SecretKey right
            $key = New-ApiGatewayApiKey 'ünï' -Tag @{ 'a b/c' = 'd&e=ü' }
            $key | Set-ApiGatewayApiKey -Description 'x y' -Tag @{ 'f+g' = ''; h = '1' }
            $key | Set-ApiGatewayApiKey -RemoveTag 'f+g', 'none at all'
            $key | Set-ApiGatewayApiKey -RemoveTag a1, 'a:b', aB, 'a b', 'a/b', 'ü', 'a~', 'a_', 'a.b', 'a-b', 'a@'
            Get-ApiGatewayApiKey 'ünï*' -CustomerId 'a&b'
            $key | Remove-ApiGatewayApiKey -Confirm:$false
            """);
        Assert.Equal("AuthenticationFailed",
            session.Run("Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey AKIDEXAMPLE -SecretKey wrong -MaxAttempts 1; "
                + "Get-ApiGatewayApiKey").ErrorId);
        Assert.Equal("AuthenticationFailed",
            session.Run("Connect-ApiGateway eu-west-1 -EndpointUrl $emulator.Uri -AccessKey other -SecretKey right -MaxAttempts 1; "
                + "Get-ApiGatewayApiKey; Stop-ApiGatewayEmulator").ErrorId);
    }
}
