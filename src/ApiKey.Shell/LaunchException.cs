namespace ApiKey.Shell;

/// <summary>PowerShell cannot be started; the message says why and what to do.</summary>
internal sealed class LaunchException(string message) : Exception(message);
