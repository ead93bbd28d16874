using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Tags;

namespace ApiKey.Cmdlets;

/// <summary>A command that creates API keys or usage plans, from parameters or from rows: what both have.</summary>
public abstract class NewCmdlet : ChangingCmdlet
{
    /// <summary>The description; of a key at most 125,000 characters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given(EmptyText = "means none")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Its own tags. They win over default tags.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>A hashtable of the pipeline: a row, its keys the columns; or what the AWS CLI lists.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [TransformAwsDocument]
    [TransformPipedRow]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public IDictionary? Row { get; set; }

    private protected sealed override IDictionary? PipedRow => TransformPipedRowAttribute.Piped(Row);

    private protected sealed override bool WantsOneKey => true;

    /// <summary>Whether it creates usage plans; API keys otherwise.</summary>
    private protected abstract bool CreatesPlans { get; }

    /// <summary>The own tags that were given; null for none.</summary>
    private protected TagSet? OwnTags => (TagSet?)Tag;

    private string Noun => CreatesPlans ? "UsagePlan" : "ApiKey";

    private protected sealed override IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => AwsDocument.RowsOf(piped, CreatesPlans);

    internal sealed override string RemedyFor(IReadOnlyList<string> ids)
    {
        (string list, string region) = (string.Join(", ", ids.Select(TypedId.Of)), Operations().Region);
        (string value, string values) = CreatesPlans ? ("", "") : (" -IncludeValue", " with their values");
        return $"Get-ApiGateway{Noun} -Id {list}{value} -Region {region} reads them{values}; Remove-ApiGateway{Noun} {list} -Region "
            + $"{region} removes them.";
    }

    /// <summary>Refuses what AWS would not accept, before any call.</summary>
    /// <param name="errorId">The id of the error.</param>
    /// <param name="item">What would be created.</param>
    /// <param name="problems">What is wrong with it, each a sentence.</param>
    /// <param name="target">The target of the error.</param>
    /// <returns>Whether anything is wrong with it.</returns>
    private protected bool Refuse(string errorId, string item, IReadOnlyList<string> problems, object? target) =>
        Refuse(problems.Count == 0 ? null : (errorId, $"{item} was not created. {string.Join(' ', problems)}"), target);
}
