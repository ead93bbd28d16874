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
public sealed record FileProblem(int Line, int Column, string Message)
{
    /// <summary>What is wrong and what to do; never a value.</summary>
    public string Message { get; } = Show.Message(Message);

    /// <summary>For reading: <c>line 4, column 7: …</c>, or <c>object 4: …</c>.</summary>
    public override string ToString() => Column == 0
        ? string.Create(CultureInfo.InvariantCulture, $"object {Line}: {Show.Escape(Message)}")
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Show.Escape(Message)}");
}

/// <summary>A file that cannot be used as it is, with every problem in it.</summary>
public sealed class FileProblemException : Exception, IHasOwnLines
{
    /// <summary>After so many problems the rest of a file is not looked at: it is of another kind.</summary>
    internal const int MostProblems = 1000;

    /// <summary>One problem.</summary>
    public FileProblemException(int line, int column, string message)
        : base(Show.Escape(Show.Message(message)))
    {
        Problems = [new FileProblem(line, column, message)];
    }

    /// <summary>Every problem of a file.</summary>
    public FileProblemException(string path, IReadOnlyList<FileProblem> problems)
        : base(Describe(path, problems))
    {
        Problems = problems;
    }

    /// <summary>The problems in file order.</summary>
    public IReadOnlyList<FileProblem> Problems { get; }

    private static string Describe(string path, IReadOnlyList<FileProblem> problems)
    {
        string count = problems.Count == 1 ? "a problem" : problems.Count < MostProblems ? $"{problems.Count} problems"
            : $"{MostProblems} problems or more";
        return string.Join(Environment.NewLine,
            [$"{Show.Escape(path)} has {count}, so nothing was sent:", .. problems.Select(problem => "  " + problem)]);
    }
}
