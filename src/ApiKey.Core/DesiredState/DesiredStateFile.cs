using System.Text;
using ApiKey.Attributes;
using ApiKey.Formats;
using ApiKey.Tags;

namespace ApiKey.DesiredState;

/// <summary>Reads a text with the place of everything in it.</summary>
/// <param name="text">The text.</param>
/// <exception cref="FileProblemException">It is not what the reader reads.</exception>
internal delegate DesiredNode DataReader(string text);

/// <summary>What reads the formats that Core does not know.</summary>
/// <param name="PowerShell">Reads PowerShell data.</param>
/// <param name="Yaml">Reads YAML.</param>
internal sealed record ForeignReaders(DataReader PowerShell, DataReader Yaml);

/// <summary>A file that says which keys and usage plans should be.</summary>
internal static class DesiredStateFile
{
    /// <summary>What such files are called.</summary>
    public const string Extensions = ".json, .psd1, .yaml, .csv, .template, or .tfstate";

    /// <summary>Reads a file. What is wrong with it is noted with its source.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DesiredEntries Read(DesiredSource source, TagPolicy policy, ValueCheck valueCheck, ForeignReaders readers)
    {
        try
        {
            return Read(source, ReadText(source.Name), policy, valueCheck, readers);
        }
        catch (FileProblemException unreadable)
        {
            source.Problems.AddRange(unreadable.Problems);
            return DesiredEntries.None;
        }
    }

    /// <summary>Reads the text of a file. What is wrong with it is noted with its source.</summary>
    public static DesiredEntries Read(DesiredSource source, string text, TagPolicy policy, ValueCheck valueCheck,
        ForeignReaders readers)
    {
        try
        {
            DesiredNode root = Parse(source.Name, text, readers);
            if (TerraformNodes.IsTerraform(root))
            {
                return TerraformNodes.Read((MapNode)root, source);
            }

            if (CloudFormationTemplate.Is(root))
            {
                return CloudFormationTemplate.Read((MapNode)root, source, policy, valueCheck);
            }

            if (TaggedNode.FirstIn(root) is { } foreign && !IsServerless(root))
            {
                throw TaggedNode.Refuse(foreign.Place);
            }

            if (IsCdk(root))
            {
                throw new FileProblemException(root.Place.Line, root.Place.Column,
                    "This is a configuration of the AWS CDK. Run cdk synth, then give the template that it writes to cdk.out.");
            }

            if (IsServerless(root))
            {
                throw new FileProblemException(root.Place.Line, root.Place.Column,
                    "This is a configuration of the Serverless Framework, and what it makes only that knows. Run serverless package, then "
                    + "give .serverless/cloudformation-template-update-stack.json.");
            }

            if (AwsCliNodes.IsDocument(root))
            {
                bool isTable = Path.GetExtension(source.Name).Equals(".csv", StringComparison.OrdinalIgnoreCase);
                return new DesiredStateReader(source, isExact: !isTable, policy, valueCheck).Read(AwsCliNodes.ToDesired(root));
            }

            return IsTerraformState(source.Name)
                ? throw new FileProblemException(root.Place.Line, root.Place.Column,
                    "This is not a state file of Terraform: it has no version. A desired state of another kind needs another extension, "
                    + "for example .json.")
                : new DesiredStateReader(source, IsJson(source.Name), policy, valueCheck).Read(root);
        }
        catch (FileProblemException unreadable)
        {
            source.Problems.AddRange(unreadable.Problems);
            return DesiredEntries.None;
        }
    }

    /// <summary>Everything in a text, with places; the name says how to read it.</summary>
    /// <exception cref="FileProblemException">It cannot be read as that.</exception>
    public static DesiredNode Parse(string path, string text, ForeignReaders readers) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        _ when NotCsv.IsTerraformsLanguage(path) => throw new FileProblemException(1, 1,
            "This is Terraform's language, and what its expressions say only Terraform knows. Run terraform plan -out=plan, then give the "
            + "output of terraform show -json plan in a .json file; or the state, a .tfstate file."),
        ".JSON" or ".TFSTATE" => JsonNodes.Parse(text),
        ".TEMPLATE" => text.TrimStart().StartsWith('{') ? JsonNodes.Parse(text) : readers.Yaml(text),
        ".PSD1" => readers.PowerShell(text),
        ".YAML" or ".YML" => readers.Yaml(text),
        ".CSV" => CsvNodes.Parse(text),
        _ => throw new FileProblemException(1, 1,
            $"What this file holds is not clear from its name. Use one of the extensions {Extensions}."),
    };

    private static bool IsServerless(DesiredNode root) => root is MapNode map && map.Find("service") is not null
        && map.Find("provider") is not null;

    private static bool IsCdk(DesiredNode root) => root is MapNode map
        && (map.Find("app") is TextNode || (map.Find("artifacts") is MapNode && map.Find("version") is TextNode));

    private static bool IsTerraformState(string path) => Path.GetExtension(path).Equals(".tfstate", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is JSON.</summary>
    public static bool IsJson(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JSON" or ".TFSTATE";

    /// <summary>The text of a file: UTF-8, or what its byte order mark says.</summary>
    /// <exception cref="FileProblemException">It is not text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        Encoding encoding = TextEncoding.Of(bytes);
        try
        {
            return encoding.GetString(bytes.AsSpan(encoding.Preamble.Length));
        }
        catch (DecoderFallbackException)
        {
            throw new FileProblemException(1, 1, "The file is not UTF-8 text. Save it as UTF-8.");
        }
    }
}
