namespace ApiKey.Calls;

/// <summary>The one way to wait for time to pass.</summary>
internal static class Waiting
{
    /// <summary>
    /// Waits at least so long. A timer counts whole milliseconds and leaves out a part of one, so that whoever waits for a time to come
    /// would ask all along in the last millisecond.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <param name="time">How long.</param>
    /// <param name="stop">Ends the wait.</param>
    public static Task WaitAsync(this TimeProvider clock, TimeSpan time, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), clock, stop);
}
