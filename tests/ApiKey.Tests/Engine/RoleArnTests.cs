using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>The ARN of a role has the same form wherever it is given; one that has not is refused before AWS is asked about it.</summary>
public sealed class RoleArnTests(ProfileRuleTests.Fixture fixture) : IClassFixture<ProfileRuleTests.Fixture>
{
    public static TheoryData<string, bool> Arns => new()
    {
        { "arn:aws:iam::123456789012:role/keys", true },
        { "arn:aws:iam::123456789012:role/team/a/keys+of_b=c,d.e@f-g", true },
        { "arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/X", true },
        { "arn:aws-cn:iam::123456789012:role/keys", true },
        { "arn:aws-us-gov:iam::123456789012:role/keys", true },
        { "arn:aws-iso:iam::123456789012:role/keys", true },
        { "arn:aws-iso-b:iam::123456789012:role/keys", true },
        { "arn:aws-eusc:iam::123456789012:role/keys", true },
        { "keys", false },
        { "role/keys", false },
        { "arn:aws:iam::123456789012:role/", false },
        { "arn:aws:iam::123456789012:role", false },
        { "arn:aws:iam::123456789012:role/a b", false },
        { "arn:aws:iam::12345678901:role/keys", false },
        { "arn:aws:iam::1234567890123:role/keys", false },
        { "arn:aws:iam::aws:role/keys", false },
        { "arn:aws:iam::123456789012:user/keys", false },
        { "arn:aws:iam:eu-west-1:123456789012:role/keys", false },
        { "arn:aws:sts::123456789012:assumed-role/keys/me", false },
        { "arn:gcp:iam::123456789012:role/keys", false },
        { "arn:AWS:iam::123456789012:role/keys", false },
        { "ARN:aws:iam::123456789012:role/keys", false },
    };

    [Theory]
    [MemberData(nameof(Arns))]
    public void ARoleOfAProfileHasAnArn(string arn, bool isGood)
    {
        (IReadOnlyList<string> warnings, Outcome outcome) = fixture.Call($"[prod]\nrole_arn = {arn}\nsource_profile = gone\n");
        string says = isGood ? "its source_profile 'gone' does not exist."
            : $"its role_arn '{arn}' is not the ARN of a role. ARNs of roles look like arn:aws:iam::123456789012:role/keys.";
        Assert.Equal("InvalidConfiguration", outcome.ErrorId);
        Assert.StartsWith($"Profile 'prod' cannot be used: {says}", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Contains($"Profile 'prod' cannot be used: {says}", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Arns))]
    public void ARoleOfAConnectionHasTheSame(string arn, bool isGood) => Assert.Equal(isGood ? 0 : 1,
        ConnectionRules.ProblemsOf(new ApiGatewayConnection { RoleArn = arn }).Count);

    [Fact]
    public void ALineBreakIsNotPartOfOne() =>
        Assert.NotNull(ConnectionRules.ProblemOfRole("arn:aws:iam::123456789012:role/keys\n"));

    [Fact]
    public void ARoleOfASourceIsJudgedUnderTheNameOfTheSource() => Assert.Contains(
        "Profile 'other' cannot be used: its role_arn 'keys' is not the ARN of a role.",
        fixture.Call("[prod]\nrole_arn = arn:aws:iam::123456789012:role/keys\nsource_profile = other\n"
            + "[other]\nrole_arn = keys\nsource_profile = base\n").Outcome.Error.ToString(), StringComparison.Ordinal);
}
