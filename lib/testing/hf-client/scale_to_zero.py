"""Scales an endpoint to zero and wakes it with Hugging Face's own client; prints what it saw as JSON.

Usage: scale_to_zero.py <portal URL>, with HF_TOKEN and HF_ENDPOINT in the environment.
"""

import json
import sys
import time

from huggingface_hub import HfApi, constants, get_session
from huggingface_hub.errors import HfHubHTTPError

constants.INFERENCE_ENDPOINTS_ENDPOINT = f"{sys.argv[1]}/v2"

api = HfApi()
hardware = api.list_inference_endpoints_hardware()
seen = {"hardware": [entry.id for entry in hardware]}

endpoint = api.create_inference_endpoint(
    "sleepy",
    repository="acme/sentiment",
    revision="a" * 40,
    task="text-classification",
    framework="pytorch",
    accelerator="cpu",
    vendor="aws",
    region="us-east-1",
    instance_type="intel-spr",
    instance_size="x1",
    min_replica=0,
    max_replica=1,
    scale_to_zero_timeout=15,
)
endpoint.wait(timeout=60, refresh_every=1)
seen["waited"] = str(endpoint.status)

endpoint.scale_to_zero()
for _ in range(120):
    if endpoint.fetch().status == "scaledToZero":
        break
    time.sleep(0.5)
seen["asleep"] = {"status": str(endpoint.status), "ready": endpoint.raw["status"]["readyReplica"]}

try:
    api.resume_inference_endpoint("sleepy", running_ok=False)
except HfHubHTTPError as error:
    seen["resume_refused"] = error.server_message
# The client takes that refusal for success; what wakes an endpoint is a request.
endpoint.resume()
# The gateway may not know yet that it sleeps, as at any first call: a caller asks again.
for _ in range(120):
    get_session().get(endpoint.url, headers=api._build_hf_headers())
    if endpoint.fetch().status != "scaledToZero":
        break
    time.sleep(0.5)
endpoint.wait(timeout=60, refresh_every=1)
seen["woken"] = {"status": str(endpoint.status), "ready": endpoint.raw["status"]["readyReplica"]}

endpoint.delete()
for _ in range(120):
    try:
        endpoint.fetch()
    except HfHubHTTPError as error:
        seen["gone"] = error.response.status_code
        break
    time.sleep(0.5)
print(json.dumps(seen))
