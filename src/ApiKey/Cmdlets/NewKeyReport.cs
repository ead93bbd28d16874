using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What New-ApiGatewayApiKey tells: keys as objects, plans that a key did not join as errors, and at the end what else to
/// know.</summary>
/// <param name="command">The command.</param>
internal sealed class NewKeyReport(ChangingCmdlet command)
{
    private int _withoutPlan;

    /// <summary>How many copies of keys come without the value.</summary>
    public int CopiesWithoutValue { get; set; }

    /// <summary>What would be created, as a question has it.</summary>
    public static string Describe(string item, string region, IReadOnlyList<UsagePlanIdentity> plans)
        => $"{item} in {region}" + (plans.Count == 0 ? ""
            : " and add it to usage plan "
                + string.Join(", ", plans.Select(plan => plan.Id).Distinct(StringComparer.Ordinal).Select(Show.Plain)));

    /// <summary>What to report of a key that nobody received.</summary>
    public static Untaken Describe(CreatedKey created) => new(string.Join(' ', created.Missing.Select(one => ReasonOf(created, one))
        .Prepend($"API key {Show.Quote(created.Key.Name)} was made: {created.Key.Id}.")), created.Key.Id);

    /// <summary>Tells what came of one key.</summary>
    public void Report(CreatedKey created)
    {
        int written = 0;
        try
        {
            command.WriteKey(created.Key);
            _withoutPlan += created.PlanCount == 0 ? 1 : 0;
            foreach (MissingPlan one in created.Missing)
            {
                written++;
                command.Calls.Try($"Adding API key '{created.Key}' to its usage plan", created.Key,
                    () => throw one.Failure.Because(ReasonOf(created, one)));
            }
        }
        catch
        {
            // The key went on to the next command, and that or the first failure ended this one: the others are reported all the same.
            Array.ForEach([.. created.Missing.Skip(written)], one => command.Calls.AddUnreceived(ReasonOf(created, one)));
            throw;
        }
    }

    /// <summary>Tells what else there is to know of all keys.</summary>
    public void Complete()
    {
        if (CopiesWithoutValue > 0)
        {
            (string keys, string values) = CopiesWithoutValue == 1 ? ("1 API key was", "its value, so a new one is")
                : ($"{CopiesWithoutValue} API keys were", "their values, so new ones are");
            command.WriteWarning($"{keys} piped without {values} generated. To copy values too, read them with Get-ApiGatewayApiKey "
                + "-IncludeValue or Export-ApiGatewayApiKey -IncludeValue.");
        }

        if (_withoutPlan > 0)
        {
            command.WriteVerbose($"{_withoutPlan} of the new API keys {(_withoutPlan == 1 ? "is" : "are")} in no usage plan, and a key "
                + "grants no access until it is in one. Add-ApiGatewayUsagePlanKey puts keys into plans, -UsagePlanId does it at once.");
        }
    }

    private static string ReasonOf(CreatedKey created, MissingPlan missing) =>
        $"{missing.Failure.Message.TrimEnd('.')}. The key was made and is kept. Once the cause is fixed, finish with: "
        + $"Add-ApiGatewayUsagePlanKey -UsagePlanId {TypedId.Of(Show.Plain(missing.PlanId))} -Id {TypedId.Of(created.Key.Id)} "
        + $"-Region {created.Key.Region}";
}
