"""APIs and stages of the emulator through boto3: every operation, tags, paginators, errors, and a caller with a key."""
import datetime
import json
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config

endpoint = sys.argv[1]
client = boto3.client("apigateway", endpoint_url=endpoint, region_name="us-east-1", config=Config(retries={"max_attempts": 1}))


def replace(path, value):
    return [{"op": "replace", "path": path, "value": value}]


def refused(error, text, call, **arguments):
    try:
        call(**arguments)
    except error as failure:
        assert failure.response["Error"]["Message"] == text, failure
        return
    raise SystemExit("not refused: " + text)


bad, missing, conflict = client.exceptions.BadRequestException, client.exceptions.NotFoundException, client.exceptions.ConflictException

api = client.create_rest_api(name="orders", description="d", tags={"a": "1"}, endpointConfiguration={"types": ["REGIONAL"]})
assert isinstance(api["createdDate"], datetime.datetime) and api["tags"] == {"a": "1"}, api
a = {"restApiId": api["id"]}
assert client.update_rest_api(**a, patchOperations=replace("/name", "renamed") + replace("/endpointConfiguration/types/REGIONAL", "EDGE"))["name"] == "renamed"
assert client.get_rest_api(**a)["endpointConfiguration"]["types"] == ["EDGE"]
for number in range(30):
    client.create_rest_api(name="more-%d" % number)
assert len(client.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 7}).build_full_result()["items"]) == 31
refused(missing, "Invalid API identifier specified 000000000000:nosuchapi", client.get_rest_api, restApiId="nosuchapi")
refused(bad, "The REST API doesn't contain any methods", client.create_deployment, **a)

root = client.get_resources(**a)["items"][0]["id"]
assert root == api["rootResourceId"]
parent = client.create_resource(**a, parentId=root, pathPart="order")
child = client.create_resource(**a, parentId=parent["id"], pathPart="{id}")
assert client.update_resource(**a, resourceId=parent["id"], patchOperations=replace("/pathPart", "orders"))["path"] == "/orders"
assert client.get_resource(**a, resourceId=child["id"])["path"] == "/orders/{id}"
refused(conflict, "Another resource with the same parent already has this name: orders", client.create_resource, **a, parentId=root, pathPart="orders")
refused(bad, "A sibling ({id}) of this resource already has a variable path part -- only one is allowed", client.create_resource, **a, parentId=parent["id"], pathPart="{x+}")
refused(bad, "Resources cannot be cyclical.", client.update_resource, **a, resourceId=parent["id"], patchOperations=replace("/parentId", child["id"]))
refused(missing, "Invalid Resource identifier specified", client.get_resource, **a, resourceId="none")

m = {**a, "resourceId": parent["id"], "httpMethod": "GET"}
assert client.put_method(**m, authorizationType="NONE")["apiKeyRequired"] is False
assert client.update_method(**m, patchOperations=replace("/apiKeyRequired", "true"))["apiKeyRequired"] is True
refused(conflict, "Method already exists for this resource", client.put_method, **m, authorizationType="NONE")
refused(missing, "Invalid Integration identifier specified", client.get_integration, **m)
refused(bad, "No integration defined for method", client.create_deployment, **a)
integration = client.put_integration(**m, type="MOCK", requestTemplates={"application/json": '{"statusCode": 202}'})
assert integration["timeoutInMillis"] == 29000 and "httpMethod" not in integration, integration
assert client.update_integration(**m, patchOperations=replace("/timeoutInMillis", "1000"))["timeoutInMillis"] == 1000
assert client.get_integration(**m)["requestTemplates"] == {"application/json": '{"statusCode": 202}'}
client.put_method_response(**m, statusCode="202", responseModels={"application/json": "Empty"})
assert client.update_method_response(**m, statusCode="202", patchOperations=[{"op": "add", "path": "/responseParameters/method.response.header.X", "value": "true"}])["responseParameters"] == {"method.response.header.X": True}
assert client.get_method_response(**m, statusCode="202")["responseModels"] == {"application/json": "Empty"}
client.put_integration_response(**m, statusCode="202", responseTemplates={"application/json": "{}"}, responseParameters={"method.response.header.X": "'y'"})
assert client.update_integration_response(**m, statusCode="202", patchOperations=replace("/responseTemplates/application~1json", '{"accepted":true}'))["responseTemplates"] == {"application/json": '{"accepted":true}'}
assert client.get_integration_response(**m, statusCode="202")["responseParameters"] == {"method.response.header.X": "'y'"}
whole = client.get_method(**m)
assert whole["methodIntegration"]["integrationResponses"]["202"]["statusCode"] == "202" and whole["methodResponses"]["202"], whole
shown = {resource["path"]: resource for resource in client.get_resources(**a, embed=["methods"])["items"]}
assert list(shown) == ["/", "/orders", "/orders/{id}"] and shown["/orders"]["resourceMethods"]["GET"]["apiKeyRequired"] is True, shown

