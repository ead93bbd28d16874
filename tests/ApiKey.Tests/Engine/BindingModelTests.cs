using System.Management.Automation;
using System.Reflection;

namespace ApiKey.Tests.Engine;

/// <summary>
/// One binding model: a parameter is the same wherever it stands. Several commands declare it, each for itself, and its type, what is made
/// of what is given, what Tab offers and its range are the same in all of them, but for the table of those that mean something else.
/// </summary>
public sealed class BindingModelTests
{
    // Whether a command can do without it is the command's own matter.
    private static readonly string[] OwnMatters = ["IsNeeded", "Sample"];

    // What is meant to be otherwise than in the other commands, and why. Commands of one row are alike.
    private static readonly (string Parameter, string Why, string[] Commands)[] Variants =
    [
        ("Region", "Looks in several.", ["Find-ApiGatewayApiKeyLeak", "Get-ApiGatewayApiKey", "Test-ApiGatewayApiKey"]),
        ("ProfileName", "Looks in several.", ["Find-ApiGatewayApiKeyLeak", "Get-ApiGatewayApiKey"]),
        ("Id", "The plan of a pair may be piped, and is passed over here.", ["Add-ApiGatewayUsagePlanKey", "Get-ApiGatewayApiKeyUsage",
            "Remove-ApiGatewayUsagePlanKey", "Set-ApiGatewayApiKeyUsage"]),
        ("Id", "A usage plan is meant.", ["Remove-ApiGatewayUsagePlan", "Set-ApiGatewayUsagePlan"]),
        ("Id", "A usage plan is meant, and a piped key asks for its plans.", ["Get-ApiGatewayUsagePlan"]),
        ("UsagePlanId", "No key is piped, so anything else is an error.", ["Get-ApiGatewayUsagePlanKey"]),
        ("UsagePlanId", "A column of files: several ids in one text.", ["New-ApiGatewayApiKey"]),
        ("Name", "The name that is set.", ["Set-ApiGatewayApiKey", "Set-ApiGatewayUsagePlan"]),
        ("Name", "The name of what is created, of a copied key too.", ["New-ApiGatewayApiKey"]),
        ("Name", "The name of what is created, of a copied plan too.", ["New-ApiGatewayUsagePlan"]),
        ("Name", "It has no position, so no object is meant that stands there.", ["Find-ApiGatewayApiKeyLeak"]),
        ("Name", "Names of usage plans.", ["Get-ApiGatewayUsagePlan"]),
        ("Value", "Several are looked for.", ["Get-ApiGatewayApiKey", "Test-ApiGatewayApiKey"]),
        ("Tag", "Without tags nothing is looked for.", ["Get-ApiGatewayApiKey"]),
        ("Description", "Something is there to be cleared.", ["Set-ApiGatewayApiKey", "Set-ApiGatewayUsagePlan"]),
        ("ProductCode", "Something is there to be cleared.", ["Set-ApiGatewayUsagePlan"]),
        ("ApiStage", "Something is there to be cleared.", ["Set-ApiGatewayUsagePlan"]),
        ("Path", "Several files are read.", ["Find-ApiGatewayApiKeyLeak", "Import-ApiGatewayApiKey"]),
        ("Path", "The path of a request, not of a file.", ["Test-ApiGatewayApiKey"]),
        ("LiteralPath", "Several files are read.", ["Find-ApiGatewayApiKeyLeak"]),
        ("LiteralPath", "Several files are read, and a row must have one.", ["Import-ApiGatewayApiKey"]),
        ("Credential", "Credentials of the emulator, not of AWS.", ["Start-ApiGatewayEmulator"]),
    ];

    [Fact]
    public void AParameterIsTheSameInEveryCommand()
    {
        (string Parameter, string Command, string Model)[] all = ReadAll();
        Assert.True(all.Length > 250, $"{all.Length} parameters");
        string[] different =
        [
            .. from one in all
               group one by (one.Parameter, VariantOf(one.Parameter, one.Command).Why) into same
               let models = same.GroupBy(one => one.Model).OrderByDescending(model => model.Count()).ToArray()
               where models.Length > 1
               select $"-{same.Key.Parameter} is {string.Join("; ", models.Select(model =>
                   $"{model.Key} in {string.Join(", ", model.Select(one => one.Command))}"))}",
        ];
        Assert.True(different.Length == 0, string.Join('\n', different));
    }

    [Fact]
    public void EveryVariantIsOne()
    {
        (string Parameter, string Command, string Model)[] all = ReadAll();
        Assert.Empty(
            from one in all
            group one by (one.Parameter, one.Model) into same
            let variants = same.Select(one => VariantOf(one.Parameter, one.Command).Why).Distinct().ToArray()
            where variants.Length > 1
            select $"-{same.Key.Parameter}: {string.Join(" / ", variants)}");
        Assert.Empty(
            from variant in Variants
            from command in variant.Commands
            where !all.Any(one => one.Parameter == variant.Parameter && one.Command == command)
            select $"{command} -{variant.Parameter}");
    }

    private static (string Parameter, string Why, string[] Commands) VariantOf(string parameter, string command) =>
        Variants.SingleOrDefault(variant => variant.Parameter == parameter && variant.Commands.Contains(command));

    private static (string Parameter, string Command, string Model)[] ReadAll()
    {
        using ModuleSession session = new();
        return
        [
            .. from command in session.Good("Get-Command -Module ApiKey").Select(command => (CmdletInfo)command.BaseObject)
               from named in command.ImplementingType.GetProperties().GroupBy(property => property.Name)
               let parameter = named.MaxBy(property => property.DeclaringType == command.ImplementingType)
               where parameter.IsDefined(typeof(ParameterAttribute))
               select (named.Key, command.Name, ModelOf(parameter)),
        ];
    }

    private static string ModelOf(PropertyInfo parameter) => string.Join(' ', parameter.GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType.IsAssignableTo(typeof(ArgumentTransformationAttribute))
            || attribute.AttributeType.IsAssignableTo(typeof(ArgumentCompleterAttribute))
            || attribute.AttributeType.IsAssignableTo(typeof(ValidateArgumentsAttribute)))
        .OrderBy(attribute => attribute.AttributeType.Name, StringComparer.Ordinal)
        .Select(attribute => $"[{attribute.AttributeType.Name}({string.Join(", ",
            attribute.ConstructorArguments.Select(argument => argument.ToString())
                .Concat(attribute.NamedArguments.Where(argument => !OwnMatters.Contains(argument.MemberName))
                    .Select(argument => argument.ToString()).Order(StringComparer.Ordinal)))})]")
        .Prepend(parameter.PropertyType.ToString()));
}
