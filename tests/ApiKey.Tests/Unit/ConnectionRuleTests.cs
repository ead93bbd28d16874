using ApiKey.Service;

namespace ApiKey.Tests.Unit;

/// <summary>What a connection must not say, and when two lead to different places.</summary>
[Trait(Category.Name, Category.Unit)]
public class ConnectionRuleTests
{
    private static readonly ApiGatewayConnection Here = new()
    {
        Region = "eu-central-1",
        ProfileName = "dev",
        RoleArn = "arn:aws:iam::123456789012:role/r",
        EndpointUrl = new Uri("https://a.example"),
        Transport = new SocketsHttpHandler(),
    };

    [Theory]
    [InlineData("https://a.example", false, "")]
    [InlineData("http://localhost:4566", false, "")]
    [InlineData("http://127.0.0.1", false, "")]
    [InlineData("http://[::1]:80", false, "")]
    [InlineData("http://a.example", true, "")]
    [InlineData("http://a.example", false, "is not encrypted and not on this machine")]
    [InlineData("ftp://a.example", true, "is not an http or https address")]
    [InlineData("a.example", true, "is not an http or https address")]
    [InlineData("/relative", true, "is not an http or https address")]
    [InlineData("", true, "is not an http or https address")]
    public void AnEndpointIsEncryptedOrHere(string endpoint, bool allowsUnencrypted, string says)
    {
        string? problem = ConnectionRules.ProblemOfEndpoint(endpoint, allowsUnencrypted);
        Assert.Equal(says.Length > 0, problem is not null);
        Assert.Contains(says, problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-central-1", true)]
    [InlineData("local", true)]
    [InlineData("a", true)]
    [InlineData("eu--central", false)]
    [InlineData("-eu", false)]
    [InlineData("eu-", false)]
    [InlineData("EU-central-1", false)]
    [InlineData("eu.central", false)]
    [InlineData("", false)]
    public void ARegionCanBePartOfAHostName(string region, bool isGood) => Assert.Equal(isGood ? 0 : 1,
        ConnectionRules.ProblemsOf(new ApiGatewayConnection { Region = region }).Count);

    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData(true, null, false, false)]
    [InlineData(null, true, false, false)]
    [InlineData(null, null, true, false)]
    [InlineData(false, false, true, false)]
    [InlineData(true, null, true, true)]
    [InlineData(null, true, true, true)]
    public void AnEndpointOfOnesOwnIsUsedAsItIs(bool? fips, bool? dualStack, bool hasEndpoint, bool isWrong) =>
        Assert.Equal(isWrong ? 1 : 0, ConnectionRules.ProblemsOf(new ApiGatewayConnection
        {
            UseFipsEndpoint = fips,
            UseDualStackEndpoint = dualStack,
            EndpointUrl = hasEndpoint ? Here.EndpointUrl : null,
        }).Count);

    [Theory]
    [InlineData("endpoint", true)]
    [InlineData("role", true)]
    [InlineData("credentials", true)]
    [InlineData("profile", false)]
    [InlineData("nothing", false)]
    public void TheEmulatorNeedsNeitherEndpointNorCredentials(string what, bool isWrong)
    {
        ApiGatewayConnection connection = new()
        {
            EndpointUrl = what == "endpoint" ? Here.EndpointUrl : null,
            RoleArn = what == "role" ? Here.RoleArn : null,
            Credentials = what == "credentials" ? () => new GivenCredentials("a", "b", null) : null,
            ProfileName = what == "profile" ? "dev" : null,
        };
        Assert.Empty(ConnectionRules.ProblemsOf(connection));
        Assert.Equal(isWrong ? 1 : 0, ConnectionRules.ProblemsOf(connection with { Transport = Here.Transport }).Count);
    }

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("no region", false)]
    [InlineData("region", true)]
    [InlineData("transport", true)]
    [InlineData("endpoint", true)]
    [InlineData("profile", true)]
    [InlineData("role", true)]
    [InlineData("time", false)]
    public void ConnectionsThatDifferInTheirPlaceLeadElsewhere(string what, bool isElsewhere)
    {
        ApiGatewayConnection other = what switch
        {
            "no region" => Here with { Region = null },
            "region" => Here with { Region = "eu-west-1" },
            "transport" => Here with { Transport = null },
            "endpoint" => Here with { EndpointUrl = null },
            "profile" => Here with { ProfileName = "prod" },
            "role" => Here with { RoleArn = null },
            "time" => Here with { MaxAttempts = 3 },
            _ => Here with { },
        };
        Assert.Equal(isElsewhere, Here.LeadsElsewhere(other));
        Assert.Equal(isElsewhere, other.LeadsElsewhere(Here));
    }
}
