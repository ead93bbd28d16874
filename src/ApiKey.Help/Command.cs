using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace ApiKey.Help;

/// <summary>A cmdlet as the built assembly has it.</summary>
public sealed class Command
{
    private readonly Type _type;
    private readonly object _instance;

    private Command(Type type)
    {
        _type = type;
        Metadata = new CommandMetadata(type);
        _instance = Activator.CreateInstance(type)!;
    }

    /// <summary>What PowerShell knows of it.</summary>
    public CommandMetadata Metadata { get; }

    /// <summary>Its name.</summary>
    public string Name => Metadata.Name;

    /// <summary>Its parameters by name, -WhatIf and -Confirm included, the common ones of PowerShell and hidden ones not.</summary>
    public IReadOnlyDictionary<string, ParameterMetadata> Parameters
    {
        get
        {
            Dictionary<string, ParameterMetadata> parameters = Metadata.Parameters.Values
                .Where(parameter => !parameter.Attributes.OfType<ParameterAttribute>().All(attribute => attribute.DontShow))
                .ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
            if (Metadata.SupportsShouldProcess)
            {
                foreach (string name in new[] { "WhatIf", "Confirm" })
                {
                    ParameterMetadata parameter = new(name, typeof(SwitchParameter));
                    parameter.Aliases.Add(name == "WhatIf" ? "wi" : "cf");
                    parameter.ParameterSets.TryAdd(ParameterAttribute.AllParameterSets, null!);
                    parameters[name] = parameter;
                }
            }

            return parameters;
        }
    }

    /// <summary>The names of its parameter sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets =>
    [
        .. Metadata.Parameters.Values.SelectMany(parameter => parameter.ParameterSets.Keys)
            .Where(set => set != ParameterAttribute.AllParameterSets)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(set => set == Metadata.DefaultParameterSetName)
            .DefaultIfEmpty(ParameterAttribute.AllParameterSets),
    ];

    /// <summary>Every cmdlet of an assembly, by name.</summary>
    public static IReadOnlyList<Command> ReadAll(string assemblyPath) =>
    [
        .. Assembly.LoadFrom(Path.GetFullPath(assemblyPath)).GetTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<CmdletAttribute>() is not null)
            .Select(type => new Command(type))
            .OrderBy(command => command.Name, StringComparer.Ordinal),
    ];

    /// <summary>How a parameter is bound in a set; null when it is not part of it.</summary>
    public static ParameterSetMetadata? Binding(ParameterMetadata parameter, string set) =>
        parameter.ParameterSets.GetValueOrDefault(set) ?? parameter.ParameterSets.GetValueOrDefault(ParameterAttribute.AllParameterSets);

    /// <summary>Whether a parameter belongs to a set.</summary>
    public static bool IsIn(ParameterMetadata parameter, string set) =>
        parameter.ParameterSets.ContainsKey(set) || parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets);

    /// <summary>Whether a command needs a parameter. Few of them are Mandatory, because PowerShell asks for those at the prompt.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="binding">How it is bound.</param>
    public static bool IsRequired(ParameterMetadata parameter, ParameterSetMetadata? binding) => binding?.IsMandatory is true
        || parameter.Attributes.Any(attribute => attribute.GetType().GetProperty("IsNeeded")?.GetValue(attribute) is true);

    // A command may hide a parameter of its base by one of another type.
    private PropertyInfo? PropertyOf(string parameter)
        => _type.GetProperties().Where(property => property.Name == parameter).MaxBy(property => property.DeclaringType == _type);

    /// <summary>What a parameter is when it is not given, as text; null for nothing.</summary>
    public string? DefaultOf(string parameter) => PropertyOf(parameter)?.GetValue(_instance) switch
    {
        null or "" => null,
        SwitchParameter => "False",
        ICollection { Count: 0 } => null,
        object value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Whether a parameter accepts wildcards.</summary>
    public static bool TakesWildcards(ParameterMetadata parameter)
        => parameter.Attributes.Any(attribute => attribute is SupportsWildcardsAttribute);
}
