using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.APIGateway.Internal;

/// <summary>
/// One operation described: method, path, query, body, answer. Marshalling and unmarshalling are the same for all of them. No
/// byte of an answer's body goes into an exception: it may hold the value of a key.
/// </summary>
internal sealed class Operation<TRequest, TResponse> : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonAPIGatewayRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly string _method;
    private readonly string _path;

    public Operation(string method, string path)
    {
        (_method, _path) = (method, path);
        Options = new InvokeOptions { RequestMarshaller = this, ResponseUnmarshaller = this };
    }

    /// <summary>What the SDK's pipeline needs.</summary>
    public InvokeOptions Options { get; }

    /// <summary>The parameters of the path, in braces there; a request without one of them is refused.</summary>
    public (string Name, Func<TRequest, string?> Value)[] PathParameters { get; init; } = [];

    /// <summary>Adds the query parameters.</summary>
    public Action<TRequest, Query>? WriteQuery { get; init; }

    /// <summary>Writes the members of the JSON body.</summary>
    public Action<TRequest, Utf8JsonWriter>? WriteBody { get; init; }

    /// <summary>Gives the bytes of a body that is not JSON.</summary>
    public Func<TRequest, byte[]>? RawBody { get; init; }

    /// <summary>Reads the answer; null when the operation answers without content.</summary>
    public Action<JsonElement, TResponse>? ReadAnswer { get; init; }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        TRequest request = (TRequest)input;
        DefaultRequest marshalled = new(request, "Amazon.APIGateway") { HttpMethod = _method, ResourcePath = _path };
        marshalled.Headers["Accept"] = "application/json";
        foreach ((string name, Func<TRequest, string?> value) in PathParameters)
        {
            string text = value(request) is { Length: > 0 } given
                ? given
                : throw new AmazonClientException($"Request object does not have required field {name} set");
            marshalled.AddPathResource($"{{{name}}}", text);
        }

        if (WriteQuery is not null)
        {
            marshalled.UseQueryString = true;
            WriteQuery(request, new Query(marshalled));
        }

        if (WriteBody is not null)
        {
            ArrayBufferWriter<byte> buffer = new();
            using (Utf8JsonWriter writer = new(buffer))
            {
                writer.WriteStartObject();
                WriteBody(request, writer);
                writer.WriteEndObject();
            }

            marshalled.Content = buffer.WrittenSpan.ToArray();
            marshalled.Headers["Content-Type"] = "application/json";
        }
        else if (RawBody is not null)
        {
            marshalled.Content = RawBody(request);
        }

        return marshalled;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        TResponse response = new();
        if (ReadAnswer is not null)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(input.Stream);
                ReadAnswer(document.RootElement, response);
            }
            catch (Exception unreadable)
                when (unreadable is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
            {
                // Whatever the bytes are: no JSON, or values of other types, doubled names, dates beyond the calendar.
                throw Errors.NotApiGateways(input.ResponseData);
            }
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException,
        HttpStatusCode statusCode) =>
        Errors.Read(input, statusCode);
}

/// <summary>Collects query parameters; null ones are omitted.</summary>
internal readonly struct Query(DefaultRequest request)
{
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            request.Parameters.Add(name, value);
        }
    }

    public void Add(string name, int? value) => Add(name, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is { } given ? (given ? "true" : "false") : null);

    public void Add(string name, List<string>? values)
    {
        if (values is { Count: > 0 })
        {
            request.ParameterCollection.Add(name, values);
        }
    }
}
