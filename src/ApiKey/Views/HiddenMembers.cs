using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Views;

/// <summary>
/// What the types file computes for objects of ours. PowerShell parses each script of that file when it imports the module, in every
/// process anew; a method it only looks up.
/// </summary>
public static class HiddenMembers
{
    /// <summary>The object as one line of text, for the property that stands for it among objects of other types.</summary>
    public static string? Text(PSObject item) => item?.BaseObject.ToString();

    /// <summary>How long ago a key was created; null for a key that AWS gave no date.</summary>
    public static TimeSpan? Age(PSObject item) => DateTimeOffset.UtcNow - (item?.BaseObject as ApiKeyInfo)?.CreatedDate;

    /// <summary>The name of the key that was used, or its id.</summary>
    public static string? Key(PSObject item) =>
        item?.BaseObject is ApiKeyUsageInfo usage ? FirstOf(usage.ApiKeyName, usage.ApiKeyId) : null;

    /// <summary>The name of the plan that counts, or its id.</summary>
    public static string? Plan(PSObject item) =>
        item?.BaseObject is ApiKeyUsageInfo usage ? FirstOf(usage.UsagePlanName, usage.UsagePlanId) : null;

    /// <summary>The name that a rotation is about.</summary>
    public static string? Name(PSObject item) => (item?.BaseObject as ApiKeyRotationInfo)?.New.Name;

    /// <summary>When the successor was created.</summary>
    public static DateTimeOffset? NewCreated(PSObject item) => (item?.BaseObject as ApiKeyRotationInfo)?.New.CreatedDate;

    private static string? FirstOf(string? name, string? id) => string.IsNullOrEmpty(name) ? id : name;
}
