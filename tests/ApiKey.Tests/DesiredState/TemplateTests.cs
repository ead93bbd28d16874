using ApiKey.DesiredState;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>Templates of CloudFormation and SAM, and what the AWS CLI writes, as desired states: what is known is read, what is not is
/// a problem with its place.</summary>
public class TemplateTests
{
    private const string Yaml = """
        AWSTemplateFormatVersion: 2010-09-09
        Parameters:
          Env:
            Type: String
            Default: prod
          Unset:
            Type: String
          Rate:
            Type: Number
            Default: 5
        Resources:
          Gold:
            Type: AWS::ApiGateway::UsagePlan
            Properties:
              UsagePlanName: !Sub "gold-${Env}"
              Throttle: { RateLimit: !Ref Rate, BurstLimit: 10 }
              Quota: { Limit: 100, Period: MONTH }
          Acme:
            Type: AWS::ApiGateway::ApiKey
            Properties:
              Name:
                Fn::Sub: "acme-${Env}-${!x}"
              Enabled: "true"
              Tags:
                - { Key: env, Value: !Ref Env }
          Quiet:
            Type: AWS::ApiGateway::ApiKey
            Properties:
              Name: quiet
              CustomerId: !Ref AWS::NoValue
          Member:
            Type: AWS::ApiGateway::UsagePlanKey
            Properties: { KeyId: !Ref Acme, KeyType: API_KEY, UsagePlanId: !Ref Gold }
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: !GetAtt Some.Arn
        """;

    private static readonly ForeignReaders Readers = ReaderFuzzTests.LoadReaders();

    [Fact]
    public void WhatATemplateSaysIsRead()
    {
        DesiredEntries read = Good("template.yaml", Yaml);
        Assert.Equal(["acme-prod-${x}|True||env=prod", "quiet|False||"], read.Keys.Select(key =>
            $"{key.Spec.Name}|{key.Spec.Enabled}|{key.Spec.Description}|{key.Spec.Tags}"));
        DesiredPlan plan = Assert.Single(read.Plans);
        Assert.Equal(("gold-prod", 5.0, 10, 100), (plan.Spec.Name, plan.Spec.RateLimit, plan.Spec.BurstLimit, plan.Spec.QuotaLimit));
        DesiredMember member = Assert.Single(read.Members);
        Assert.Equal(("acme-prod-${x}", plan), (member.Key!.Spec.Name, member.Plan.Plan));
    }

    [Theory]
    [InlineData("Name: quiet", "Name: !ImportValue x", 29)]
    [InlineData("Name: quiet", "Name: !Ref Unset", 29)]
    [InlineData("Name: quiet", "Name: !Sub 'a-${Unset}'", 29)]
    [InlineData("Name: quiet", "Name: !Sub 'a-${AWS::Region}'", 29)]
    [InlineData("Name: quiet", "Name: '{{resolve:ssm:x}}'", 29)]
    [InlineData("Name: quiet", "Description: x", 26)]
    [InlineData("Name: quiet", "Nam: quiet", 29)]
    [InlineData("Enabled: \"true\"", "Enabled: !If [a, b, c]", 23)]
    [InlineData("UsagePlanName:", "Description:", 12)]
    [InlineData("Throttle: {", "ApiStages: [{ ApiId: !Ref Function, Stage: prod }]\n      Throttle: {", 16)]
    [InlineData("Type: AWS::Lambda::Function", "Type: AWS::CloudFormation::Stack", 34)]
    [InlineData("Type: AWS::Lambda::Function", "Type: AWS::Serverless::Api\n"
        + "    Properties: { Auth: { UsagePlan: { CreateUsagePlan: SHARED } } }", 0)]
    [InlineData("Resources:", "Transform: MyMacro\nResources:", 11)]
    [InlineData("KeyId: !Ref Acme", "KeyId: !Ref Other", 31)]
    public void WhatOnlyTheStackKnowsIsAProblemWithItsPlace(string old, string changed, int line)
    {
        DesiredSource source = new("template.yaml");
        DesiredEntries read = DesiredStateFile.Read(source, Yaml.Replace(old, changed, StringComparison.Ordinal), TagPolicy.None,
            default, Readers);
        Assert.NotEmpty(source.Problems);
        Assert.All(source.Problems, problem => Assert.True(problem.Column > 0));
        Assert.Empty(read.Keys);
        Assert.True(line == 0 || source.Problems.Any(problem => problem.Line == line), string.Join('\n', source.Problems));
    }

    [Fact]
    public void TheAwsClisListingsAreRead()
    {
        DesiredEntries read = Good("keys.json", """
            { "items": [
              { "id": "a1", "name": "a", "enabled": true, "createdDate": "2026-01-02T03:04:05+00:00",
                "lastUpdatedDate": 1.5, "stageKeys": [], "customerId": "c", "tags": { "env": "prod", "aws:x": "y" } },
              { "id": "b1", "enabled": false, "createdDate": 1, "stageKeys": [] },
              { "id": "p1", "name": "gold", "apiStages": [{ "apiId": "x", "stage": "s",
                "throttle": { "/a/GET": { "rateLimit": 1.0, "burstLimit": 2 } } }], "throttle": { "burstLimit": 2, "rateLimit": 1.0 },
                "quota": { "limit": 5, "offset": 0, "period": "DAY" } } ] }
            """);
        Assert.Equal(["a1|a|True||c|env=prod", "b1||False|||"], read.Keys.Select(key =>
            $"{key.Id}|{key.Spec.Name}|{key.Spec.Enabled}|{key.Spec.Description}|{key.Spec.CustomerId}|{key.Spec.Tags}"));
        Assert.Equal(("p1", "x:s", 5), (read.Plans[0].Id, read.Plans[0].Spec.ApiStages[0].ToString(), read.Plans[0].Spec.QuotaLimit));
    }

    [Theory]
    [InlineData("a.json", """{ "items": [] }""", "not clear")]
    [InlineData("a.json", """{ "items": [{ "id": "a" }], "NextToken": "x" }""", "part of a listing")]
    [InlineData("main.tf", "resource {}", "terraform show -json")]
    [InlineData("prod.tfvars", "a = 1", "terraform show -json")]
    [InlineData("serverless.yml", "service: a\nprovider:\n  name: aws\n", "serverless package")]
    [InlineData("serverless.yml", "service: a\nprovider: !Sub x\n", "serverless package")]
    [InlineData("keys.yaml", "keys:\n  - name: !Ref x\n", "mark that starts with !")]
    public void WhatCannotBeReadSaysWhatToDo(string name, string text, string expected)
    {
        DesiredSource source = new(name);
        Assert.Empty(DesiredStateFile.Read(source, text, TagPolicy.None, default, Readers).Keys);
        Assert.Contains(expected, Assert.Single(source.Problems).Message);
    }

    private static DesiredEntries Good(string name, string text)
    {
        DesiredSource source = new(name);
        DesiredEntries read = DesiredStateFile.Read(source, text, TagPolicy.None, default, Readers);
        Assert.Empty(source.Problems);
        return read;
    }
}
