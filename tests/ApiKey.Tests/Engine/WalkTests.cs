using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ApiKey.Tests.Engine;

/// <summary>The way from a command to the service client, as ARCHITECTURE.md shows it, is the way that a call takes.</summary>
public sealed partial class WalkTests
{
    [Fact]
    public void ACreatePassesTheFilesThatTheArchitectureNames()
    {
        List<string> files = [];
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            if (request.Method == HttpMethod.Post && files.Count == 0)
            {
                files.AddRange(new StackTrace(fNeedFileInfo: true).GetFrames().Select(frame => frame.GetFileName()).OfType<string>());
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        }));
        session.Good("$global:plan = New-ApiGatewayUsagePlan p");
        files.Clear();
        session.Good("New-ApiGatewayApiKey a -UsagePlanId $plan");

        // From the client outwards, up to the command.
        string[] walk = [.. files.Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .SkipWhile(file => file != "AmazonAPIGatewayClient").SkipWhile(file => file == "AmazonAPIGatewayClient")
            .TakeWhile(file => file != "NewApiGatewayApiKeyCommand").Distinct().Reverse()];
        string architecture = File.ReadAllText(Repository.PathOf("ARCHITECTURE.md"));
        string[] named = [.. Step().Matches(architecture).Select(step => step.Groups["file"].Value)];
        Assert.InRange(named.Length, 1, 5);
        Assert.Equal(named, walk);
    }

    [GeneratedRegex(@"^\d\. `\w+/(?:\w+/)*(?<file>\w+)`", RegexOptions.Multiline)]
    private static partial Regex Step();
}
