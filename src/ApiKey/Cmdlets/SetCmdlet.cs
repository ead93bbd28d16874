using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>A command that changes API keys or usage plans in place: what both have, and the judgement of what is asked for. What is not
/// specified stays as it is.</summary>
public abstract class SetCmdlet : ChangingCmdlet
{
    /// <summary>The new name. Names need not be unique.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The new description, of a key at most 125,000 characters; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

    /// <summary>Their own tags, exactly these. They win over default tags.</summary>
    [Parameter]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>Tags to put on them next to those they have.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? AddTag { get; set; }

    /// <summary>Keys of tags to take off. A default tag that was overridden comes back with its default value.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Emits each as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is to change about the tags.</summary>
    private protected TagChange TagChange => new((TagSet?)Tag, (TagSet?)AddTag ?? TagSet.Empty, RemoveTag ?? []);

    /// <summary>
    /// Judges what is asked for. Everything but the identity comes from the command line, so it is judged once, before any call: what is
    /// wrong ends the command, and tags that stay as they are is a warning.
    /// </summary>
    /// <param name="errorId">The error id of what AWS would not accept.</param>
    /// <param name="changesNothing">Whether nothing is to change.</param>
    /// <param name="parameters">What could be, as it is typed, besides what every command of this kind can change.</param>
    /// <param name="contradiction">What of it excludes each other; null for nothing.</param>
    /// <param name="problems">What AWS would not accept under a tag policy.</param>
    private protected void RefuseBadChange(string errorId, bool changesNothing, string parameters, string? contradiction,
        Func<TagPolicy, IReadOnlyList<string>> problems)
    {
        TagPolicy policy = SessionPolicy;
        object target = MyInvocation.InvocationName;
        if ((contradiction ?? FindContradiction(TagChange)) is { } contradictory)
        {
            ThrowProblem("ContradictoryParameters", contradictory, target);
        }

        if (changesNothing)
        {
            ThrowProblem("NothingToChange", $"Nothing to change was given. Specify at least one of -Name, -Description, {parameters}, "
                + "-Tag, -AddTag, -RemoveTag.", target);
        }

        if (problems(policy) is { Count: > 0 } found)
        {
            ThrowProblem(errorId, string.Join(' ', found), target);
        }

        foreach (string key in TagChange.Named.Where(policy.IsForeign))
        {
            WriteWarning($"The tag {Show.Quote(key)} is ignored by this connection (-IgnoreTag, -IgnoreTagPrefix) and stays as it is.");
        }
    }

    private static string? FindContradiction(TagChange change) =>
        change.Exactly is not null && change.Add.Count + change.Remove.Count > 0
            ? "-Tag sets exactly these tags; -AddTag and -RemoveTag change some of them. Use either the one or the others."
        : change.Remove.FirstOrDefault(change.Add.ContainsKey) is { } both
            ? $"The tag {Show.Quote(both)} is in -AddTag and in -RemoveTag. To change its value, -AddTag is enough."
        : null;
}
