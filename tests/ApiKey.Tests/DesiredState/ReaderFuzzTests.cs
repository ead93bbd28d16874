using System.Reflection;
using System.Text;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Tags;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.DesiredState;

/// <summary>Whatever a file holds, only our own error comes out of its reader.</summary>
public sealed class ReaderFuzzTests
{
    private const string Letters = "{}[]()<>\"'`:,;|&*!%@#$?-+=\\/~^. \t\r\n\u0000\u0007\u0085\u2028\ufeff\ud83d\ude00aeknuxyz0123456789éß";

    private static readonly Dictionary<string, string[]> Seeds = new()
    {
        [".json"] =
        [
            """{ "$schema": "s", "defaults": { "enabled": true, "tags": { "env": "prod" } }, "keys": [ { "id": "k","""
                + """ "name": "a\u00e9", "description": null, "value": "abcdefghij0123456789" }, /* c */ { "Name": "b", }, ] }""",
            """{ "version": 4, "terraform_version": "1.9", "resources": [ { "mode": "managed", "type": "aws_api_gateway_api_key","""
                + """ "name": "k", "instances": [ { "attributes": { "id": "k1", "name": "a", "enabled": true, "tags_all": { "a": "b" """
                + """}, "arn": "arn:aws:apigateway:r::/apikeys/k1" } } ] } ] }""",
            """{ "format_version": "1.2", "complete": true, "planned_values": { "root_module": { "resources": [ { "address": "x","""
                + """ "mode": "managed", "type": "aws_api_gateway_api_key", "values": { "name": "a" } } ], "child_modules": [ """
                + """{ "resources": [] } ] } }, "resource_changes": [ { "address": "x", "mode": "managed","""
                + """ "type": "aws_api_gateway_api_key", "change": { "after_unknown": { "tags": { "a": true } } } } ] }""",
        ],
        [".yaml"] = ["# c\ndefaults: { tags: { env: prod } }\nkeys:\n  - name: a\n    description: >-\n      Acme,\n      Ltd.\n  - "
            + "{\"name\": \"\\u00e9\", 'tags': {\"a b\": yes}, enabled: false}\n  - name: |\n      x\n...\n",
                "%YAML 1.2\n--- !!map\n? keys\n: &a [ *a, !x y, ~, 1e3 ]\n"],
        [".psd1"] = ["@{\n    Keys = @(\n        @{ Name = 'x'; Tags = @{ a = \"b\" } }  # c\n        @{ Name = @'\nx\n'@; Enabled = $true "
            + "}\n    )\n    Defaults = @{}\n}\n"],
        [".csv"] = ["Name,Description,Enabled,Tags,Key,id\r\n\"a "
            + "\"\"b\"\"\",x,true,env=prod&b=,,\r\nb,\"two\nlines\",,,abcdefghij0123456789,k\r\n"],
    };

    [Theory]
    [InlineData(".json")]
    [InlineData(".yaml")]
    [InlineData(".psd1")]
    [InlineData(".csv")]
    public void OnlyOurOwnErrorComesOut(string extension)
    {
        ForeignReaders readers = LoadReaders();
        using Fuzzing fuzzing = new(extension, 3000, seed: extension.Length);
        Random random = new(fuzzing.Seed);
        string[] seeds = [.. Seeds[extension], .. Corpus(extension)];
        while (fuzzing.Goes())
        {
            string text = Mutate(seeds[random.Next(seeds.Length)], random);
            DesiredSource source = new("keys" + extension);
            try
            {
                DesiredStateFile.Read(source, text, TagPolicy.None, default, readers).FindDoubles();
                Assert.All(source.Problems, problem => Assert.True(problem.Line >= 1 && problem.Column >= 1, problem.ToString()));
            }
            catch (Exception raw) when (raw is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{raw.GetType()} of {extension}: {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))} {text} "
                    + $"{raw}");
            }
        }
    }

    [Fact]
    public void OnlyOurOwnErrorComesOutOfAKeyFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            using Fuzzing fuzzing = new("key file", 1000, seed: 7);
            Random random = new(fuzzing.Seed);
            while (fuzzing.Goes())
            {
                string text = Mutate("Name,Key,Description,Enabled,UsagePlanIds,CustomerId,Tags\r\n\"a\",abcdefghij0123456789,\"x\","
                    + "true,'p1,p2',c,env=prod&b=\r\nb,,,FALSE,\"p1\",,\r\n", random);
                File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));
                try
                {
                    using KeyFile file = KeyFile.Open(path, TagPolicy.None, default);
                    Assert.Equal(file.Count, file.Rows().Count());
                    Assert.NotEqual(0, file.Count);
                }
                catch (FileProblemException ours)
                {
                    Assert.NotEmpty(ours.Problems);
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Documents as users write them, and what once broke a reader.
    private static IEnumerable<string> Corpus(string extension) => Directory
        .EnumerateFiles(Repository.PathOf("tests", "ApiKey.Tests", "Data", "corpus"), "*" + extension)
        .Order(StringComparer.Ordinal).Select(File.ReadAllText);

    internal static string Mutate(string text, Random random)
    {
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int at = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(1, 12), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text[..at],
                1 => text.Remove(at, length),
                2 => text.Insert(at, Some(random, random.Next(1, 8))),
                3 => text.Remove(at, length).Insert(at, Some(random, length)),
                4 => text.Insert(at, text.Substring(at, length)),
                _ => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
            };
        }

        return text;
    }

    private static string Some(Random random, int length)
        => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));

    // The readers of PowerShell data and YAML are the built module's.
    internal static ForeignReaders LoadReaders()
    {
        using ModuleSession session = new();
        session.Good("$null = Compare-ApiGatewayApiKey @{ name = 'a' } 6>$null");
        Assembly module = AppDomain.CurrentDomain.GetAssemblies().First(assembly => assembly.GetName().Name == "ApiKey");
        return new ForeignReaders(ReaderOf(module, "ApiKey.Binding.PowerShellData"), ReaderOf(module, "ApiKey.Session.YamlHost"));
    }

    private static DataReader ReaderOf(Assembly module, string type)
        => module.GetType(type, throwOnError: true)!.GetMethod("Parse")!.CreateDelegate<DataReader>();
}
