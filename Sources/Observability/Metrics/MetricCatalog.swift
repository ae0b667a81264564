/// The metrics of the gateway; docs/observability.md has the same list.
package enum MetricCatalog {
    static let httpRequests = MetricDeclaration(
        .counter,
        "gateway_http_requests",
        labels: ["route", "method", "status"],
        "HTTP requests that have a response."
    )
    static let httpDuration = MetricDeclaration(
        .histogram,
        "gateway_http_request_duration_seconds",
        labels: ["route"],
        unit: "seconds",
        bounds: MetricDeclaration.durations,
        "Time from a complete request to its response."
    )
    static let httpRequestSize = MetricDeclaration(
        .histogram,
        "gateway_http_request_size_bytes",
        labels: ["route"],
        unit: "bytes",
        bounds: MetricDeclaration.sizes,
        "Bytes of request bodies."
    )
    static let httpResponseSize = MetricDeclaration(
        .histogram,
        "gateway_http_response_size_bytes",
        labels: ["route"],
        unit: "bytes",
        bounds: MetricDeclaration.sizes,
        "Bytes of response bodies as they are sent."
    )
    static let connections = MetricDeclaration(
        .gauge,
        "gateway_connections",
        "Open connections of clients, of all protocols."
    )

    static let operations = MetricDeclaration(
        .counter,
        "gateway_operations",
        labels: ["interface", "kind", "code"],
        "Operations and method calls, by the code of the first error or OK."
    )
    static let operationDuration = MetricDeclaration(
        .histogram,
        "gateway_operation_duration_seconds",
        labels: ["interface", "kind"],
        unit: "seconds",
        bounds: MetricDeclaration.durations,
        "Time from the request to the serialized result."
    )
    static let operationCalls = MetricDeclaration(
        .histogram,
        "gateway_operation_calls",
        labels: ["interface"],
        bounds: MetricDeclaration.counts,
        "Upstream calls that an operation made itself."
    )
    static let stageDuration = MetricDeclaration(
        .histogram,
        "gateway_stage_duration_seconds",
        labels: ["stage"],
        unit: "seconds",
        bounds: MetricDeclaration.durations,
        "Time that a stage of an operation took."
    )
    static let results = MetricDeclaration(
        .counter,
        "gateway_results",
        labels: ["origin"],
        "Operations by where the result came from: executed, cached, shared with an equal one, or none."
    )
    static let streamedResults = MetricDeclaration(
        .counter,
        "gateway_streamed_results",
        labels: ["interface", "kind"],
        "Results that subscriptions and live queries have sent."
    )

    static let upstreamCalls = MetricDeclaration(
        .counter,
        "gateway_upstream_calls",
        labels: ["workspace", "method", "outcome"],
        "Upstream calls that were sent, by status or kind of failure."
    )
    static let upstreamDuration = MetricDeclaration(
        .histogram,
        "gateway_upstream_call_duration_seconds",
        labels: ["workspace"],
        unit: "seconds",
        bounds: MetricDeclaration.durations,
        "Time from sending an upstream call to its whole response."
    )
    static let upstreamBytes = MetricDeclaration(
        .counter,
        "gateway_upstream_response_bytes",
        labels: ["workspace"],
        unit: "bytes",
        "Bytes of upstream responses after decompression."
    )
    static let lookups = MetricDeclaration(
        .counter,
        "gateway_cache_lookups",
        labels: ["result"],
        "Responses that operations needed: cached, stale, shared with another request, or missed."
    )
    static let cacheBytes = MetricDeclaration(
        .gauge,
        "gateway_cache_size_bytes",
        labels: ["cache"],
        unit: "bytes",
        "Bytes that a cache takes up: responses, results (root fields included), documents, complete_responses, responses_by_bytes."
    )
    static let cacheCapacity = MetricDeclaration(
        .gauge,
        "gateway_cache_capacity_bytes",
        labels: ["cache"],
        unit: "bytes",
        "Bytes that a cache may take up."
    )
    static let flights = MetricDeclaration(
        .gauge,
        "gateway_single_flight_pending",
        labels: ["kind"],
        "Upstream calls and executions in progress that equal ones join."
    )

    static let budgetLimit = MetricDeclaration(
        .gauge,
        "gateway_budget_limit_calls",
        labels: ["workspace", "kind"],
        unit: "calls",
        "Calls a minute that the key with the least left may make."
    )
    static let budgetRemaining = MetricDeclaration(
        .gauge,
        "gateway_budget_remaining_calls",
        labels: ["workspace", "kind"],
        unit: "calls",
        "Calls that the key with the least left has left in its minute."
    )
    static let budgetWaiting = MetricDeclaration(
        .gauge,
        "gateway_budget_waiting_calls",
        labels: ["workspace", "kind"],
        unit: "calls",
        "Calls that wait for their turn, of all keys."
    )
    static let budgetKeys = MetricDeclaration(
        .gauge,
        "gateway_budget_keys",
        labels: ["workspace"],
        "Keys whose budget is known."
    )
    static let budgetWait = MetricDeclaration(
        .histogram,
        "gateway_budget_wait_seconds",
        labels: ["workspace", "kind"],
        unit: "seconds",
        bounds: MetricDeclaration.durations + [60, 120],
        "Time that calls waited for their turn."
    )
    static let laneCalls = MetricDeclaration(
        .counter,
        "gateway_lane_calls",
        labels: ["workspace", "lane"],
        "Upstream calls by the lane in which they were spent; background: nobody waited for them."
    )
    static let laneWait = MetricDeclaration(
        .histogram,
        "gateway_lane_wait_seconds",
        labels: ["workspace", "lane"],
        unit: "seconds",
        bounds: MetricDeclaration.durations + [60, 120],
        "Time that calls of a lane waited for their turn."
    )
    static let budgetExhausted = MetricDeclaration(
        .counter,
        "gateway_budget_exhausted",
        labels: ["workspace", "kind", "cause"],
        "Calls that a budget did not allow in time, or that the upstream refused with status 429."
    )

    static let workspaceAvailable = MetricDeclaration(
        .gauge,
        "gateway_workspace_available",
        labels: ["workspace"],
        "1 if calls of the workspace are made, 0 after repeated failures."
    )
    static let breakerChanges = MetricDeclaration(
        .counter,
        "gateway_breaker_changes",
        labels: ["workspace", "level", "state"],
        "Circuit breakers of a workspace, a route or a path that opened or closed."
    )
    static let credentialsRefused = MetricDeclaration(
        .counter,
        "gateway_credentials_refused",
        labels: ["workspace"],
        "Upstream responses with status 401."
    )
    static let configurationChanges = MetricDeclaration(
        .counter,
        "gateway_configuration_changes",
        labels: ["change"],
        "Changes of the configuration, and failed ones: reloaded, refused, key_replaced, key_unusable."
    )

    static let droppedLogLines = MetricDeclaration(
        .counter,
        "gateway_log_lines_dropped",
        "Log lines for which the reader of standard error left no room."
    )
    static let spans = MetricDeclaration(
        .counter,
        "gateway_trace_spans",
        labels: ["result"],
        "Spans by fate: exported, dropped as the queue was full, failed."
    )
    static let buildInfo = MetricDeclaration(
        .gauge,
        "gateway_build_info",
        labels: ["version"],
        "1, with the version as a label."
    )

    static let processCPU = MetricDeclaration(
        .counter,
        "process_cpu_seconds",
        unit: "seconds",
        "User and system CPU time of the process."
    )
    static let processResident = MetricDeclaration(
        .gauge,
        "process_resident_memory_bytes",
        unit: "bytes",
        "Resident memory of the process."
    )
    static let processVirtual = MetricDeclaration(
        .gauge,
        "process_virtual_memory_bytes",
        unit: "bytes",
        "Virtual memory of the process."
    )
    static let processDescriptors = MetricDeclaration(
        .gauge,
        "process_open_fds",
        "Open file descriptors of the process."
    )
    static let processMaximumDescriptors = MetricDeclaration(
        .gauge,
        "process_max_fds",
        "File descriptors that the process may open."
    )
    static let processThreads = MetricDeclaration(.gauge, "process_threads", "Threads of the process.")
    static let processStart = MetricDeclaration(
        .gauge,
        "process_start_time_seconds",
        unit: "seconds",
        "Start of the process in Unix time."
    )

    /// All metrics, in the order of the page.
    package static let all: [MetricDeclaration] = [
        httpRequests, httpDuration, httpRequestSize, httpResponseSize, connections,
        operations, operationDuration, operationCalls, stageDuration, results, streamedResults,
        upstreamCalls, upstreamDuration, upstreamBytes, lookups, cacheBytes, cacheCapacity, flights,
        budgetLimit, budgetRemaining, budgetWaiting, budgetKeys, budgetWait, budgetExhausted, laneCalls, laneWait,
        workspaceAvailable, breakerChanges, credentialsRefused, configurationChanges,
        droppedLogLines, spans, buildInfo,
        processCPU, processResident, processVirtual, processDescriptors, processMaximumDescriptors, processThreads,
        processStart,
    ]
}
