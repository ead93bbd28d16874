namespace ApiKey.Emulator;

/// <summary>What a caller of a stage got.</summary>
/// <param name="Status">The HTTP status: 200, 403 when the key grants no access here, 429 when its plan's throttle or quota is used
/// up.</param>
/// <param name="Body">The body.</param>
/// <param name="ErrorType">The header x-amzn-errortype; null when the request got through.</param>
public sealed record StageAnswer(int Status, string Body, string? ErrorType);
