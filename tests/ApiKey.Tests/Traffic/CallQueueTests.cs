using ApiKey.Calls;

namespace ApiKey.Tests.Traffic;

/// <summary>Calls in flight: the window, the order, the bound on waiting results, what a failure holds back, and giving up.</summary>
[Trait(Category.Name, Category.Unit)]
public class CallQueueTests
{
    private readonly List<TaskCompletionSource> _started = [];
    private readonly List<int> _finished = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void NoMoreThanTheWindowAreUnderWayAndResultsKeepTheirOrder(int window)
    {
        Random random = new(window);
        int most = 0;
        CallQueue queue = new(window, _ => EndOne(random));
        for (int number = 0; number < 300; number++)
        {
            queue.Add(Call(queue, number));
            most = Math.Max(most, UnderWay);
        }

        queue.FinishAll();
        Assert.Equal(Enumerable.Range(0, 300), _finished);
        Assert.Equal(window == 1 ? 0 : window, most);
    }

    [Fact]
    public void WithAWindowOfOneAResultIsHandedOnBeforeTheNextCallStarts()
    {
        CallQueue queue = new(1, _ => _started[^1].SetResult());
        for (int number = 0; number < 5; number++)
        {
            Assert.Equal(Enumerable.Range(0, number), _finished);
            queue.Add(Call(queue, number));
            Assert.Equal(Enumerable.Range(0, number + 1), _finished);
        }
    }

    [Fact]
    public void ASlowCallHoldsUpOnlySoManyResults()
    {
        // The first never ends by itself; all others at once.
        CallQueue queue = new(2, _ => _started[0].TrySetResult());
        for (int number = 0; number < 2 * CallQueue.WaitingResults; number++)
        {
            queue.Add(Call(queue, number));
            if (number > 0)
            {
                _started[number].SetResult();
            }
        }

        Assert.Empty(_finished);
        queue.Add(Call(queue, 2 * CallQueue.WaitingResults));
        Assert.Equal(Enumerable.Range(0, 2 * CallQueue.WaitingResults), _finished);
    }

    [Fact]
    public void NothingStartsBetweenAKnownFailureAndItsHandingOn()
    {
        CallQueue queue = new(4, _ => _started[0].TrySetResult());
        queue.Add(Call(queue, 0));
        queue.Add(Call(queue, 1, fails: true));
        _started[1].SetResult();
        Assert.Empty(_finished);
        int startedBefore = -1;
        queue.Add(() =>
        {
            startedBefore = _finished.Count;
            return Call(queue, 2)();
        });

        // The first call, though slow, was waited for, and the failure handed on after it.
        Assert.Equal(2, startedBefore);
        Assert.Equal([0, 1], _finished);
    }

    [Fact]
    public void AFailureThatEndsTheWorkLeavesTheRestToBeLookedAfter()
    {
        CallQueue queue = new(4, _ => _started[0].TrySetResult());
        queue.Add(Call(queue, 0));
        queue.Add(Call(queue, 1, fails: true, end: true));
        queue.Add(Call(queue, 2));
        _started[1].SetResult();
        Assert.Throws<InvalidOperationException>(() => queue.Add(() => throw new NotSupportedException("Nothing may start.")));
        (IReadOnlyList<QueuedCall> left, int interrupted) = queue.Abandon();
        Assert.Equal((2, 1), (left.Count, interrupted));
        Assert.Equal([_started[1].Task, _started[2].Task], left.Select(call => call.Call));
        Assert.Empty(queue.Abandon().Calls);
        Assert.False(queue.IsFinishing);
    }

    [Fact]
    public void WhatIsLeftCanBeFinishedWithinAFinish()
    {
        CallQueue queue = null!;
        queue = new CallQueue(4, _ => { });
        TaskCompletionSource first = new();
        queue.Add(() => new QueuedCall(
            first.Task,
            () =>
            {
                queue.FinishAll();
                _finished.Add(0);
                Assert.True(queue.IsFinishing);
            },
            () => true));
        queue.Add(Call(queue, 1));
        _started[0].SetResult();
        first.SetResult();
        queue.FinishAll();
        Assert.Equal([1, 0], _finished);
        Assert.Empty(queue.Abandon().Calls);
    }

    private int UnderWay => _started.Count(call => !call.Task.IsCompleted);

    private Func<QueuedCall> Call(CallQueue queue, int number, bool fails = false, bool end = false) => () =>
    {
        TaskCompletionSource call = new();
        _started.Add(call);
        return new QueuedCall(
            call.Task,
            () =>
            {
                Assert.True(queue.IsFinishing);
                while (!call.Task.IsCompleted)
                {
                    EndOne(new Random(number));
                }

                if (end)
                {
                    throw new InvalidOperationException("The work ends.");
                }

                _finished.Add(number);
            },
            () => fails);
    };

    private void EndOne(Random random)
    {
        TaskCompletionSource[] open = [.. _started.Where(call => !call.Task.IsCompleted)];
        open[random.Next(open.Length)].SetResult();
    }
}
