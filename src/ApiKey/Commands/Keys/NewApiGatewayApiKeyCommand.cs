using System.Collections;
using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Commands;

/// <summary>Creates API keys: one call each, and one for each usage plan. Emits each key with its value.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class NewApiGatewayApiKeyCommand : ChangingCmdlet
{
    private int _withoutPlan;
    private int _withoutValue;

    /// <summary>The name, 1 to 1024 characters. Names need not be unique.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(ApiKeyInfo), IsNeeded = true, Sample = "partner-acme")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The description, at most 125,000 characters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given(EmptyText = "means none")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString. One is generated when none is given; it can never
    /// change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformSecret]
    [Alias("Key")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>The AWS Marketplace customer identifier.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    [Alias("customer_id")]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The key's own tags. They win over default tags.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>The usage plans the key is put into: ids or plan objects. A key grants no access until it is in one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformUsagePlanId]
    [Alias("UsagePlanIds", "usage_plans")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[]? UsagePlanId { get; set; }

    /// <summary>Tells a copy of a key from a row that describes a new one. It only binds from the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Arn { get; set; }

    /// <summary>Leaves the check of the value's length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns; or what the AWS CLI lists.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [TransformAwsDocument]
    [TransformPipedRow]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? Row { get; set; }

    private protected override IDictionary? PipedRow => TransformPipedRowAttribute.Piped(Row);

    private protected override IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => AwsDocument.RowsOf(piped, isOfPlans: false);

    private protected override bool WantsOneKey => true;

    internal override string RemedyFor(IReadOnlyList<string> ids)
    {
        (string list, string region) = (string.Join(", ", ids), Operations().Region);
        return $"Get-ApiGatewayApiKey -Id {list} -IncludeValue -Region {region} reads them with their values; Remove-ApiGatewayApiKey "
            + $"{list} -Region {region} removes them.";
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Arn is not null)
        {
            ThrowProblem("ArnNotSupported", "AWS assigns the ARN of a new API key. Omit -Arn.", nameof(Arn));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        ApiKeySpec spec = new()
        {
            Name = Name,
            Description = Description,
            Enabled = Enabled,
            Value = Value?.Reveal(),
            CustomerId = CustomerId,
            Tags = (TagSet?)Tag
        };
        (ApiKeyOperations keys, UsagePlanOperations plans) = OperationsAt(origin: null);
        string item = spec.ToString();
        if (ApiKeyField.ProblemsOf(spec, keys.Policy, ValueChecks.Of(SkipValueCheck)) is { Count: > 0 } problems)
        {
            WriteProblem("InvalidApiKey", $"{item} was not created. {string.Join(' ', problems)}", spec.Name);
            return;
        }

        _withoutValue += spec.Value is null && (!string.IsNullOrEmpty(Arn) || AwsDocument.IsOrHolds(Row)) ? 1 : 0;
        UsagePlanIdentity[] given = UsagePlanId ?? [];
        if (Array.Exists(given, plan => plan.Connection is { } other && Refuse(
            PlaceCheck.ProblemOf($"{item} would be created", Here with { Region = keys.Region }, plan, other), spec.Name)))
        {
            return;
        }

        UsagePlanIdentity[] into = [.. given.DistinctBy(plan => plan.Id, StringComparer.Ordinal)];
        string adding = into.Length == 0 ? "" : $" and add it to usage plan {string.Join(", ", into.Select(plan => Show.Plain(plan.Id)))}";
        if (MayProceed("Create", $"{item} in {keys.Region}{adding}"))
        {
            Calls.Start(
                $"Creating {item}",
                spec.Name!,
                () => keys.CreateInPlansAsync(spec, plans, into, StopToken),
                created => Write(created, hasPlan: into.Length > 0),
                hasFailed: created => created.Missing.Count > 0,
                untaken: created => new Untaken(string.Join(' ', created.Missing.Select(ReasonOf(created.Key))
                    .Prepend($"{item} was made: {created.Key.Id}.")), created.Key.Id));
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_withoutValue > 0)
        {
            (string keys, string values) = _withoutValue == 1 ? ("1 API key was", "its value, so a new one is")
                : ($"{_withoutValue} API keys were", "their values, so new ones are");
            WriteWarning($"{keys} piped without {values} generated. To copy values too, read them with Get-ApiGatewayApiKey -IncludeValue "
                + "or Export-ApiGatewayApiKey -IncludeValue.");
        }

        if (_withoutPlan > 0)
        {
            WriteVerbose($"{_withoutPlan} of the new API keys {(_withoutPlan == 1 ? "is" : "are")} in no usage plan, and a key grants no "
                + "access until it is in one. Add-ApiGatewayUsagePlanKey puts keys into plans, -UsagePlanId does it at once.");
        }
    }

    private void Write(CreatedKey created, bool hasPlan)
    {
        int written = 0;
        try
        {
            WriteKey(created.Key);
            _withoutPlan += hasPlan ? 0 : 1;
            foreach ((string planId, ApiGatewayException failure) in created.Missing)
            {
                written++;
                Calls.Try($"Adding API key '{created.Key}' to its usage plan", created.Key,
                    () => throw failure.Because(ReasonOf(created.Key)((planId, failure))));
            }
        }
        catch
        {
            // The key went on to the next command, and that or the first failure ended this one: the others are reported all the same.
            Array.ForEach([.. created.Missing.Skip(written).Select(ReasonOf(created.Key))], Calls.AddUnreceived);
            throw;
        }
    }

    private static Func<(string PlanId, ApiGatewayException Failure), string> ReasonOf(ApiKeyInfo key) => missing =>
        $"{missing.Failure.Message.TrimEnd('.')}. The key was made and is kept. Once the cause is fixed, finish with: "
        + $"Add-ApiGatewayUsagePlanKey -UsagePlanId {Show.Plain(missing.PlanId)} -Id {key.Id} -Region {key.Region}";
}