deployment = client.create_deployment(**a, description="first")["id"]
d = {**a, "deploymentId": deployment}
assert client.update_deployment(**d, patchOperations=replace("/description", "again"))["description"] == "again"
assert client.get_deployment(**d)["description"] == "again"
stage = client.create_stage(**a, stageName="prod", deploymentId=deployment, variables={"v": "1"}, tags={"s": "1"})
assert stage["tags"] == {"s": "1"} and stage["methodSettings"] == {}, stage
s = {**a, "stageName": "prod"}
changed = client.update_stage(**s, patchOperations=replace("/variables/v", "2") + replace("/description", "live") + replace("/*/*/throttling/rateLimit", "12.5"))
assert changed["variables"] == {"v": "2"} and changed["methodSettings"]["*/*"]["throttlingRateLimit"] == 12.5, changed
assert client.get_stage(**s)["description"] == "live"
assert [one["stageName"] for one in client.get_stages(**a)["item"]] == ["prod"]
assert client.get_deployments(**a)["items"][0]["id"] == deployment
refused(conflict, "Stage already exists", client.create_stage, **a, stageName="prod", deploymentId=deployment)
refused(bad, "Active stages pointing to this deployment must be moved or deleted", client.delete_deployment, **d)
refused(missing, "Invalid stage identifier specified", client.get_stage, **a, stageName="none")
for arn, tags in (("/restapis/%s" % api["id"], {"a": "1", "b": "2"}), ("/restapis/%s/stages/prod" % api["id"], {"s": "1", "b": "2"})):
    client.tag_resource(resourceArn="arn:aws:apigateway:us-east-1::" + arn, tags={"b": "2"})
    assert client.get_tags(resourceArn="arn:aws:apigateway:us-east-1::" + arn)["tags"] == tags
assert client.get_rest_api(**a)["tags"] == {"a": "1", "b": "2"} and client.get_stage(**s)["tags"] == {"s": "1", "b": "2"}

key = client.create_api_key(name="caller", enabled=True)
plan = client.create_usage_plan(name="plan", apiStages=[{"apiId": api["id"], "stage": "prod"}], quota={"limit": 2, "period": "DAY"})
client.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")


def call(value=None):
    request = urllib.request.Request(endpoint + "_aws/execute-api/%s/prod/orders" % api["id"], headers={"x-api-key": value} if value else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer), answer.headers["X"]
    except urllib.error.HTTPError as failure:
        return failure.code, json.load(failure)["message"], failure.headers["x-amzn-errortype"]


assert call() == (403, "Forbidden", "ForbiddenException"), call()
assert call(key["value"]) == (202, {"accepted": True}, "y")
assert call(key["value"])[0] == 202
assert call(key["value"]) == (429, "Limit Exceeded", "LimitExceededException")
today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
assert client.get_usage(usagePlanId=plan["id"], startDate=today, endDate=today)["items"] == {key["id"]: [[2, 0]]}
refused(bad, "Cannot delete Usage Plan %s because there are API Stages associated with it, including %s:prod" % (plan["id"], api["id"]), client.delete_usage_plan, usagePlanId=plan["id"])

client.delete_stage(**s)
assert client.get_usage_plan(usagePlanId=plan["id"])["apiStages"] == []
client.delete_usage_plan(usagePlanId=plan["id"])
client.delete_deployment(**d)
client.delete_integration_response(**m, statusCode="202")
client.delete_method_response(**m, statusCode="202")
refused(missing, "Invalid Response status code specified", client.get_method_response, **m, statusCode="202")
client.delete_integration(**m)
client.delete_method(**m)
refused(missing, "Invalid Method identifier specified", client.get_method, **m)
client.delete_resource(**a, resourceId=parent["id"])
assert [resource["path"] for resource in client.get_resources(**a)["items"]] == ["/"]
client.delete_rest_api(**a)
refused(missing, "Invalid API identifier specified 000000000000:" + api["id"], client.get_rest_api, **a)
print("every operation answered")
