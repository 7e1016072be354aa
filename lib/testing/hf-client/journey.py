"""Drives the HF-compatible API with Hugging Face's own client; prints what it saw as JSON.

Usage: journey.py <portal URL>, with HF_TOKEN and HF_ENDPOINT in the environment.
"""

import json
import sys
import time

from huggingface_hub import HfApi, __version__, constants
from huggingface_hub.errors import BadRequestError, HfHubHTTPError

# The client has no setting for this address (reference B.7).
constants.INFERENCE_ENDPOINTS_ENDPOINT = f"{sys.argv[1]}/v2"

HARDWARE = {
    "accelerator": "cpu",
    "instance_size": "x1",
    "instance_type": "cpu",
    "region": "this-machine",
    "vendor": "local",
}


def refusal(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except HfHubHTTPError as error:
        return {
            "kind": type(error).__name__,
            "status": error.response.status_code,
            "message": error.server_message,
            "requestId": error.request_id is not None,
        }
    return None


api = HfApi()
seen = {"version": __version__, "whoami": api.whoami()["name"]}
seen["hardware"] = [entry.id for entry in api.list_inference_endpoints_hardware()]


def create(name, **changes):
    arguments = {
        "repository": "slipway/sample-sentiment",
        "framework": "pytorch",
        "env": {"LOG_LEVEL": "debug"},
        "secrets": {"API_KEY": "a secret value"},
        "tags": ["from-python"],
        **HARDWARE,
    }
    return api.create_inference_endpoint(name, **{**arguments, **changes})


endpoint = create("from-python")
seen["created"] = {"status": str(endpoint.status), "url": endpoint.url, "raw": endpoint.raw}
seen["created_at"] = endpoint.created_at.isoformat()
seen["listed"] = [item.name for item in api.list_inference_endpoints()]
seen["everywhere"] = [item.name for item in api.list_inference_endpoints("*")]

endpoint.update(min_replica=2, max_replica=2)
seen["scaled"] = endpoint.raw["compute"]["scaling"]
api.update_inference_endpoint("from-python", env={"LOG_LEVEL": "info"})
endpoint.fetch()
seen["env"] = endpoint.raw["model"]["env"]
seen["secrets"] = endpoint.raw["model"]["secrets"]
seen["revision"] = endpoint.raw["status"]["revision"]

seen["already_running"] = refusal(api.resume_inference_endpoint, "from-python", running_ok=False)
endpoint.resume(running_ok=True)
endpoint.wait(timeout=60, refresh_every=1)
seen["waited"] = {"status": str(endpoint.status), "ready": endpoint.raw["status"]["readyReplica"]}
endpoint.pause()
for _ in range(60):
    if endpoint.fetch().status == "paused":
        break
    time.sleep(0.5)
seen["paused"] = str(endpoint.status)
endpoint.resume().wait(timeout=60, refresh_every=1)
seen["resumed"] = str(endpoint.status)
seen["scale_to_zero"] = refusal(api.scale_to_zero_inference_endpoint, "from-python")
seen["duplicate"] = refusal(create, "from-python")
seen["no_such_hardware"] = refusal(create, "elsewhere", instance_size="x4096")
seen["no_such_image"] = refusal(create, "elsewhere", custom_image={"vLLM": {}})
seen["unknown"] = refusal(api.get_inference_endpoint, "elsewhere")
seen["bad_token"] = refusal(api.get_inference_endpoint, "from-python", token="hf_unknown")
assert issubclass(BadRequestError, HfHubHTTPError)

endpoint.delete()
for _ in range(60):
    gone = refusal(api.get_inference_endpoint, "from-python")
    if gone:
        break
    time.sleep(0.5)
seen["gone"] = gone
print(json.dumps(seen))
