namespace ApiKey.Binding;

/// <summary>A row of the pipeline that does not say what a command can use. Its text says which entry and why.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What found it.</param>
internal sealed class RowException(string message, Exception? innerException = null) : Exception(message, innerException);
