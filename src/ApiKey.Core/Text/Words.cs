namespace ApiKey.Text;

/// <summary>What a text of Core can advise a user to do.</summary>
internal enum Act
{
    /// <summary>Lists keys, or those of a name.</summary>
    ShowKeys,

    /// <summary>Lists the keys whose names several have.</summary>
    ShowNamesakes,

    /// <summary>Changes a key.</summary>
    ChangeKey,

    /// <summary>Removes keys.</summary>
    RemoveKeys,

    /// <summary>Rotates a key, or finishes that.</summary>
    RotateKey,

    /// <summary>Shows what keys used.</summary>
    ShowUsage,

    /// <summary>Lists usage plans, or those of a name.</summary>
    ShowPlans,

    /// <summary>Lists the usage plans of a key.</summary>
    ShowPlansOfKey,

    /// <summary>Gives a usage plan a name, which follows.</summary>
    NamePlan,

    /// <summary>Puts a key into a usage plan.</summary>
    JoinPlan,

    /// <summary>Takes a key out of a usage plan.</summary>
    LeavePlan,

    /// <summary>Sets the connection.</summary>
    Connect,

    /// <summary>Writes a file of columns with commas.</summary>
    ConvertCsv,

    /// <summary>Shows what a desired state would change.</summary>
    PlanState,

    /// <summary>Makes what a desired state says.</summary>
    ApplyState,
}

/// <summary>
/// How what Core speaks of is typed. Core composes its texts where the facts are, and knows neither commands nor parameters: it names an
/// act or a setting and what it is about, and the host's table has the words. These here are those without a host.
/// </summary>
internal class Words
{
    /// <summary>The host's words. It sets them once, when it is loaded.</summary>
    public static Words Typed { get; set; } = new();

    /// <summary>A setting, as it is typed: with a value when there is one.</summary>
    /// <param name="name">The name that Core has for it.</param>
    /// <param name="value">What to set it to.</param>
    public virtual string Setting(string name, string? value = null) => value is null ? name : $"{name} {value}";

    /// <summary>A command, as it is typed.</summary>
    /// <param name="act">What it does.</param>
    /// <param name="id">The id of what it is done to, when it is known.</param>
    /// <param name="name">Its name.</param>
    public virtual string Command(Act act, string? id = null, string? name = null) => act.ToString();
}
