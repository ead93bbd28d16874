namespace ApiKey.Emulator.Store;

/// <summary>A state file that cannot be used: another emulator has it, or it cannot be read or written.</summary>
public sealed class StateFileException : IOException
{
    /// <summary>A sentence that names the file and what to do.</summary>
    public StateFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another emulator has the file.</summary>
    public bool IsInUse { get; init; }
}
