namespace ApiKey.Tests.Engine;

/// <summary>An export takes its name when it is complete; it must not take the name of a device.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("/dev/no-such-device-of-a-test")]
    [InlineData("/dev/fd/63")]
    public void ADeviceIsNoFile(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev.");
        using ModuleSession session = new();
        Outcome outcome = session.Run("New-ApiGatewayApiKey a | Out-Null; Export-ApiGatewayApiKey $args[0] -Format Json -Force", path);
        Assert.Equal("FileNotUsable", outcome.ErrorId);
        Assert.Contains("It is a device, not a file.", outcome.Error.ToString());
    }
}
