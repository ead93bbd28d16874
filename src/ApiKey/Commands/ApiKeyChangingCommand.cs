using System.Management.Automation;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;

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

    // Whether a person will be asked: by -Confirm, or because the session wants to be asked about such commands.
    private bool Asks =>
        Said("WhatIf") is not true
        && (Said("Confirm") ?? (GetVariableValue("ConfirmPreference") is ConfirmImpact preference && preference != ConfirmImpact.None && preference <= Impact));

    private ConfirmImpact Impact => ((CmdletAttribute)Attribute.GetCustomAttribute(GetType(), typeof(CmdletAttribute))!).ConfirmImpact;

    /// <summary>
    /// A key given by its id alone, read when a person is asked about it: an id says nothing to a person. One call
    /// then, none otherwise.
    /// </summary>
    /// <returns>The key; null when there is none to be asked about, which is told unless it is accepted.</returns>
    private protected ApiKeyIdentity? Recognize(string what, ApiKeyOperations operations, ApiKeyIdentity identity, Func<ApiGatewayException, bool>? accept = null)
    {
        if (identity.Key is not null || !Asks)
        {
            return identity;
        }

        ApiKeyIdentity? seen = null;
        Try($"{what} API key '{identity}'", identity.Id, () => seen = new ApiKeyIdentity(Await(operations.GetAsync(identity.Id, includeValue: false, StopToken))), accept);
        return seen;
    }

    private bool? Said(string parameter) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) ? ((SwitchParameter)value).ToBool() : null;

    /// <summary>Asks ShouldProcess in a sentence.</summary>
    /// <param name="verb">What is done, for example <c>Remove</c>.</param>
    /// <param name="item">To what, for example <c>API key 'a' in us-east-1</c>.</param>
    protected bool MayProceed(string verb, string item) => ShouldProcess($"{verb} {item}.", $"{verb} {item}?", "Confirm");
}
