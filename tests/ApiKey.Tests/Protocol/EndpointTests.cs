using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace ApiKey.Tests.Protocol;

/// <summary>Where calls go: partitions, FIPS, dual stack and endpoints of one's own.</summary>
[Trait(Category.Name, Category.Unit)]
public class EndpointTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "https://apigateway.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://apigateway-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "https://apigateway.us-east-1.api.aws")]
    [InlineData("us-east-1", true, true, "https://apigateway-fips.us-east-1.api.aws")]
    [InlineData("cn-north-1", false, false, "https://apigateway.cn-north-1.amazonaws.com.cn")]
    [InlineData("cn-north-1", false, true, "https://apigateway.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("us-gov-west-1", true, false, "https://apigateway-fips.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", false, true, "https://apigateway.us-gov-west-1.api.aws")]
    [InlineData("eusc-de-east-1", false, false, "https://apigateway.eusc-de-east-1.amazonaws.eu")]
    [InlineData("us-iso-east-1", false, false, "https://apigateway.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", false, false, "https://apigateway.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", false, false, "https://apigateway.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", false, false, "https://apigateway.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("xx-future-9", false, false, "https://apigateway.xx-future-9.amazonaws.com")]
    public void AwsEndpointsFollowThePartition(string region, bool fips, bool dualStack, string url) =>
        Assert.Equal(url, Resolve(new AmazonAPIGatewayConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack
        }));

    [Fact]
    public void AnEndpointOfOnesOwnIsUsedAsItIs() =>
        Assert.Equal("https://vpce-1.example/path",
            Resolve(new AmazonAPIGatewayConfig { ServiceURL = "https://vpce-1.example/path", AuthenticationRegion = "eu-west-1" }));

    [Fact]
    public void AnEndpointOfOnesOwnDoesNotGoWithFips() =>
        Assert.Throws<AmazonClientException>(()
            => Resolve(new AmazonAPIGatewayConfig
            {
                ServiceURL = "https://vpce-1.example",
                AuthenticationRegion = "eu-west-1",
                UseFIPSEndpoint = true
            }));

    private static string Resolve(AmazonAPIGatewayConfig config) =>
        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new GetApiKeysRequest())).URL.TrimEnd('/');
}
