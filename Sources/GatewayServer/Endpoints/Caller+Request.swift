internal import Gateway
private import NIOHTTP1

extension Caller {
    /// Reads the keys that a request brings: `Authorization` for the first workspace, and `Workspace-Key: SLUG KEY` for each
    /// other one; and whether it asks for `Gateway-Report: calls` or `plan`.
    init(_ request: HTTPRequest) {
        self.init(
            // The token of a client is the gateway's own business.
            authorization: request.client == nil ? request.header("authorization") : nil,
            workspaceKeys: request.head.headers["workspace-key"]
        )
        client = request.client
        address = request.peerAddress
        charge = request.charge
        setRequestID(request.id)
        notes = request.notes
        setTrace(request.trace)
        if request.trace == nil, let field = request.head.headers.first(name: RequestTrace.fieldName) {
            forwardTrace(field: field, state: request.header(RequestTrace.stateFieldName))
        }
        idempotency = request.header("idempotency-key").map { IdempotencyField($0) }
        let report = request.header("gateway-report")
        wantsPlan = report == "plan"
        wantsReport = wantsPlan || report == "calls"
    }
}
