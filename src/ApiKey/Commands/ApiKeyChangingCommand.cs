using System.Management.Automation;

namespace ApiKey.Commands;

/// <summary>A command that changes keys: several calls at once, and a question first.</summary>
public abstract class ApiKeyChangingCommand : ApiKeyCommand
{
    /// <summary>How many calls may be in flight at once, 1 to 64. Results come out in input order whatever the number.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = DefaultThrottleLimit;

    /// <inheritdoc/>
    protected override int MaxInFlight => ThrottleLimit;

    /// <summary>Asks ShouldProcess in a sentence.</summary>
    /// <param name="verb">What is done, for example <c>Remove</c>.</param>
    /// <param name="item">To what, for example <c>API key 'a' in us-east-1</c>.</param>
    protected bool MayProceed(string verb, string item) => ShouldProcess($"{verb} {item}.", $"{verb} {item}?", "Confirm");
}
