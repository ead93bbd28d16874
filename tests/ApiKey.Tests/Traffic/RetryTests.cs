using ApiKey.Calls;
using ApiKey.Service;

namespace ApiKey.Tests.Traffic;

/// <summary>When a failed call is tried again, and after how long.</summary>
[Trait(Category.Name, Category.Unit)]
public class RetryTests
{
    [Theory]
    [InlineData(ApiGatewayErrorKind.Throttled, true)]
    [InlineData(ApiGatewayErrorKind.Busy, true)]
    [InlineData(ApiGatewayErrorKind.ServerError, true)]
    [InlineData(ApiGatewayErrorKind.ConnectionFailed, true)]
    [InlineData(ApiGatewayErrorKind.TimedOut, true)]
    [InlineData(ApiGatewayErrorKind.LimitExceeded, false)]
    [InlineData(ApiGatewayErrorKind.BadRequest, false)]
    [InlineData(ApiGatewayErrorKind.NotFound, false)]
    [InlineData(ApiGatewayErrorKind.Conflict, false)]
    [InlineData(ApiGatewayErrorKind.AccessDenied, false)]
    [InlineData(ApiGatewayErrorKind.TlsFailed, false)]
    [InlineData(ApiGatewayErrorKind.UnexpectedAnswer, false)]
    public void OnlyWhatMayPassIsTriedAgain(ApiGatewayErrorKind kind, bool again) =>
        Assert.Equal(again, RetryRules.Delay(new ApiGatewayException(kind, "x"), 1, 8, 0.5) is not null);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(7, 20)]
    public void AThrottleBacksOffFromASecondToTwenty(int tries, double mostSeconds)
    {
        ApiGatewayException throttled = new(ApiGatewayErrorKind.Throttled, "x");
        Assert.Equal(0, RetryRules.Delay(throttled, tries, 8, 0)!.Value.TotalSeconds);
        Assert.Equal(mostSeconds, RetryRules.Delay(throttled, tries, 8, 1)!.Value.TotalSeconds, 3);
    }

    [Fact]
    public void RetryAfterIsTheLeastAndJitterComesOnTop()
    {
        ApiGatewayException throttled = new(ApiGatewayErrorKind.Throttled, "x") { RetryAfter = TimeSpan.FromSeconds(7) };
        Assert.Equal(7, RetryRules.Delay(throttled, 1, 8, 0)!.Value.TotalSeconds);
        Assert.Equal(8, RetryRules.Delay(throttled, 1, 8, 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void AVeryLongRetryAfterIsNotWaitedFor() =>
        Assert.Null(RetryRules.Delay(new ApiGatewayException(ApiGatewayErrorKind.Throttled, "x") { RetryAfter = TimeSpan.FromMinutes(3) },
            1, 8, 0));

    [Fact]
    public void TriesAreCounted()
    {
        ApiGatewayException failure = new(ApiGatewayErrorKind.ServerError, "x") { MayHaveHappened = true };
        Assert.NotNull(RetryRules.Delay(failure, 7, 8, 0));
        Assert.Null(RetryRules.Delay(failure, 8, 8, 0));
    }

    [Fact]
    public void WhatNobodyTakesOrAnswersIsTriedThreeTimesAtMost()
    {
        ApiGatewayException refused = new(ApiGatewayErrorKind.ConnectionFailed, "x");
        ApiGatewayException late = new(ApiGatewayErrorKind.TimedOut, "x") { MayHaveHappened = true };
        Assert.All([refused, late], failure => Assert.NotNull(RetryRules.Delay(failure, 2, 8, 0)));
        Assert.All([refused, late], failure => Assert.Null(RetryRules.Delay(failure, 3, 8, 0)));
        Assert.NotNull(RetryRules.Delay(new ApiGatewayException(ApiGatewayErrorKind.ConnectionFailed, "x") { MayHaveHappened = true },
            3, 8, 0));
    }

    [Fact]
    public void AWholeAnswerThatIsNotApiGatewaysIsNotAskedForAgain() =>
        Assert.Null(RetryRules.Delay(new ApiGatewayException(ApiGatewayErrorKind.UnexpectedAnswer, "x") { MayHaveHappened = true },
            1, 8, 0));
}
