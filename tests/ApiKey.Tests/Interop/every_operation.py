"""Every operation of the emulator through boto3: results, paginators, error classes."""
import datetime
import sys

import boto3
from botocore.config import Config

client = boto3.client("apigateway", endpoint_url=sys.argv[1], region_name="us-east-1", config=Config(retries={"max_attempts": 1}))
today = datetime.date.today().isoformat()

key = client.create_api_key(name="first", enabled=True, value="v" * 20, tags={"a": "1"}, stageKeys=[{"restApiId": "r", "stageName": "s"}])
assert key["stageKeys"] == ["r/s"] and isinstance(key["createdDate"], datetime.datetime), key
arn = "arn:aws:apigateway:us-east-1::/apikeys/" + key["id"]
try:
    client.create_api_key(name="second", value="v" * 20)
    raise SystemExit("a used value was taken")
except client.exceptions.ConflictException as failure:
    assert failure.response["Error"]["Message"] == "API Key already exists", failure

imported = client.import_api_keys(format="csv", body=b"Name,Key\n" + b"".join(b"more-%d,%s\n" % (n, b"%020d" % n) for n in range(60)))
assert len(imported["ids"]) == 60 and imported["warnings"] == [], imported
pages = list(client.get_paginator("get_api_keys").paginate(PaginationConfig={"PageSize": 7}))
assert len(pages) == 9 and sum(len(page["items"]) for page in pages) == 61, len(pages)
assert client.update_api_key(apiKey=key["id"], patchOperations=[{"op": "replace", "path": "/enabled", "value": "false"}])["enabled"] is False
assert client.get_api_key(apiKey=key["id"], includeValue=True)["value"] == "v" * 20
client.tag_resource(resourceArn=arn, tags={"b": "2"})
client.untag_resource(resourceArn=arn, tagKeys=["a"])
assert client.get_tags(resourceArn=arn)["tags"] == {"b": "2"}

plan = client.create_usage_plan(name="plan", quota={"limit": 10, "period": "DAY"}, throttle={"rateLimit": 2, "burstLimit": 1}, tags={"t": "1"})
assert plan["throttle"]["rateLimit"] == 2.0, plan
plan_id = plan["id"]
assert client.update_usage_plan(usagePlanId=plan_id, patchOperations=[{"op": "add", "path": "/apiStages", "value": "api:dev"}])["apiStages"] == [{"apiId": "api", "stage": "dev"}]
assert client.get_usage_plan(usagePlanId=plan_id)["tags"] == {"t": "1"}
for key_id in [key["id"], *imported["ids"]]:
    client.create_usage_plan_key(usagePlanId=plan_id, keyId=key_id, keyType="API_KEY")
assert len(client.get_paginator("get_usage_plan_keys").paginate(usagePlanId=plan_id).build_full_result()["items"]) == 61
assert client.get_usage_plan_key(usagePlanId=plan_id, keyId=key["id"])["value"] == "v" * 20
assert [p["id"] for p in client.get_usage_plans(keyId=key["id"])["items"]] == [plan_id]
usage = {}
for page in client.get_paginator("get_usage").paginate(usagePlanId=plan_id, startDate=today, endDate=today):
    usage.update(page["items"])
assert len(usage) == 61 and usage[key["id"]] == [[0, 10]], usage
assert client.update_usage(usagePlanId=plan_id, keyId=key["id"], patchOperations=[{"op": "replace", "path": "/remaining", "value": "4"}])["items"] == {key["id"]: [[0, 4]]}
client.delete_usage_plan_key(usagePlanId=plan_id, keyId=key["id"])
client.update_usage_plan(usagePlanId=plan_id, patchOperations=[{"op": "remove", "path": "/apiStages", "value": "api:dev"}])
client.delete_usage_plan(usagePlanId=plan_id)
client.delete_api_key(apiKey=key["id"])
try:
    client.get_api_key(apiKey=key["id"])
    raise SystemExit("a deleted key was found")
except client.exceptions.NotFoundException as failure:
    assert failure.response["ResponseMetadata"]["HTTPStatusCode"] == 404
assert client.get_account()["apiKeyVersion"] == "4"
print("every operation answered")
