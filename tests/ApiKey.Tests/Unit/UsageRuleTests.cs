using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Usage;

namespace ApiKey.Tests.Unit;

/// <summary>Of which keys and plans usage is wanted, and what its parts and failures are called.</summary>
[Trait(Category.Name, Category.Unit)]
public class UsageRuleTests
{
    [Theory]
    [InlineData("", false, "", "")]
    [InlineData(":", true, "", "")]
    [InlineData("k1:", false, "k1", "")]
    [InlineData("k1:, k2:, k1:", false, "k1 k2", "")]
    [InlineData("k1:, :", true, "k1", "")]
    [InlineData(":, k1:", true, "k1", "")]
    [InlineData(":p1", false, "", "p1=*")]
    [InlineData("k1:p1", false, "", "p1=k1")]
    [InlineData("k1:p1, k2:p1, k1:p1", false, "", "p1=k1+k2")]
    [InlineData("k1:p1, k1:p2", false, "", "p1=k1 p2=k1")]
    [InlineData("k1:p1, :p1", false, "", "p1=*")]
    [InlineData(":p1, k1:p1", false, "", "p1=*")]
    [InlineData("k1:p1, k2:", false, "k2", "p1=k1")]
    public void AKeyAndAPlanAreWantedTogether(string added, bool isEverything, string keys, string plans)
    {
        UsageSelection wanted = new();
        foreach (string[] pair in added.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')))
        {
            wanted.Add(pair[0].Length > 0 ? new ApiKeyIdentity(pair[0]) : null, pair[1].Length > 0 ? new UsagePlanIdentity(pair[1]) : null);
        }

        Assert.Equal((isEverything, keys, plans), (wanted.IsEverything, string.Join(' ', wanted.KeysOfAnyPlan.Keys),
            string.Join(' ', wanted.Plans.Select(one => $"{one.Plan.Id}={(one.Keys is null ? "*" : string.Join('+', one.Keys.Keys))}"))));
    }

    [Theory]
    [InlineData("k1", "p1", "Reading the usage of API key 'k1'")]
    [InlineData("k1", null, "Reading the usage of API key 'k1'")]
    [InlineData(null, "p1", "Reading the usage of plan 'p1'")]
    [InlineData(null, null, "Listing usage plans")]
    public void APartSaysWhatItIs(string? key, string? plan, string says) => Assert.Equal(says,
        new UsagePart(plan is null ? null : new UsagePlanIdentity(plan), key is null ? null : new ApiKeyIdentity(key)).What);

    [Theory]
    [InlineData(ApiGatewayErrorKind.Stopped, false, false, true)]
    [InlineData(ApiGatewayErrorKind.Stopped, true, false, false)]
    [InlineData(ApiGatewayErrorKind.Stopped, false, true, false)]
    [InlineData(ApiGatewayErrorKind.TimedOut, false, false, false)]
    public void AStoppedCallWasNotSentUnlessSomethingWas(ApiGatewayErrorKind kind, bool mayHaveHappened, bool isPartial, bool wasNotSent)
    {
        ApiGatewayException failure = new(kind, "x.") { MayHaveHappened = mayHaveHappened };
        Assert.Equal(wasNotSent, (isPartial ? failure.AfterOthers("y.") : failure).WasNotSent);
    }

    [Fact]
    public void OtherWordsAreOfTheSameFailure()
    {
        ApiGatewayException failure = new(ApiGatewayErrorKind.Throttled, "x.")
        {
            StatusCode = 429,
            RequestId = "r",
            RetryAfter = TimeSpan.FromSeconds(3),
            IamAction = "a",
            Resource = ApiGatewayResource.UsagePlan,
            AnswerLines = ["l"],
        };
        foreach (ApiGatewayException other in new[]
        {
            failure.Because("y."), failure.Because(["y."]), failure.AfterOthers("y."), failure.AfterLostAnswer(),
            failure.About(ApiGatewayResource.ApiKey, "y."), failure.After(["z"]),
        })
        {
            Assert.Equal((failure.Kind, failure.StatusCode, failure.RequestId, failure.RetryAfter, failure.IamAction),
                (other.Kind, other.StatusCode, other.RequestId, other.RetryAfter, other.IamAction));
            Assert.Same(failure, other.InnerException);
            Assert.Equal(["l"], other.AnswerLines);
        }

        Assert.Equal((ApiGatewayResource.UsagePlan, ApiGatewayResource.ApiKey),
            (failure.Because("y.").Resource, failure.About(ApiGatewayResource.ApiKey, "y.").Resource));
        Assert.Equal((false, true, true), (failure.Because("y.").IsPartial, failure.AfterOthers("y.").IsPartial,
            failure.AfterOthers("y.").Because("z.").IsPartial));
        Assert.Equal((false, true, "x."), (failure.Because("y.").MayHaveHappened, failure.AfterLostAnswer().MayHaveHappened,
            failure.AfterLostAnswer().Message));
        Assert.Equal("x. Already changed: a, b. Run the same command again to finish.", failure.After(["a", "b"]).Message);
    }
}
