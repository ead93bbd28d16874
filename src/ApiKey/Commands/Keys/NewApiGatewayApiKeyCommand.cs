using System.Collections;
using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Creates API keys: one call each, and one for each usage plan. Emits each key with its value.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed partial class NewApiGatewayApiKeyCommand : ChangingCmdlet, ICompletesTags
{
    private NewKeyReport? _report;

    private protected override bool WantsOneKey => true;

    private protected override IDictionary? PipedRow => TransformPipedRowAttribute.Piped(Row);

    private protected override IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => AwsDocument.RowsOf(piped, isOfPlans: false);

    internal override string RemedyFor(IReadOnlyList<string> ids) =>
        Creation.RemedyFor("ApiKey", ids, Operations().Region, hasValue: true);

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
        {
            Name = Name,
            Description = Description,
            Enabled = Enabled,
            Value = Value?.Reveal(),
            CustomerId = CustomerId,
            Tags = (TagSet?)Tag,
        };
        string item = spec.ToString();
        IReadOnlyList<string> problems = ApiKeyField.ProblemsOf(spec, keys.Policy, ValueChecks.Of(SkipValueCheck));
        if (Refuse(Creation.ProblemOf("InvalidApiKey", item, problems), spec.Name))
        {
            return;
        }

        bool isCopy = !string.IsNullOrEmpty(Arn) || (PipedRow is { } row && AwsDocument.IsOrHolds(row));
        _report!.CopiesWithoutValue += isCopy && spec.Value is null ? 1 : 0;
        UsagePlanIdentity[] into = UsagePlanId ?? [];
        if (!Array.Exists(into, plan => Refuse(FindProblem($"{item} would be created", plan), spec.Name))
            && MayProceed("Create", NewKeyReport.Describe(item, keys.Region, into)))
        {
            Calls.Start($"Creating {item}", spec.Name!, () => keys.CreateInPlansAsync(spec, plans, into, StopToken), _report.Report,
                hasFailed: created => created.Missing.Count > 0, untaken: NewKeyReport.Describe);
        }
    }

    /// <inheritdoc/>
    protected override void Finish() => _report!.Complete();
}
