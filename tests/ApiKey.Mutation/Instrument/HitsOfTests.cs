using System.Reflection;
using ApiKey.Mutation;
using Xunit.v3;

[assembly: HitsOfTests]

namespace ApiKey.Mutation;

/// <summary>In the mutated copy: after each test, what it reached is written down. Its constructor counts, because the tests run one
/// after the other.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HitsOfTestsAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Environment.SetEnvironmentVariable("APIKEY_MUTANT_TEST", Name(methodUnderTest));

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => MutantSwitch.Flush(Name(methodUnderTest));

    private static string Name(MethodInfo method) => $"{method.ReflectedType!.FullName}.{method.Name}";
}
