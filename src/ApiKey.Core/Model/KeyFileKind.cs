namespace ApiKey.Model;

/// <summary>What a file of keys looks like.</summary>
public enum KeyFileKind : long
{
    /// <summary>AWS's key file format with columns for customer and tags: Import-ApiGatewayApiKey -Path reads it.</summary>
    Csv,

    /// <summary>A JSON array of the keys with all their properties.</summary>
    Json,

    /// <summary>Terraform: a resource and an import block for each key, so that its next apply takes them over unchanged.</summary>
    Terraform,

    /// <summary>A desired state in JSON: Compare-ApiGatewayApiKey and Sync-ApiGatewayApiKey read it.</summary>
    DesiredState,

    /// <summary>CloudFormation: a template of the keys and their usage plans, and the resources to import for a change set of type
    /// IMPORT.</summary>
    CloudFormation,
}
