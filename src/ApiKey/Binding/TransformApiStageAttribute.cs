using System.Collections;
using System.Globalization;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// Reads stages from text as AWS writes it (<c>apiId:stage</c>), from a hashtable with ApiId, Stage and Throttle (a hashtable by
/// method, each with RateLimit and BurstLimit), or from the ApiStages of another plan.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformApiStageAttribute : GivenAttribute
{
    /// <summary>The one stage that was given.</summary>
    /// <exception cref="FormatException">It is not a stage; the text says what is.</exception>
    public static PlanStage ReadOne(object? input) => ReadStage(Input.Unwrap(AwsDocument.Plain(input)));

    /// <inheritdoc/>
    protected override object Read(object input) => ReadAll(input).ToArray();

    private static IEnumerable<PlanStage> ReadAll(object? input) => Input.Unwrap(input) switch
    {
        null or IDictionary { Count: 0 } => [],
        string text => text.Split(',', StringSplitOptions.TrimEntries).Select(ReadText),
        IDictionary or PlanStage => [ReadStage(Input.Unwrap(input))],
        IEnumerable many => many.Cast<object?>().Select(ReadOne),
        _ => [ReadOne(input)],
    };

    private static PlanStage ReadStage(object? input) => input switch
    {
        PlanStage stage => stage,
        string text => ReadText(text),
        IDictionary map => ReadMap(map),
        _ => throw Problem($"{Input.Describe(input)} is not a stage. Give apiId:stage, or @{{ ApiId = '...'; Stage = '...'; Throttle = @{{ "
            + $"'/pets/GET' = @{{ RateLimit = 5 }} }} }}."),
    };

    private static PlanStage ReadText(string text) => text.Split(':') is [{ Length: > 0 } api, { Length: > 0 } stage]
        ? new PlanStage(api.Trim(), stage.Trim())
        : throw Problem($"{Show.Quote(text)} is not a stage. Write apiId:stage, for example a1b2c3d4e5:prod.");

    private static PlanStage ReadMap(IDictionary map)
    {
        RefuseUnknown(map, "a stage", "ApiId", "Stage", "Throttle");
        PlanStage stage = new(Member(map, "ApiId") as string ?? "", Member(map, "Stage") as string ?? "");
        return Member(map, "Throttle") switch
        {
            null => stage,
            IDictionary methods => stage
                with
            {
                Throttle = methods.Cast<DictionaryEntry>()
                    .ToDictionary(entry => entry.Key.ToString()!, entry => ReadThrottle(entry), StringComparer.Ordinal)
            },
            _ => throw Problem($"The Throttle of stage {stage} is not a hashtable. Write @{{ '/pets/GET' = @{{ RateLimit = 5; BurstLimit = "
                + $"10 }} }}."),
        };
    }

    private static ThrottleLimits ReadThrottle(DictionaryEntry entry)
    {
        if (Input.Unwrap(entry.Value) is ThrottleLimits limits)
        {
            return limits;
        }

        if (Input.Unwrap(entry.Value) is not IDictionary map)
        {
            throw Problem($"The throttle of {Show.Plain(entry.Key.ToString())} is not a hashtable. Write @{{ RateLimit = 5; BurstLimit = "
                + $"10 }}.");
        }

        RefuseUnknown(map, $"the throttle of {entry.Key}", "RateLimit", "BurstLimit");
        return new ThrottleLimits(Number<double>(map, "RateLimit"), Number<int>(map, "BurstLimit"));
    }

    private static T? Number<T>(IDictionary map, string name)
        where T : struct
    {
        object? value = Member(map, name);
        try
        {
            return value is null ? null : (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException or OverflowException)
        {
            throw Problem($"{name} is {Show.Quote(value?.ToString())}, which is not a number that AWS accepts.");
        }
    }

    private static void RefuseUnknown(IDictionary map, string what, params string[] known)
    {
        if (map.Keys.Cast<object>().FirstOrDefault(key => !known.Contains(key.ToString(), StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Problem($"{Show.Quote(unknown.ToString())} is not known of {what}. Known are {string.Join(", ", known)}.");
        }
    }

    private static object? Member(IDictionary map, string name) =>
        Input.TryFind(map, [name], out object? value)
            ? Input.Unwrap(value) ?? throw Problem(Emptiness.IsNull(name))
            : null;

    private static FormatException Problem(string message) => new(message);
}
