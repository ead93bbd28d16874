using System.Globalization;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Calls;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>The port on the service client: each call sent once, failures in the module's own terms.</summary>
internal sealed class AwsApiGateway(IAmazonAPIGateway client, string region, Func<string, CancellationToken, Task<QuotaScope>> findScope)
    : IApiGateway
{
    private const int PageSize = ApiKeyQuery.PageSize;
    private const string KeyType = "API_KEY";

    private readonly Answers _answers = new(region);

    public string Region => region;

    public async Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await findScope(region, cancellationToken);
        }
        catch (Exception failure) when (failure is not (ApiGatewayException or OperationCanceledException))
        {
            throw Failures.Translate(failure, $"apigateway:GET on {_answers.ServiceArn}/apikeys");
        }
    }

    public async Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return (T)(await AnswerAsync(call, cancellationToken))!;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not ApiGatewayException)
        {
            throw Failures.Translate(failure, IamActionOf(call), new Secrets(call.Secret, call.SecretFile));
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && failure is not OperationCanceledException)
        {
            // However the SDK ends a call that was cancelled, to the caller it is cancelled.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
    }

    public void Dispose() => client.Dispose();

    // One line a call: its request, and what its answer is to us.
    private async Task<object?> AnswerAsync(Call call, CancellationToken stop) => call switch
    {
        CreateKey create => _answers.Created(await client.CreateApiKeyAsync(Requests.Create(create.Spec), stop)),
        GetKey get => _answers.Read(get.Id, await client.GetApiKeyAsync(new() { ApiKey = get.Id, IncludeValue = get.IncludeValue }, stop)),
        ListKeys list => _answers.Page(await client.GetApiKeysAsync(Requests.List(list.Query, list.Position), stop)),
        UpdateKey update => _answers.Updated(update.Id,
            await client.UpdateApiKeyAsync(new() { ApiKey = update.Id, PatchOperations = Requests.Replace(update.Changes) }, stop)),
        DeleteKey delete => await Done(client.DeleteApiKeyAsync(new() { ApiKey = delete.Id }, stop)),
        TagKey tag => await Done(
            client.TagResourceAsync(new() { ResourceArn = _answers.KeyArn(tag.Id), Tags = Wire.ToWire(tag.Tags) }, stop)),
        UntagKey untag => await UntagAsync(untag, stop),
        ImportKeys import => Answers.Imported(await client.ImportApiKeysAsync(Requests.Import(import), stop)),
        CreatePlan create => _answers.Plan(new PlanParts(await client.CreateUsagePlanAsync(Requests.Create(create.Spec), stop)),
            isChange: true),
        GetPlan get => _answers.Plan(new PlanParts(await client.GetUsagePlanAsync(new() { UsagePlanId = get.Id }, stop)), get.Id),
        ListPlans list => _answers.Page(
            await client.GetUsagePlansAsync(new() { KeyId = list.ApiKeyId, Limit = PageSize, Position = list.Position }, stop)),
        RemovePlanStages remove
            => _answers.Plan(new PlanParts(await client.UpdateUsagePlanAsync(new()
            {
                UsagePlanId = remove.Id,
                PatchOperations = Requests.Remove(remove.Stages)
            }, stop)), remove.Id),
        DeletePlan delete => await Done(client.DeleteUsagePlanAsync(new() { UsagePlanId = delete.Id }, stop)),
        AddPlanKey add => _answers.Member(add.PlanId, add.KeyId,
            await client.CreateUsagePlanKeyAsync(new() { UsagePlanId = add.PlanId, KeyId = add.KeyId, KeyType = KeyType }, stop)),
        GetPlanKey get => _answers.Member(get.PlanId, get.KeyId,
            await client.GetUsagePlanKeyAsync(new() { UsagePlanId = get.PlanId, KeyId = get.KeyId }, stop)),
        ListPlanKeys list => _answers.Page(list.PlanId,
            await client.GetUsagePlanKeysAsync(new()
            {
                UsagePlanId = list.PlanId,
                NameQuery = list.NamePrefix,
                Limit = PageSize,
                Position = list.Position
            }, stop)),
        RemovePlanKey remove => await Done(
            client.DeleteUsagePlanKeyAsync(new() { UsagePlanId = remove.PlanId, KeyId = remove.KeyId }, stop)),
        GetPlanUsage get => Answers.Page(get.Query, await client.GetUsageAsync(Requests.Usage(get), stop)),
        SetRemaining set => Answers.Usage(await client.UpdateUsageAsync(new()
        {
            UsagePlanId = set.PlanId,
            KeyId = set.KeyId,
            PatchOperations = [Requests.Replace("/remaining", set.Remaining.ToString(CultureInfo.InvariantCulture))]
        }, stop)),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call.GetType().Name, "A call without a line in the adapter."),
    };

    private static async Task<Nothing> Done(Task request)
    {
        await request;
        return Nothing.Value;
    }

    // AWSSDK.Core signs the values of a repeated query parameter in the order of their plain text, SigV4 wants that of their
    // encoded text ("a1" and "a:b" are such a pair). Nearly always the two agree and this is one request.
    private async Task<Nothing> UntagAsync(UntagKey untag, CancellationToken stop)
    {
        foreach (List<string> keys in Requests.SignableGroups(untag.Keys))
        {
            await client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = _answers.KeyArn(untag.Id), TagKeys = keys }, stop);
        }

        return Nothing.Value;
    }

    // Only a failure asks.
    private string IamActionOf(Call call)
    {
        string path = call switch
        {
            GetKey get => $"/apikeys/{get.Id}",
            UpdateKey update => $"/apikeys/{update.Id}",
            DeleteKey delete => $"/apikeys/{delete.Id}",
            TagKey tag => $"/tags/{Uri.EscapeDataString(_answers.KeyArn(tag.Id))}",
            UntagKey untag => $"/tags/{Uri.EscapeDataString(_answers.KeyArn(untag.Id))}",
            CreatePlan or ListPlans => "/usageplans",
            GetPlan get => $"/usageplans/{get.Id}",
            RemovePlanStages remove => $"/usageplans/{remove.Id}",
            DeletePlan delete => $"/usageplans/{delete.Id}",
            AddPlanKey add => $"/usageplans/{add.PlanId}/keys",
            ListPlanKeys list => $"/usageplans/{list.PlanId}/keys",
            GetPlanKey get => $"/usageplans/{get.PlanId}/keys/{get.KeyId}",
            RemovePlanKey remove => $"/usageplans/{remove.PlanId}/keys/{remove.KeyId}",
            GetPlanUsage get => $"/usageplans/{get.Query.PlanId}/usage",
            SetRemaining set => $"/usageplans/{set.PlanId}/keys/{set.KeyId}/usage",
            _ => "/apikeys",
        };
        bool hasTags = call is CreateKey { Spec.Tags.Count: > 0 } or CreatePlan { Spec.Tags.Count: > 0 };
        return $"apigateway:{call.Verb} on {_answers.ServiceArn}{path}{(hasTags ? " and apigateway:PUT for its tags" : "")}";
    }
}
