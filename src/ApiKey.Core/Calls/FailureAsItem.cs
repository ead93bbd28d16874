namespace ApiKey.Calls;

/// <summary>A stream that tells why it ended early.</summary>
internal static class FailureAsItem
{
    /// <summary>Hands on what comes, item by item; a failure that ends it becomes the last item.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="item">What is handed on of each.</param>
    /// <param name="failed">What is handed on of a failure.</param>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult, TFailure>(IAsyncEnumerable<T> source, Func<T, TResult> item,
        Func<TFailure, TResult> failed)
        where TFailure : Exception
    {
        await using IAsyncEnumerator<T> items = source.GetAsyncEnumerator();
        while (true)
        {
            TResult next;
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }

                next = item(items.Current);
            }
            catch (TFailure failure)
            {
                // A source that failed has ended: the next turn finds no more.
                next = failed(failure);
            }

            yield return next;
        }
    }
}
