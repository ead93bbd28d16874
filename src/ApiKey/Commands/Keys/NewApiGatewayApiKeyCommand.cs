using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>Creates API keys: one call each, and one for each usage plan. Emits each key with its value.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class NewApiGatewayApiKeyCommand : ApiKeyWriteCommand
{
    private int _unplanned;
    private int _withoutValue;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(ApiKeyInfo))]
    [AllowNull]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given(EmptyText = "means none")]
    public override string? Description { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformEnabled]
    public override bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString. One is generated when none is given; it can never change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformSecret]
    [Alias("Key")]
    public override Secret? Value { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    [Alias("customer_id")]
    public override string? CustomerId { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    public override IDictionary? Tag { get; set; }

    /// <summary>The usage plans the key is put into: ids or plan objects. A key opens nothing before it is in one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformUsagePlanId]
    [Alias("UsagePlanIds")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[]? UsagePlanId { get; set; }

    /// <summary>Tells a copy of a key from a row that describes a new one. It only binds from the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Given]
    public string? Arn { get; set; }

    /// <summary>Leaves the check of the value's length and letters to AWS, which in practice takes more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IDictionary? Row { get; set; }

    private protected override IDictionary? PipedRow => Row;

    private protected override string WayOut(IReadOnlyList<string> ids) =>
        $"Get-ApiGatewayApiKey -Id {string.Join(", ", ids)} -IncludeValue -Region {Operations().Region} reads them with their values; Remove-ApiGatewayApiKey {string.Join(", ", ids)} -Region {Operations().Region} removes them.";

    /// <inheritdoc/>
    protected override bool AsksForOne => true;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Arn is not null)
        {
            ThrowFault("ArnNotSupported", "AWS assigns the ARN of a new API key. Omit -Arn.", nameof(Arn));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        ApiKeySpec spec = ReadSpec();
        ApiKeyOperations operations = Operations();
        string item = spec.ToString();
        if (ApiKeyField.FaultsOf(spec, operations.Policy, SkipValueCheck) is { Count: > 0 } faults)
        {
            WriteFault("InvalidApiKey", $"{item} was not created. {string.Join(' ', faults)}", spec.Name);
            return;
        }

        _withoutValue += spec.Value is null && !string.IsNullOrEmpty(Arn) ? 1 : 0;
        UsagePlanOperations plans = PlanOperations();
        UsagePlanIdentity[] given = UsagePlanId ?? [];
        if (Array.Exists(given, plan => plan.Connection is { } other && RefuseElsewhere($"{item} would be created", Here with { Region = operations.Region }, plan, other, spec.Name)))
        {
            return;
        }

        string[] planIds = [.. given.Select(plan => plan.Id).Distinct(StringComparer.Ordinal)];
        string into = planIds.Length == 0 ? "" : $" and add it to usage plan {string.Join(", ", planIds.Select(Show.Plain))}";
        if (MayProceed("Create", $"{item} in {operations.Region}{into}"))
        {
            Start($"Creating {item}", spec.Name!, () => CreateAsync(operations, plans, spec, planIds), Emit, hasFailed: made => made.Faults.Count > 0, untaken: made => Tell(made, item));
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_withoutValue > 0)
        {
            (string keys, string values) = _withoutValue == 1 ? ("1 API key was", "its value, so a new one is") : ($"{_withoutValue} API keys were", "their values, so new ones are");
            WriteWarning($"{keys} piped without {values} generated. To copy values too, read them with Get-ApiGatewayApiKey -IncludeValue or Export-ApiGatewayApiKey -IncludeValue.");
        }

        if (_unplanned > 0)
        {
            WriteVerbose($"{_unplanned} of the new API keys {(_unplanned == 1 ? "is" : "are")} in no usage plan, and a key opens nothing before it is in one. Add-ApiGatewayUsagePlanKey puts keys into plans, -UsagePlanId does it at once.");
        }
    }

    private async Task<NewKey> CreateAsync(ApiKeyOperations operations, UsagePlanOperations plans, ApiKeySpec spec, string[] planIds)
    {
        NewKey made = new(await operations.CreateAsync(spec, StopToken), planIds, new Queue<ApiGatewayException>());
        foreach (string planId in planIds)
        {
            try
            {
                await plans.AddKeyAsync(planId, made.Key.Id, StopToken);
            }
            catch (ApiGatewayException failure)
            {
                // The key is made and has its value: it is kept, and what is missing is told.
                made.Faults.Enqueue(failure.Because($"{failure.Message.TrimEnd('.')}. The key was made and is kept. When the cause is mended, finish with: Add-ApiGatewayUsagePlanKey -UsagePlanId {Show.Plain(planId)} -Id {made.Key.Id} -Region {operations.Region}"));
            }
        }

        return made;
    }

    private static Untaken Tell(NewKey made, string item) =>
        new($"{item} was made: {made.Key.Id}.{string.Concat(made.Faults.Select(fault => $" {fault.Message}"))}", made.Key.Id);

    private void Emit(NewKey made)
    {
        try
        {
            WriteKey(made.Key);
            _unplanned += made.PlanIds.Length == 0 ? 1 : 0;
            while (made.Faults.TryDequeue(out ApiGatewayException? fault))
            {
                Try($"Adding API key '{made.Key}' to its usage plan", made.Key, () => throw fault);
            }
        }
        catch
        {
            // The key went on to the next command, and that or the first fault ended this one: the other faults are told all the same.
            foreach (ApiGatewayException fault in made.Faults)
            {
                Leave(fault.Message);
            }

            throw;
        }
    }

    /// <summary>A key that was made, and what went wrong with its plans.</summary>
    private sealed record NewKey(ApiKeyInfo Key, string[] PlanIds, Queue<ApiGatewayException> Faults);
}
