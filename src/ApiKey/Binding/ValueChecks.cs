using System.Management.Automation;
using ApiKey.Attributes;

namespace ApiKey.Binding;

/// <summary>What -SkipValueCheck means.</summary>
internal static class ValueChecks
{
    /// <summary>How values are checked when the parameter is given or not.</summary>
    public static ValueCheck Of(SwitchParameter skipValueCheck) => new(skipValueCheck, "-SkipValueCheck lets AWS decide");
}
