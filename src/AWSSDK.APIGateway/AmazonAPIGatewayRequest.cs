using Amazon.Runtime;

namespace Amazon.APIGateway;

/// <summary>The base of every request to Amazon API Gateway.</summary>
public class AmazonAPIGatewayRequest : AmazonWebServiceRequest;
