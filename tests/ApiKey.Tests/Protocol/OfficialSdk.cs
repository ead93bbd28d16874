using System.Text;

namespace ApiKey.Tests.Protocol;

/// <summary>The table of what the official AWSSDK.APIGateway has, and a stub of the package made of it.</summary>
internal static class OfficialSdk
{
    /// <summary>Each type's base (empty when it has none) and its members, by name.</summary>
    public static IReadOnlyDictionary<string, (string Base, IReadOnlyDictionary<string, string> Members)> Types { get; } = Read();

    /// <summary>The stub's source: the members of the table, the operations, and what every client of the SDK has.</summary>
    public static string ToStub()
    {
        StringBuilder models = new();
        StringBuilder constants = new();
        foreach ((string name, (string Base, IReadOnlyDictionary<string, string> Members) type) in Types)
        {
            string members = string.Concat(type.Members.Select(member => type.Base == "ConstantClass"
                ? $"public static readonly {name} {member.Key} = new(\"x\");\n"
                : $"public {member.Value} {member.Key} {{ get; set; }}\n"));
            string makers = type.Base switch
            {
                "ConstantClass" => $"public {name}(string value) : base(value) {{ }}\n"
                    + $"public static implicit operator {name}(string value) => FindValue<{name}>(value);",
                "AmazonAPIGatewayException" => $"public {name}(string message) : base(message) {{ }}",
                _ => "",
            };
            string root = type.Base.Length > 0 ? " : " + type.Base : "";
            (type.Base == "ConstantClass" ? constants : models)
                .Append("public class " + name + root + "\n{\n" + members + makers + "\n}\n");
        }

        string[] operations = [.. Types.Keys.Where(name => name.EndsWith("Request", StringComparison.Ordinal))
            .Select(name => name[..^"Request".Length])
            .Select(name => $"Task<{name}Response> {name}Async({name}Request request, CancellationToken cancellationToken = default)")];
        return $$"""
            using System; using System.Collections.Generic; using System.IO; using System.Net;
            using System.Threading; using System.Threading.Tasks;
            using Amazon.APIGateway.Model; using Amazon.Runtime; using Amazon.Runtime.Endpoints; using Amazon.Runtime.Internal;
            namespace Amazon.APIGateway
            {
                {{constants}}
                public class AmazonAPIGatewayRequest : AmazonWebServiceRequest { }
                public class AmazonAPIGatewayException : AmazonServiceException
                {
                    public AmazonAPIGatewayException(string message) : base(message) { }
                }
                public class AmazonAPIGatewayConfig : ClientConfig
                {
                    public AmazonAPIGatewayConfig() : base((IDefaultConfigurationProvider)null) { }
                    public override string RegionEndpointServiceName => "";
                    public override string ServiceVersion => "";
                    public override string UserAgent => "";
                    public override Endpoint DetermineServiceOperationEndpoint(
                        ServiceOperationEndpointParameters parameters) => throw new NotSupportedException();
                }
                public interface IAmazonAPIGateway : IAmazonService, IDisposable
                {
                    {{string.Concat(operations.Select(operation => operation + ";\n"))}}
                }
                public class AmazonAPIGatewayClient : AmazonServiceClient, IAmazonAPIGateway
                {
                    public AmazonAPIGatewayClient(AmazonAPIGatewayConfig config) : base(config) { }
                    static ClientConfig IAmazonService.CreateDefaultClientConfig() => throw new NotSupportedException();
                    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials credentials, ClientConfig config) =>
                        throw new NotSupportedException();
                    public AmazonAPIGatewayClient(AWSCredentials credentials, AmazonAPIGatewayConfig config) : base(credentials, config) { }
                    {{string.Concat(operations.Select(operation => $"public virtual {operation} => throw new NotSupportedException();\n"))}}
                }
            }
            namespace Amazon.APIGateway.Model
            {
                {{models}}
            }
            """;
    }

    private static Dictionary<string, (string Base, IReadOnlyDictionary<string, string> Members)> Read()
    {
        Dictionary<string, (string, IReadOnlyDictionary<string, string>)> types = new(StringComparer.Ordinal);
        Dictionary<string, string> members = [];
        foreach (string line in File.ReadLines(Repository.PathOf("tests", "ApiKey.Tests", "Data", "official-sdk.txt"))
            .Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                int space = line.LastIndexOf(' ');
                members.Add(line[(space + 1)..], line[..space].Trim());
            }
            else
            {
                string[] head = line.Split(" : ");
                types.Add(head[0], (head.ElementAtOrDefault(1) ?? "", members = []));
            }
        }

        return types;
    }
}
