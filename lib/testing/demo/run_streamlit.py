"""Runs a generated Streamlit app in Streamlit's own runtime and uses it: folder, inputs as JSON."""

import json
import sys

from streamlit.testing.v1 import AppTest

folder, inputs = sys.argv[1], json.loads(sys.argv[2])
app = AppTest.from_file(f"{folder}/app.py", default_timeout=100).run()
if app.chat_input:
    app.chat_input[0].set_value(inputs[0]).run()
else:
    for area, value in zip(app.text_area, inputs):
        area.set_value(value)
    app.button[0].click().run()
print(
    json.dumps(
        {
            "title": app.title[0].value,
            "errors": [item.value for item in app.error] + [item.value for item in app.exception],
            "json": [json.loads(item.value) for item in app.json],
            "text": [item.value for item in app.text],
            "markdown": [item.value for item in app.markdown],
        }
    )
)
