using System.Collections;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// Judges what a command is asked to change about API keys or usage plans. Everything but the identity comes from the command line, so it
/// is judged once, before any call: what is wrong ends the command, and tags that stay as they are is a warning.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="tags">What is to change about the tags.</param>
internal sealed class ChangeCheck(ApiGatewayCmdlet command, TagChange tags)
{
    /// <summary>What is to change about the tags, as the parameters say it.</summary>
    public static TagChange TagsOf(IDictionary? exactly, IDictionary? add, string[]? remove) =>
        new((TagSet?)exactly, (TagSet?)add ?? TagSet.Empty, remove ?? []);

    /// <summary>Ends the command when what is asked for cannot be done.</summary>
    /// <param name="errorId">The error id of what AWS would not accept.</param>
    /// <param name="changesNothing">Whether nothing is to change.</param>
    /// <param name="parameters">What could be, as it is typed, next to name, description and tags.</param>
    /// <param name="contradiction">What of it excludes each other; null for nothing.</param>
    /// <param name="problems">What AWS would not accept under a tag policy.</param>
    public void Refuse(string errorId, bool changesNothing, string parameters, string? contradiction,
        Func<TagPolicy, IReadOnlyList<string>> problems)
    {
        TagPolicy policy = command.SessionPolicy;
        object target = command.MyInvocation.InvocationName;
        if ((contradiction ?? FindContradiction()) is { } contradictory)
        {
            command.ThrowProblem("ContradictoryParameters", contradictory, target);
        }

        if (changesNothing)
        {
            command.ThrowProblem("NothingToChange", $"Nothing to change was given. Specify at least one of -Name, -Description, "
                + $"{parameters}, -Tag, -AddTag, -RemoveTag.", target);
        }

        if (problems(policy) is { Count: > 0 } found)
        {
            command.ThrowProblem(errorId, string.Join(' ', found), target);
        }

        foreach (string key in tags.Named.Where(policy.IsForeign))
        {
            command.WriteWarning($"The tag {Show.Quote(key)} is ignored by this connection (-IgnoreTag, -IgnoreTagPrefix) and stays as it "
                + "is.");
        }
    }

    private string? FindContradiction() =>
        tags.Exactly is not null && tags.Add.Count + tags.Remove.Count > 0
            ? "-Tag sets exactly these tags; -AddTag and -RemoveTag change some of them. Use either the one or the others."
        : tags.Remove.FirstOrDefault(tags.Add.ContainsKey) is { } both
            ? $"The tag {Show.Quote(both)} is in -AddTag and in -RemoveTag. To change its value, -AddTag is enough."
        : null;
}
