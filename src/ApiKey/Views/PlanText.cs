using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Views;

/// <summary>How a change of a plan reads on the screen, as Terraform shows one. It also reads one that came back from a job or a
/// file.</summary>
public static class PlanText
{
    private const string Indent = "        ";

    /// <summary>The change on a line, below it why where that matters, what differs, and the summary after the last one.</summary>
    public static string Of(PSObject change)
    {
        (string sign, string color) = $"{Get(change, nameof(PlannedChange.Action))}" switch
        {
            nameof(PlanAction.Create) => ("  +", ViewText.Green),
            nameof(PlanAction.Update) => ("  ~", ViewText.Yellow),
            nameof(PlanAction.Replace) => ("-/+", ViewText.Magenta),
            nameof(PlanAction.Remove) => ("  -", ViewText.Red),
            _ => ("   ", ""),
        };
        List<string> lines = [$"{color}{sign}{ViewText.Reset} {ViewText.Of(Get(change, nameof(PlannedChange.Title)))}"];
        if (NoteOn(change) is { } note)
        {
            lines.Add(ViewText.Wrapped(note, $"{Indent}# ", $"{Indent}# "));
        }

        lines.AddRange(LanguagePrimitives.ConvertTo<object[]>(Get(change, nameof(PlannedChange.Differences)) ?? Array.Empty<object>())
            .Select(difference => Indent + ViewText.Of($"{difference}")));
        if (Get(change, nameof(PlannedChange.Summary)) is { } summary)
        {
            lines.AddRange(["", $"{summary}"]);
        }

        return string.Join('\n', lines);
    }

    private static string? NoteOn(PSObject change) =>
        ($"{Get(change, nameof(PlannedChange.Status))}", $"{Get(change, nameof(PlannedChange.Action))}") switch
        {
            (nameof(ChangeStatus.NotDone), _) => $"NOT DONE: {Get(change, nameof(PlannedChange.Reason))}",
            (nameof(ChangeStatus.Planned), nameof(PlanAction.Replace) or nameof(PlanAction.Remove)) =>
                $"{Get(change, nameof(PlannedChange.Reason))}",
            _ => null,
        };

    private static object? Get(PSObject change, string property) => change?.Properties[property]?.Value;
}
