"""Reads a page of metrics as OpenMetrics, strictly, and prints the names of its metrics."""

import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

names = [family.name for family in text_string_to_metric_families(sys.stdin.read())]
print("\n".join(names))
