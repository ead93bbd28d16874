using ApiKey.Attributes;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Keys;

/// <summary>
/// A create whose answer was lost, after every try. The value tells whether the key was made: it is looked for among the keys
/// of that name. A value of the user's own may have been on a key before, so then the key must also be as asked and new.
/// </summary>
/// <param name="operations">Where to look.</param>
/// <param name="asked">The key as it was asked for, with its value.</param>
/// <param name="isOwnValue">Whether the value was generated for this create alone.</param>
internal sealed class LostCreate(ApiKeyOperations operations, ApiKeySpec asked, bool isOwnValue)
{
    // AWS refuses requests signed with a clock that is five minutes off, so its dates and ours are at most that far apart;
    // compared with that, the tries take their time.
    private static readonly TimeSpan NewEnough = TimeSpan.FromMinutes(15);

    /// <summary>The key, when it was made.</summary>
    /// <exception cref="ApiGatewayException">It was not made, the value belongs to another key, or that cannot be determined; the text says
    /// which.</exception>
    public async Task<ApiKeyInfo> FindAsync(ApiGatewayException lost, CancellationToken cancellationToken)
    {
        List<ApiKeyInfo> candidates = [];
        try
        {
            ApiKeyQuery query = new(NamePrefix: string.IsNullOrEmpty(asked.Name) ? null : asked.Name, IncludeValues: true);
            await foreach (IReadOnlyList<ApiKeyInfo> page in operations.ListAsync(query, cancellationToken))
            {
                foreach (ApiKeyInfo key in page.Where(key => string.Equals(key.Name ?? "", asked.Name ?? "", StringComparison.Ordinal)))
                {
                    if (string.Equals(key.Value, asked.Value, StringComparison.Ordinal))
                    {
                        return isOwnValue || IsAsAsked(key)
                            ? key
                            : throw lost.Because($"{Reason(lost)}, and API key '{key}' in {operations.Region} holds this value but is not "
                                + $"as asked, so it was there before. Change it with "
                                + $"{Words.Typed.Command(Act.ChangeKey, key.Id, key.Name)}, or give another value.");
                    }

                    if (key.Value is null && IsNew(key))
                    {
                        candidates.Add(key);
                    }
                }
            }
        }
        catch (ApiGatewayException failure) when (failure.InnerException != lost)
        {
            throw Unknown(lost, $"Looking for it failed too: {failure.Message}");
        }

        if (candidates.Count > 0)
        {
            throw Unknown(lost, $"It may be one of these, whose values could not be read: {string.Join(", ", candidates)}");
        }

        throw lost.Kind == ApiGatewayErrorKind.Conflict
            ? await operations.NameHolderAsync(lost, asked.Value!, cancellationToken)
            : new ApiGatewayException(lost.Kind,
                $"{lost.Message.TrimEnd('.')}. No key was made: none of that name holds the value that was sent.", lost)
            {
                StatusCode = lost.StatusCode,
                RequestId = lost.RequestId,
                IamAction = lost.IamAction,
            };
    }

    private ApiGatewayException Unknown(ApiGatewayException lost, string why) => new(
        ApiGatewayErrorKind.OutcomeUnknown,
        $"{Reason(lost)} ({lost.Message.TrimEnd('.')}), so the key may or may not have been made. {why.TrimEnd('.')}. Before you repeat "
        + $"this, look with {Words.Typed.Command(Act.ShowKeys, name: asked.Name ?? "")}, and remove any duplicates.",
        lost)
    {
        StatusCode = lost.StatusCode,
        RequestId = lost.RequestId,
    };

    private static string Reason(ApiGatewayException lost) =>
        lost.Kind == ApiGatewayErrorKind.UnexpectedAnswer ? "The answer does not say what was made" : "The answer was lost";

    private bool IsAsAsked(ApiKeyInfo key) =>
        IsNew(key)
        && key.TagsAll.Equals(operations.Policy.Managed(asked.Tags!))
        && key.RotatedFrom == asked.Tags!.ValueOf(RotationMarks.From)
        && ApiKeyField.All.Where(field => field.PatchPath is not null)
            .All(field => string.Equals(field.Wanted(asked) ?? "", field.Current(key), StringComparison.Ordinal));

    private static bool IsNew(ApiKeyInfo key) => key.CreatedDate is { } created && DateTimeOffset.UtcNow - created < NewEnough;
}
