namespace ApiKey.Files;

/// <summary>Something in a file that cannot be read, and where.</summary>
public sealed class FileFaultException : Exception
{
    /// <summary>A fault at a place in a file; line and column count from 1.</summary>
    public FileFaultException(int line, int column, string message)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in characters.</summary>
    public int Column { get; }
}
