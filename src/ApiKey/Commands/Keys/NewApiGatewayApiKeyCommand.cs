using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Creates API keys: one call each, and one for each usage plan. Emits each key with its value.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class NewApiGatewayApiKeyCommand : NewCmdlet
{
    private NewKeyReport? _report;

    /// <summary>The name, 1 to 1024 characters. Names need not be unique.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformName(Own = nameof(ApiKeyInfo), IsNeeded = true, Sample = "partner-acme")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString; generated if omitted. It can never change.</summary>
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

    private protected override bool CreatesPlans => false;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Arn is not null)
        {
            ThrowProblem("ArnNotSupported", "AWS assigns the ARN of a new API key. Omit -Arn.", nameof(Arn));
        }

        _report = new NewKeyReport(this);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        (ApiKeyOperations keys, var plans) = OperationsAt(origin: null);
        ApiKeySpec spec = new()
        { Name = Name, Description = Description, Enabled = Enabled, Value = Value?.Reveal(), CustomerId = CustomerId, Tags = OwnTags };
        IReadOnlyList<string> problems = ApiKeyField.ProblemsOf(spec, keys.Policy, ValueChecks.Of(SkipValueCheck));
        if (Refuse("InvalidApiKey", spec.ToString(), problems, spec.Name))
        {
            return;
        }

        _report!.CopiesWithoutValue += spec.Value is null && (!string.IsNullOrEmpty(Arn) || AwsDocument.IsOrHolds(Row)) ? 1 : 0;
        UsagePlanIdentity[] into = UsagePlanId ?? [];
        if (!Array.Exists(into, plan => plan.Connection is { } other && Refuse(
                PlaceCheck.ProblemOf($"{spec} would be created", Here with { Region = keys.Region }, plan, other), spec.Name))
            && MayProceed("Create", NewKeyReport.Describe(spec, keys.Region, into)))
        {
            Calls.Start($"Creating {spec}", spec.Name!, () => keys.CreateInPlansAsync(spec, plans, into, StopToken), _report.Tell,
                hasFailed: created => created.Missing.Count > 0, untaken: NewKeyReport.Describe);
        }
    }

    /// <inheritdoc/>
    protected override void Finish() => _report!.Complete();
}
