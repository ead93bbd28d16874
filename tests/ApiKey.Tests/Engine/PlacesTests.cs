using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Several regions and accounts in one listing: side by side, in order, one failure not hiding the others.</summary>
public class PlacesTests
{
    [Fact]
    public void RegionsComeOutInTheOrderTheyWereSaid()
    {
        using ModuleSession session = Prepare();
        string[] keys = [.. session.Good(
            "Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1, EU-WEST-1 | ForEach-Object { \"$($_.Region) $($_.Name)\" }")
                .Select(line => line.ToString()!)];
        Assert.Equal(["eu-west-1 b2", "eu-west-1 b1", "eu-central-1 a1"], keys);
    }

    [Fact]
    public void AllPlacesAreReadAtOnce()
    {
        StubHandler? gate = null;
        TaskCompletionSource all = new();
        int arrived = 0;
        using ModuleSession session = new(inner => gate = new StubHandler(inner, async (_, cancellation) =>
        {
            if (Interlocked.Increment(ref arrived) == 3)
            {
                all.SetResult();
            }

            // Nobody gets an answer before all three have asked.
            await all.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
            return null;
        }));
        Assert.Empty(session.Good("Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1, us-east-1"));
        Assert.Equal(3, gate!.MostAtOnce);
    }

    [Fact]
    public void ARegionThatFailsDoesNotHideTheOthers()
    {
        using ModuleSession session = Prepare(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.Headers.GetValues("Authorization").First().Contains("/eu-west-1/", StringComparison.Ordinal)
                ? StubHandler.Answer(System.Net.HttpStatusCode.Forbidden, "{\"message\":\"no\"}", "AccessDeniedException")
                : null)));
        Outcome outcome = session.Run("Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1");
        Assert.Equal("a1", ((ApiKeyInfo)Assert.Single(outcome.Output).BaseObject).Name);
        Assert.Equal("AccessDenied", outcome.ErrorId);
        Assert.StartsWith("Listing API keys in eu-west-1 failed:", outcome.Error.ToString());
    }

    [Fact]
    public void AProfileThatIsNotThereDoesNotHideTheOthers()
    {
        using ModuleSession session = Prepare();
        using EmulatorServer server = new(session.Emulator);
        string profiles = Path.Combine(Directory.CreateTempSubdirectory("apikey-places-").FullName, "profiles");
        File.WriteAllText(profiles,
            "[one]\nregion = eu-central-1\naws_access_key_id = a\naws_secret_access_key = b\n[two]\nregion = eu-west-1\naws_access_key_id "
            + "= a\naws_secret_access_key = b\n");
        session.Unconnected().Good("Connect-ApiGateway -EndpointUrl $args[0] -ProfileLocation $args[1]", server.Uri, profiles);
        Outcome outcome = session.Run("Get-ApiGatewayApiKey -ProfileName two, gone, one");
        Assert.Equal(["two b2", "two b1", "one a1"],
            outcome.Output.Select(key => $"{((ApiKeyInfo)key.BaseObject).ProfileName} {((ApiKeyInfo)key.BaseObject).Name}"));
        Assert.Equal("NoCredentials", outcome.ErrorId);
        Assert.Contains("profile gone", outcome.Error.ToString());

        // One profile alone: nothing can be done, so the command ends.
        Assert.Equal("NoCredentials", session.Run("Get-ApiGatewayApiKey -ProfileName gone; 'not reached'").ErrorId);
        Directory.Delete(Path.GetDirectoryName(profiles)!, recursive: true);
    }

    [Fact]
    public void AKeyThatIsInOneOfThePlacesIsNotMissing()
    {
        using ModuleSession session = Prepare();
        Assert.Equal("eu-west-1", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey b1 -Region eu-central-1, eu-west-1").Region);
        Assert.Equal("eu-west-1",
            session.One<ApiKeyInfo>(
                "$id = (Get-ApiGatewayApiKey b1 -Region eu-west-1).Id; Get-ApiGatewayApiKey -Id $id -Region eu-central-1, eu-west-1")
                    .Region);
        Assert.Equal("eu-west-1",
            session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Value TheValueOfB10123456789 -Region eu-central-1, eu-west-1").Region);
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey gone -Region eu-central-1, eu-west-1")]
    [InlineData("Get-ApiGatewayApiKey -Id gone -Region eu-central-1, eu-west-1")]
    [InlineData("Get-ApiGatewayApiKey -Value NotTheValueOfAnyKey01234 -Region eu-central-1, eu-west-1")]
    public void AKeyThatIsNowhereIsOneErrorThatNamesThePlaces(string command)
    {
        using ModuleSession session = Prepare();
        Outcome outcome = session.Run(command);
        Assert.Equal("ApiKeyNotFound", outcome.ErrorId);
        Assert.Contains("in eu-central-1, eu-west-1", outcome.Error.ToString());
    }

    [Fact]
    public void WhatIsPipedOnGoesBackToItsRegion()
    {
        using ModuleSession session = Prepare();
        session.Unconnected().Good(
            "Get-ApiGatewayApiKey -Connection $connection -Region eu-central-1, eu-west-1 | Set-ApiGatewayApiKey -Description seen");
        Assert.Equal(["seen", "seen", "seen"],
            session.Good("(Get-ApiGatewayApiKey -Connection $connection -Region eu-central-1, eu-west-1).Description")
                .Select(text => text.ToString()));
    }

    private static ModuleSession Prepare(Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        ModuleSession session = new(wrap);
        session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "a1" });
        session.Emulator.Seed(new SeedKey { Region = "eu-west-1", Name = "b1", Value = "TheValueOfB10123456789" });
        session.Emulator.Seed(new SeedKey { Region = "eu-west-1", Name = "b2" });
        return session;
    }
}
