using System.Globalization;
using System.Management.Automation.Host;

namespace ApiKey.Shell;

/// <summary>What the engine sees of the console.</summary>
internal sealed class ConsoleHost(bool nonInteractive) : PSHost
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public override string Name => "ApiKey.Shell";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => _culture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new ConsoleInterface(nonInteractive);

    /// <summary>What the script's "exit" said; null when it did not.</summary>
    public int? ExitCode { get; set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This console has no nested prompt. Answer the question another way.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This console has no nested prompt.");

    public override void NotifyBeginApplication()
    {
        // Native programs share the console as it is.
    }

    public override void NotifyEndApplication()
    {
        // Nothing was changed for them.
    }
}
