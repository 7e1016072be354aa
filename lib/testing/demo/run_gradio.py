"""Serves a generated Gradio app and calls it with Gradio's own client: folder, route, inputs as JSON."""

import importlib
import json
import sys

from gradio_client import Client, handle_file

folder, route, inputs = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
sys.path.insert(0, folder)
demo = importlib.import_module("app").demo
demo.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1")
seen = {}
try:
    job = Client(demo.local_url, verbose=False).submit(
        *[handle_file(value["file"]) if isinstance(value, dict) else value for value in inputs], api_name=route
    )
    seen = {"result": job.result(timeout=100), "pieces": len(job.outputs())}
except Exception as error:  # What the app says to its user.
    seen = {"error": str(error)}
finally:
    demo.close()
print(json.dumps(seen))
