namespace ApiKey.Calls;

/// <summary>Does something for each of many, several at once, and hands the results on in the order of what they are of.</summary>
internal static class InOrder
{
    /// <summary>Starts the work for an item when there is room, that is when the oldest result was handed on.</summary>
    /// <param name="items">The items.</param>
    /// <param name="window">How many may be under way or waiting to be handed on.</param>
    /// <param name="work">What is done for one.</param>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(IEnumerable<T> items, int window, Func<T, Task<TResult>> work)
    {
        Queue<Task<TResult>> running = new();
        foreach (T item in items)
        {
            if (running.Count == window)
            {
                yield return await running.Dequeue();
            }

            running.Enqueue(work(item));
        }

        while (running.TryDequeue(out Task<TResult>? next))
        {
            yield return await next;
        }
    }
}
