using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Cmdlets;

/// <summary>A command that changes keys or plans: several calls at once, and a question first.</summary>
public abstract class ChangingCmdlet : ApiGatewayCmdlet
{
    // Who is asked about more keys than that answers Yes to All, and would wait for a call a key.
    private const int MostDescribedKeys = 8;

    private int _describedKeys;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>
    /// How many items may be under way at once, 1 to 64. With 1, the default, each result is written before the next item is
    /// taken. With more, results keep their order, but further items are under way when one is written.
    /// </summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 64)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    internal override int MaxInFlight => ThrottleLimit!.Value;

    /// <inheritdoc/>
    private protected override bool SpansRecords => ThrottleLimit > 1;

    // Whether a person will be asked: by -Confirm, or because the session wants to be asked about such commands.
    private bool Asks =>
        SwitchOf("WhatIf") is not true
        && (SwitchOf("Confirm") ?? (GetVariableValue("ConfirmPreference")
            is ConfirmImpact preference && preference != ConfirmImpact.None && preference <= Impact));

    private ConfirmImpact Impact => ((CmdletAttribute)Attribute.GetCustomAttribute(GetType(), typeof(CmdletAttribute))!).ConfirmImpact;

    /// <summary>
    /// A key given by its id alone, read when a person is asked about it: an id says nothing to a person. One call
    /// then, none otherwise.
    /// </summary>
    /// <returns>The key; null when there is none to be asked about, which is an error unless it is accepted.</returns>
    private protected ApiKeyIdentity? ReadToAsk(string what, ApiKeyOperations operations, ApiKeyIdentity identity,
        Func<ApiGatewayException, bool>? accept = null)
    {
        if (identity.Key is not null || !Asks)
        {
            WarnOfStack($"API key '{identity}'", identity.Key?.StackName);
            return identity;
        }

        ApiKeyIdentity? seen = null;
        Calls.Try($"{what} API key '{identity}'", identity.Id,
            () => seen = new ApiKeyIdentity(Calls.Await(operations.GetAsync(identity.Id, includeValue: false, StopToken))), accept);
        WarnOfStack($"API key '{seen}'", seen?.Key?.StackName);
        return seen;
    }

    /// <summary>A plan given by its name, looked up when a person is asked about it, so that the question is about a plan that is
    /// there.</summary>
    /// <returns>The plan; null when there is none to be asked about, which is an error unless it is accepted.</returns>
    private protected UsagePlanIdentity? FindPlanToAsk(string what, UsagePlanOperations operations, UsagePlanIdentity given,
        Func<ApiGatewayException, bool>? accept = null) => Asks ? FindPlan(what, given, operations, accept) : given;

    /// <summary>Each key given, in each plan given; what cannot be meant together is an error and passed over. A plan is looked up as by
    /// <see cref="FindPlanToAsk"/>.</summary>
    private protected IEnumerable<(UsagePlanIdentity Plan, ApiKeyIdentity Key, UsagePlanOperations Operations)> KeysInPlansToAsk(
        UsagePlanIdentity[] plans, ApiKeyIdentity[] keys)
    {
        foreach (UsagePlanIdentity plan in plans)
        {
            foreach (ApiKeyIdentity key in keys.Where(key => !RefuseElsewhere(key, plan)))
            {
                UsagePlanOperations operations = PlanOperations(key.Connection ?? plan.Connection);
                if (FindPlanToAsk("Finding", operations, plan) is { } found)
                {
                    yield return (found, key, operations);
                }
            }
        }
    }

    /// <summary>What a person who is asked about a key should know next to its name: the usage plans it is in. One call then, none
    /// otherwise.</summary>
    private protected string DescribePlans(ApiKeyIdentity identity)
    {
        if (!Asks || ++_describedKeys > MostDescribedKeys)
        {
            return "";
        }

        try
        {
            IReadOnlyList<UsagePlanInfo> plans = Calls.Await(PlanOperations(identity.Connection).ListAllAsync(identity.Id, StopToken));
            return plans.Count == 0 ? ", which is in no usage plan"
                : $", which is in usage {(plans.Count == 1 ? "plan" : "plans")} {string.Join(", ", plans.Select(plan => $"'{plan}'"))}";
        }
        catch (ApiGatewayException failure)
        {
            // Who may remove keys need not be allowed to read plans.
            WriteVerbose($"The usage plans of API key '{identity}' could not be read: {failure.Message}");
            return "";
        }
    }

    /// <summary>Warns before something is touched that a CloudFormation stack owns. What was given by its id alone is not read for
    /// that.</summary>
    internal void WarnOfStack(string what, string? stackName)
    {
        if (stackName is not null)
        {
            WriteWarning($"{what} {StackDrift.IsOwnedBy(1, stackName)}");
        }
    }

    private bool? SwitchOf(string parameter) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) ? ((SwitchParameter)value).ToBool() : null;

    /// <summary>Asks ShouldProcess in a sentence.</summary>
    /// <param name="verb">What is done, for example <c>Remove</c>.</param>
    /// <param name="item">To what, for example <c>API key 'a' in us-east-1</c>.</param>
    /// <param name="deletes">Whether this deletes something, though the command need not: its impact is fixed, but deleting asks by
    /// default.</param>
    internal bool MayProceed(string verb, string item, bool deletes = false) =>
        ShouldProcess($"{verb} {item}.", $"{verb} {item}?", "Confirm")
            && (!deletes || SwitchOf("Confirm") is not null || GetVariableValue("ConfirmPreference") is not ConfirmImpact.High
                || ShouldContinue($"{verb} {item}?", "Confirm", ref _yesToAll, ref _noToAll));
}
