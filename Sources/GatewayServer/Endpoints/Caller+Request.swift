internal import Gateway
internal import NIOHTTP1

extension Caller {
    /// Makes the caller of a request from its header fields and the results of filters.
    init(_ request: HTTPRequest) {
        if request.client == nil, let known = request.requestHead.caller {
            self = known
        } else {
            // The token of a client authenticates it to the gateway, and is no key of the upstream.
            self.init(request.head.headers, readsAuthorization: request.client == nil)
        }
        client = request.client
        address = request.peerAddress
        charge = request.charge
        setRequestID(request.id)
        notes = request.notes
        // A trace with a span of the gateway takes precedence over one that it only forwards.
        if let trace = request.trace { setTrace(trace) }
    }

    /// Reads header fields: `Authorization`, the key for the first workspace, and `Workspace-Key: SLUG KEY` for each other one; the
    /// trace context, `Idempotency-Key`, and `Gateway-Report: calls` or `plan`.
    init(_ fields: HTTPHeaders, readsAuthorization: Bool = true) {
        self.init(
            authorization: readsAuthorization ? fields.joined("authorization") : nil,
            workspaceKeys: fields["workspace-key"]
        )
        if let field = fields.only(RequestTrace.fieldName) {
            forwardTrace(field: field, state: fields.joined(RequestTrace.stateFieldName))
        }
        idempotency = fields.joined("idempotency-key").map { IdempotencyField($0) }
        // PERF: nearly no request has the field.
        guard let report = fields.joined("gateway-report") else { return }
        let wanted = HeaderList.split(report[...], on: ",")
        wantsPlan = wanted.contains("plan")
        wantsReport = wantsPlan || wanted.contains("calls")
    }
}
