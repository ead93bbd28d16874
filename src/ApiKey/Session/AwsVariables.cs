using System.Collections;

namespace ApiKey.Session;

/// <summary>The environment variables that make a difference to a connection: the AWS SDK's, and those of Terraform's AWS
/// provider.</summary>
internal static class AwsVariables
{
    /// <summary>What they are now, by name. .NET copies every variable of the process for it, so a command reads them once.</summary>
    public static IReadOnlyDictionary<string, string> Now()
    {
        SortedList<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("TF_AWS_", StringComparison.Ordinal))
            {
                variables.Add(name, (string?)variable.Value ?? "");
            }
        }

        return variables;
    }
}
