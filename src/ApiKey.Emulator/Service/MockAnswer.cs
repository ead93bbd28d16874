using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>
/// What a method answers. A MOCK integration answers as it says, its templates as plain text. The emulator calls nothing, so for
/// any other integration it only tells that the request got through.
/// </summary>
internal static partial class MockAnswer
{
    private const string Json = "application/json";
    private const string HeaderPrefix = "method.response.header.";

    // Far more than a pattern needs that ends, also where the machine has other things to do.
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(10);

    public static EmulatorResponse Of(Route route, string requestId)
    {
        if (route.Method?["methodIntegration"] is not JsonObject integration || (string?)integration["type"] != "MOCK")
        {
            return new EmulatorResponse(200, """{"message":"The request got through."}"""u8.ToArray(), null, requestId);
        }

        string template = (string?)integration["requestTemplates"]?[Json] ?? "";
        if (StatusCode().Match(template) is not { Success: true } status || Choose(integration, status.Groups["status"].Value)
            is not { } response)
        {
            return new ServiceError(500, "InternalServerErrorException", "Internal server error").ToResponse(requestId);
        }

        int code = int.Parse((string)response["statusCode"]!, System.Globalization.CultureInfo.InvariantCulture);
        byte[] body = Encoding.UTF8.GetBytes((string?)response["responseTemplates"]?[Json] ?? "");
        return new EmulatorResponse(code, body, null, requestId) { ExtraHeaders = [.. HeadersOf(response)] };
    }

    [GeneratedRegex("""["']?statusCode["']?\s*:\s*["']?(?<status>[1-5]\d\d)""", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex StatusCode();

    // The response whose pattern the status meets, or the one without a pattern.
    private static JsonObject? Choose(JsonObject integration, string status)
    {
        JsonObject? general = null;
        foreach ((_, JsonNode? response) in integration["integrationResponses"] as JsonObject ?? [])
        {
            string pattern = (string?)response!["selectionPattern"] ?? "";
            if (pattern.Length == 0)
            {
                general ??= (JsonObject)response;
            }
            else if (Meets(status, pattern))
            {
                return (JsonObject)response;
            }
        }

        return general;
    }

    private static bool Meets(string status, string pattern)
    {
        try
        {
            return Regex.IsMatch(status, $"^(?:{pattern})$", RegexOptions.None, MatchTime);
        }
        catch (Exception wrong) when (wrong is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern that .NET does not read, or that does not end.
            return false;
        }
    }

    // Headers with a text of their own, as for CORS; those that are mapped from somewhere are omitted.
    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(JsonObject response)
    {
        foreach ((string name, JsonNode? value) in response["responseParameters"] as JsonObject ?? [])
        {
            string text = (string)value!;
            string header = name.StartsWith(HeaderPrefix, StringComparison.Ordinal) ? name[HeaderPrefix.Length..] : "";
            if (text is ['\'', .. string literal, '\'']
                && literal.All(letter => letter is >= ' ' and <= '~')
                && header.Length > 0
                && header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
                && !header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                && !WebHeaderCollection.IsRestricted(header, response: true))
            {
                yield return new(header, literal);
            }
        }
    }
}
