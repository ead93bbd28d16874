using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ApiKey.Calls;

namespace ApiKey.Cmdlets;

/// <summary>
/// The progress of one command: done of total where that is known, rate, time left, and what is waited for. Nothing is shown
/// within the first second, and no more than a person can read after it.
/// </summary>
internal sealed class ProgressMeter(string activity, CallTally tally, Action<ProgressRecord> write)
{
    /// <summary>How often a person can read it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private readonly int _id = Math.Abs(activity.GetHashCode(StringComparison.Ordinal));
    private long _start = Stopwatch.GetTimestamp();
    private TimeSpan _shown;
    private bool _isVisible;
    private int _done;
    private int? _total;
    private string? _step;
    private Func<TimeSpan>? _left;
    private Func<TimeSpan, (long Done, long? Total, string Text)>? _measure;

    /// <summary>Starts a step of the work; done counts from 0 again.</summary>
    public void Begin(string? step, int? total)
    {
        (_step, _total, _done, _shown, _start, _left) = (step, total, 0, TimeSpan.Zero, Stopwatch.GetTimestamp(), null);
        _measure = null;
    }

    /// <summary>Starts a wait whose end is known.</summary>
    /// <param name="step">What is waited for.</param>
    /// <param name="left">How long it still takes.</param>
    public void BeginWait(string step, Func<TimeSpan> left)
    {
        Begin(step, total: null);
        _left = left;
    }

    /// <summary>Starts work that is measured by itself.</summary>
    /// <param name="measure">How much is done after that time, how much there is (null when that is not known yet), and the rest in
    /// words.</param>
    public void BeginMeasured(Func<TimeSpan, (long Done, long? Total, string Text)> measure)
    {
        Begin(step: null, total: null);
        _measure = measure;
    }

    /// <summary>Counts items that are done.</summary>
    public void Count(int items)
    {
        _done += items;
        Show();
    }

    /// <summary>Shows where things stand, if it is time to.</summary>
    public void Show()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed < (_isVisible ? _shown : Delay) + Interval)
        {
            return;
        }

        (_shown, _isVisible) = (elapsed, true);
        if (_left is not null)
        {
            int seconds = (int)Math.Ceiling(_left().TotalSeconds);
            write(new ProgressRecord(_id, activity, $"{_step}: {seconds} s left") { SecondsRemaining = seconds });
            return;
        }

        (long done, long? total, string text) = _measure?.Invoke(elapsed) ?? (_done, _total, Describe(elapsed));
        ProgressRecord record = new(_id, activity, text);
        if (total is > 0)
        {
            record.PercentComplete = (int)(100 * Math.Min(done, total.Value) / total.Value);
            record.SecondsRemaining = done == 0 ? -1 : (int)(elapsed.TotalSeconds / done * Math.Max(0, total.Value - done));
        }

        write(record);
    }

    /// <summary>Takes the progress off the screen.</summary>
    public void Complete()
    {
        if (_isVisible)
        {
            _isVisible = false;
            write(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private string Describe(TimeSpan elapsed)
    {
        string done = _total is { } total ? string.Create(CultureInfo.InvariantCulture, $"{_done:N0} of {total:N0} done")
            : string.Create(CultureInfo.InvariantCulture, $"{_done:N0} done");
        string rate = string.Create(CultureInfo.InvariantCulture, $"{_done / elapsed.TotalSeconds:0.0} a second");
        string waiting = tally.WaitingFor is { } reason ? $"; waiting for {reason}" : "";
        return $"{(_step is null ? "" : _step + ": ")}{done}, {rate}{waiting}";
    }
}
