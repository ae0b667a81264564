"""Reads the body of an OTLP request for traces, and prints its spans as JSON."""

import json
import sys

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

request = ExportTraceServiceRequest()
request.ParseFromString(sys.stdin.buffer.read())
spans = []
for resource in request.resource_spans:
    service = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
    for scope in resource.scope_spans:
        for span in scope.spans:
            attributes = {
                pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in span.attributes
            }
            spans.append({
                "service": service["service.name"], "name": span.name, "kind": span.kind, "trace": span.trace_id.hex(),
                "span": span.span_id.hex(), "parent": span.parent_span_id.hex(), "attributes": attributes,
                "status": span.status.code, "isOrdered": 0 < span.start_time_unix_nano <= span.end_time_unix_nano,
            })
print(json.dumps(spans))
