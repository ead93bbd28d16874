using ApiKey.Binding;

namespace ApiKey.Cmdlets;

/// <summary>What commands that create say alike of API keys and of usage plans.</summary>
internal static class Creation
{
    /// <summary>The error about what AWS would not accept; null when nothing is wrong.</summary>
    /// <param name="errorId">The id of the error.</param>
    /// <param name="item">What would be created.</param>
    /// <param name="problems">What is wrong with it, each a sentence.</param>
    public static (string ErrorId, string Message)? ProblemOf(string errorId, string item, IReadOnlyList<string> problems) =>
        problems.Count == 0 ? null : (errorId, $"{item} was not created. {string.Join(' ', problems)}");

    /// <summary>What a person can do about things that were made and reached nobody.</summary>
    /// <param name="noun">What they are, as in the names of commands.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="region">Where they are.</param>
    /// <param name="hasValue">Whether each has a value.</param>
    public static string RemedyFor(string noun, IReadOnlyList<string> ids, string region, bool hasValue)
    {
        string list = string.Join(", ", ids.Select(TypedId.Of));
        (string value, string values) = hasValue ? (" -IncludeValue", " with their values") : ("", "");
        return $"Get-ApiGateway{noun} -Id {list}{value} -Region {region} reads them{values}; Remove-ApiGateway{noun} {list} -Region "
            + $"{region} removes them.";
    }
}
