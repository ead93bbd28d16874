using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What to say of something that a CloudFormation stack owns.</summary>
internal static class StackDrift
{
    /// <summary>The end of a warning about one thing, or several.</summary>
    public static string IsOwnedBy(int count, string stackName) =>
        (count == 1 ? $"belongs to the CloudFormation stack {Show.Quote(stackName)}."
            : $"belong to CloudFormation stacks, the first to {Show.Quote(stackName)}.")
        + " What is changed outside of its template is drift, which the stack's next update may undo or fail on. Change the template "
        + "instead, or as well.";
}
