internal import GraphQL
internal import JSON

/// A binding to the rest of the caller's budget for the parent's workspace, which takes no call.
struct QuotaBinding: SingleFieldBinding {
    var gatewayObject: GatewayObject? {
        GatewayObject(directive: .quota, fields: ["limit", "remaining", "resetsAt"], isOfParent: true)
    }

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        Resolution(forEachParentOf: request) { document, _ in
            quota(of: document.origin, as: request.type, resolver.session)
        }
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) { estimator.showOwnWorkspace(field) }

    private func quota(of workspace: Int, as type: NamedType, _ session: CallSession) -> SourceDocument? {
        guard let credential = session.credential(for: workspace) else { return nil }
        session.report.showedMomentary()
        let quota = session.quota(of: credential, in: workspace)
        func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
        let values = [
            ("limit", number(quota.limit)), ("remaining", number(quota.remaining)),
            ("resetsAt", number(quota.resetsAt)),
        ]
        return SourceDocument(JSONDocument(values, as: type), origin: workspace)
    }
}

extension QuotaBinding: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        guard field.definition.type.listItem == nil else {
            reader.report("@quota of \(field.subject) shows one object: its type cannot be a list.", arguments.range)
            return
        }
        reader.bind(QuotaBinding(), to: field)
    }
}
