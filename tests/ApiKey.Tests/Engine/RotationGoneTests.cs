using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tests.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>Somebody else removes the old key right before a rotation ends it.</summary>
public sealed class RotationGoneTests
{
    // In a plan, so that a rotation that is not forced waits before it ends the old key.
    private const string Rotate =
        "New-ApiGatewayApiKey acme -UsagePlanId (New-ApiGatewayUsagePlan gold) | Invoke-ApiGatewayApiKeyRotation";

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void AKeyThatWasToBeRemovedIs(string force)
    {
        using ModuleSession session = SessionWhereTheOldKeyGoesBefore(HttpMethod.Delete);
        ApiKeyRotationInfo done = session.One<ApiKeyRotationInfo>($"{Rotate} -OldKey Remove -Confirm:$false {force}");
        Assert.Equal(OldKeyState.Removed, done.OldKey);
        Assert.Equal(done.New.Id, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id);
    }

    [Theory]
    [InlineData("", "Its successor '{0}' is in place. Run the same command again")]
    [InlineData("-Force", "Done before that: successor '{0}' was made, it is in usage plan 'gold")]
    public void OfAKeyThatWasToBeDisabledNothingIsSaidThatIsNotSo(string force, string says)
    {
        using ModuleSession session = SessionWhereTheOldKeyGoesBefore(HttpMethod.Patch);
        string error = session.Run($"{Rotate} -OldKey Disable -Confirm:$false {force}").Error.ToString();
        Assert.Contains(string.Format(null, says, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey")), error, StringComparison.Ordinal);
        Assert.DoesNotContain("works as before", error, StringComparison.Ordinal);
    }

    private static ModuleSession SessionWhereTheOldKeyGoesBefore(HttpMethod last)
    {
        ApiGatewayEmulator emulator = new();
        bool isGone = false;
        return new ModuleSession(inner => new StubHandler(inner, async (request, _) =>
        {
            if (request.Method == last && request.RequestUri!.AbsolutePath.StartsWith("/apikeys/", StringComparison.Ordinal) && !isGone)
            {
                isGone = true;
                using EmulatorClient other = EmulatorClient.InProcess(emulator, "eu-central-1");
                await other.Send("DELETE", request.RequestUri.AbsolutePath);
            }

            return null;
        }), new ApiGatewayConnection { Region = "eu-central-1", Clock = new SkippingClock() }, emulator: emulator);
    }
}
