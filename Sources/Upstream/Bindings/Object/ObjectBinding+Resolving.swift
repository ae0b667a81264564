internal import GraphQL
internal import JSON

extension ObjectBinding {
    /// Fetches one object for each parent, each distinct path once; the value is null for a parent without a path.
    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        let session = resolver.session
        let workspaceAtRoot: Int?
        do {
            try template.checkValues(request.arguments)
            workspaceAtRoot = request.isAtRoot ? try resolver.workspace(atRoot: request) : nil
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
        let values = template.values(of: request.arguments)
        var calls: [Call] = []
        var ordinals: [Call: Int] = [:]
        var callOfParent: [Int?] = []
        callOfParent.reserveCapacity(request.parents.count)
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            guard let path = template.expand(values, parent: document, node: Int(parent.node)),
                let workspace = document.origin >= 0 ? document.origin : workspaceAtRoot
            else {
                callOfParent.append(nil)
                continue
            }
            let call = Call(workspace: workspace, path: path)
            if session.options.deduplication, let known = ordinals[call] {
                callOfParent.append(known)
            } else {
                ordinals[call] = calls.count
                callOfParent.append(calls.count)
                calls.append(call)
            }
        }
        var resolution = Resolution()
        let purpose = CallPurpose(policy: resolver.table.policy(of: request.binding), entity: entity, content: content)
        let found = await session.fetch(calls, purpose: purpose).enumerated().map { index, outcome in
            value(of: outcome, purpose, session, workspace: calls[index].workspace, in: &resolution)
        }
        resolution.values = callOfParent.map { $0.map { found[$0] } ?? .null }
        return resolution
    }

    private func value(
        of outcome: CallOutcome,
        _ purpose: CallPurpose,
        _ session: CallSession,
        workspace: Int,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch outcome {
        case .missing:
            return .null
        case .failed(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        case .found(let document):
            let reader = session.reader(of: workspace)
            guard let node = reader.object(in: document, expecting: purpose.content),
                !(purpose.entity?.isDeleted(node, in: document) ?? false)
            else { return .null }
            resolution.documents.append(document)
            return .found(document: resolution.documents.count - 1, node: node)
        }
    }
}
