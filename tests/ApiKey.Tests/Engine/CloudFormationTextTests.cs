namespace ApiKey.Tests.Engine;

/// <summary>A text that CloudFormation would look up elsewhere is not written to a template, wherever it stands.</summary>
public sealed class CloudFormationTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-template-").FullName;
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("New-ApiGatewayApiKey 'TEXT'")]
    [InlineData("New-ApiGatewayApiKey a -Description 'TEXT'")]
    [InlineData("New-ApiGatewayApiKey a -CustomerId 'TEXT'")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ env = 'TEXT' }")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan 'TEXT')")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan p -Description 'TEXT')")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan p -Tag @{ env = 'TEXT' })")]
    public void WhatCloudFormationWouldLookUpIsRefused(string make)
    {
        string template = Path.Combine(_folder, "t.template");
        _session.Good($"$key = {make.Replace("TEXT", "x {{Resolve:ssm:/secret}}", StringComparison.Ordinal)}");
        Outcome outcome = _session.Run("Export-ApiGatewayApiKey $args[0] -Format CloudFormation", template);
        Assert.Equal("NotWritable", outcome.ErrorId);
        Assert.Contains("has a text with {{resolve: in it", outcome.Error.ToString());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatLooksLikeItIsWritten()
    {
        _session.Good("$key = New-ApiGatewayApiKey '{resolve:ssm:/a}' -Description '{{ resolve:ssm:/b}}'");
        _session.Good("Export-ApiGatewayApiKey $args[0] -Format CloudFormation", Path.Combine(_folder, "t.template"));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
