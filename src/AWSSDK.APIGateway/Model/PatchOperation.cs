namespace Amazon.APIGateway.Model;

/// <summary>One change of an update.</summary>
public class PatchOperation
{
    /// <summary>What to do.</summary>
    public Op? Op { get; set; }

    /// <summary>The path of what is changed, for example <c>/description</c>.</summary>
    public string? Path { get; set; }

    /// <summary>The new value, as text.</summary>
    public string? Value { get; set; }

    /// <summary>Where to copy from.</summary>
    public string? From { get; set; }
}
