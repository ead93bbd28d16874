"""boto3 creates keys one after another; prints the seconds it took without start-up."""
import sys
import time

import boto3
from botocore.config import Config

endpoint, count, prefix = sys.argv[1], int(sys.argv[2]), sys.argv[3]
client = boto3.client(
    "apigateway",
    endpoint_url=endpoint,
    region_name="eu-central-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY",
    config=Config(retries={"mode": "standard", "max_attempts": 1}),
)
client.get_api_keys(limit=1)
start = time.perf_counter()
for number in range(count):
    client.create_api_key(name=f"{prefix}-{number}", description="Managed by Terraform", enabled=True)
print(time.perf_counter() - start)
