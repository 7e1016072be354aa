"""Parses OpenMetrics text from standard input with Prometheus' own client, which refuses what is not valid;
prints the families as JSON: name, type, unit and number of samples."""

import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

families = text_string_to_metric_families(sys.stdin.read())
print(json.dumps([[family.name, family.type, family.unit, len(family.samples)] for family in families]))
