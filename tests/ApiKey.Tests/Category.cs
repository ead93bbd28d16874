namespace ApiKey.Tests;

/// <summary>Which tests to run while one works; CONTRIBUTING has the filters. A test without a category runs in PowerShell's
/// engine.</summary>
internal static class Category
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Category";

    /// <summary>Neither PowerShell's engine nor another program: seconds for all of them.</summary>
    public const string Unit = "Unit";

    /// <summary>Starts other programs: PowerShell, Terraform, Python. Minutes for all of them.</summary>
    public const string Foreign = "Foreign";
}
