namespace ApiKey.Import;

/// <summary>A key file that another import is working on.</summary>
internal sealed class ImportInProgressException : IOException
{
    /// <summary>Another import is under way.</summary>
    /// <param name="message">Which file, whose import it is and since when.</param>
    /// <param name="innerException">What the operating system reported.</param>
    public ImportInProgressException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
