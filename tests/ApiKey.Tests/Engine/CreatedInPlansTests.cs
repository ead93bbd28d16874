using ApiKey.Calls;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A key that is created with its plans joins those it can, and says of each other one how to finish.</summary>
public class CreatedInPlansTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void APlanThatCannotBeJoinedDoesNotKeepTheKeyFromTheOthers()
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold; $gone = 'a', 'b' | New-ApiGatewayUsagePlan");

        // They were there when they were looked at.
        _session.Good("$gone | Remove-ApiGatewayUsagePlan -Confirm:$false");
        Outcome outcome = _session.Run("New-ApiGatewayApiKey a -UsagePlanId $gone[0], $gold, $gone[1]");
        ApiKeyInfo key = Assert.IsType<ApiKeyInfo>(Assert.Single(outcome.Output).BaseObject);
        Assert.Equal(key.Id, Assert.IsType<UsagePlanKeyInfo>(Assert.Single(_session.Good("Get-ApiGatewayUsagePlanKey $gold"))
            .BaseObject).Id);
        Assert.Equal(
            _session.Good("$gone.Id").Select(id => (string)id.BaseObject),
            outcome.ErrorTexts.Select(text => text.Split("-UsagePlanId ")[1].Split(' ')[0]));
    }

    [Fact]
    public async Task ResultsComeInTheOrderOfTheItemsAndNoMoreThanTheWindowIsUnderWay()
    {
        TaskCompletionSource<int>[] work = [.. Enumerable.Range(0, 5)
            .Select(_ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously))];
        int started = 0;
        IAsyncEnumerator<int> results = InOrder.SelectAsync(Enumerable.Range(0, 5), 2, item =>
        {
            started++;
            return work[item].Task;
        }).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using (results)
        {
            ValueTask<bool> first = results.MoveNextAsync();
            work[1].SetResult(1);
            Assert.Equal((2, false), (started, first.IsCompleted));
            work[0].SetResult(0);
            Assert.True(await first);
            Assert.Equal(0, results.Current);
            Array.ForEach(work[2..], one => one.SetResult(Array.IndexOf(work, one)));
            for (int expected = 1; expected < 5; expected++)
            {
                Assert.True(await results.MoveNextAsync());
                Assert.Equal(expected, results.Current);
            }

            Assert.False(await results.MoveNextAsync());
        }
    }

    public void Dispose() => _session.Dispose();
}
