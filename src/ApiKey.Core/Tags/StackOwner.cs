namespace ApiKey.Tags;

/// <summary>Which CloudFormation stack owns something, by the tags that CloudFormation puts on what it makes.</summary>
internal static class StackOwner
{
    private const string StackNameTag = "aws:cloudformation:stack-name";

    /// <summary>The tag of a stack, as it is on what it owns.</summary>
    public static TagSet Tag(string? stackName) =>
        stackName is null ? TagSet.Empty : TagSet.From([KeyValuePair.Create(StackNameTag, (string?)stackName)]);

    /// <summary>The name of the stack; null for none.</summary>
    public static string? Of(TagSet onIt) => onIt.TryGetValue(StackNameTag, out string? name) && !string.IsNullOrEmpty(name) ? name : null;
}
