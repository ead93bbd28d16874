namespace ApiKey.Attributes;

/// <summary>How values are checked. AWS in practice accepts more than it documents.</summary>
/// <param name="IsSkipped">Whether they are left to AWS.</param>
/// <param name="WayRound">What a problem says of how to leave them to AWS, as the caller names it; null where that cannot be done.</param>
internal readonly record struct ValueCheck(bool IsSkipped, string? WayRound = null);
