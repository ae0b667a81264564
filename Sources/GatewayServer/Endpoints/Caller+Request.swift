internal import Gateway
internal import NIOHTTP1

extension Caller {
    /// Who sends a request: what its header fields say, and what filters have found out.
    init(_ request: HTTPRequest) {
        if request.client == nil, let known = request.requestHead.caller {
            self = known
        } else {
            // The token of a client is the gateway's own business.
            self.init(request.head.headers, readsAuthorization: request.client == nil)
        }
        client = request.client
        address = request.peerAddress
        charge = request.charge
        setRequestID(request.id)
        notes = request.notes
        // A trace that the gateway takes part in goes before one that it only forwards.
        if let trace = request.trace { setTrace(trace) }
    }

    /// Reads header fields: `Authorization`, the key for the first workspace, and `Workspace-Key: SLUG KEY` for each other one; the trace
    /// that the caller is in, `Idempotency-Key`, and whether it asks for `Gateway-Report: calls` or `plan`.
    init(_ fields: HTTPHeaders, readsAuthorization: Bool = true) {
        self.init(
            authorization: readsAuthorization ? fields.joined("authorization") : nil,
            workspaceKeys: fields["workspace-key"]
        )
        if let field = fields.first(name: RequestTrace.fieldName) {
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
