using System.Globalization;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>
/// Something wrong at a place in a file; line and column count from 1, as editors do. Objects have no lines: then the line is
/// the object's number, from 1, and the column is 0.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in characters.</param>
/// <param name="Message">What is wrong and what to do; never a value.</param>
public sealed record FileFault(int Line, int Column, string Message)
{
    /// <summary>What is wrong and what to do; never a value.</summary>
    public string Message { get; } = Show.Message(Message);

    /// <summary>For reading: <c>line 4, column 7: …</c>, or <c>object 4: …</c>.</summary>
    public override string ToString() => Column == 0
        ? string.Create(CultureInfo.InvariantCulture, $"object {Line}: {Show.Escape(Message)}")
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Show.Escape(Message)}");
}

/// <summary>A file that cannot be used as it is, with every problem in it.</summary>
public sealed class FileFaultException : Exception
{
    /// <summary>After so many problems the rest of a file is not looked at: it is of another kind.</summary>
    internal const int MostFaults = 1000;

    /// <summary>One problem.</summary>
    public FileFaultException(int line, int column, string message)
        : base(Show.Escape(Show.Message(message)))
    {
        Faults = [new FileFault(line, column, message)];
    }

    /// <summary>Every problem of a file.</summary>
    public FileFaultException(string path, IReadOnlyList<FileFault> faults)
        : base(Tell(path, faults))
    {
        Faults = faults;
    }

    /// <summary>The problems in file order.</summary>
    public IReadOnlyList<FileFault> Faults { get; }

    private static string Tell(string path, IReadOnlyList<FileFault> faults)
    {
        string count = faults.Count == 1 ? "a problem" : faults.Count < MostFaults ? $"{faults.Count} problems" : $"{MostFaults} problems or more";
        return string.Join(Environment.NewLine, [$"{Show.Escape(path)} has {count}, so nothing was sent:", .. faults.Select(fault => "  " + fault)]);
    }
}
