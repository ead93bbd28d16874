"""boto3 creates keys; prints the seconds it took without start-up, its processor seconds, and how many it takes for made."""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

endpoint, count, prefix, retries, attempts, threads = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6])
client = boto3.client(
    "apigateway",
    endpoint_url=endpoint,
    region_name="eu-central-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY",
    config=Config(retries={"mode": retries, "max_attempts": attempts}, max_pool_connections=max(threads, 10)),
)


def create(number):
    try:
        client.create_api_key(name=f"{prefix}-{number}", description="Managed by Terraform", enabled=True)
        return 1
    except (BotoCoreError, ClientError):
        return 0


client.get_api_keys(limit=1)
start, processor = time.perf_counter(), time.process_time()
if threads == 1:
    made = sum(create(number) for number in range(count))
else:
    with ThreadPoolExecutor(threads) as pool:
        made = sum(pool.map(create, range(count)))
print(time.perf_counter() - start, time.process_time() - processor, made)
