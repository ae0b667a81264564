internal import GraphQL
internal import JSON

/// What a write's field shows of the object: the answer's own, or one that is fetched because the answer lacks something.
struct MutationResult {
    let session: CallSession
    let workspace: Int
    let plan: WritePlan
    /// The members of the object that are read.
    let members: [JSONKey]

    /// The object, as far as there is one, and what kept it from being shown whole.
    struct Shown {
        var document: SourceDocument?
        var node: Int?
        var key: String?
        var failure: FieldFailure?
    }

    /// Completes what an answer shows with one call, where that is needed and can help.
    func complete(_ written: WritePlan.Written) async -> Shown {
        var shown = Shown(document: written.document, node: written.node, key: written.key)
        guard let entity = plan.entity else { return shown }
        if shown.node == nil, let key = shown.key { showKey(of: entity, key, in: &shown) }
        let missing = missing(in: shown)
        // Of a deleted object there is no more than what is known.
        guard plan.isCacheable else {
            if written.node == nil, !missing.isEmpty { (shown.document, shown.node) = (nil, nil) }
            return shown
        }
        guard let key = shown.key else {
            let message =
                "The write was carried out, but the upstream does not say what it made: look for it in a list."
            shown.failure = FieldFailure(.upstreamInvalidResponse, message)
            return shown
        }
        guard !missing.isEmpty, entity.accepts(key: key) else { return shown }
        await fetch(entity, key, missing, knowsMore: written.node != nil, into: &shown)
        return shown
    }

    /// Without anything else, the key is known.
    private func showKey(of entity: Entity, _ key: String, in shown: inout Shown) {
        let json = JSONDocument(.object(JSONObject([(entity.key.name, .string(key))])))
        (shown.document, shown.node) = (SourceDocument(json, origin: workspace), 0)
    }

    private func missing(in shown: Shown) -> [JSONKey] {
        guard let entity = plan.entity, let document = shown.document, let node = shown.node else { return members }
        let completion = RowCompletion(session: session, entity: entity, workspace: workspace)
        return members.filter { document.json.member($0, of: node) == nil && !completion.isAbsent([$0]) }
    }

    private func fetch(
        _ entity: Entity,
        _ key: String,
        _ missing: [JSONKey],
        knowsMore: Bool,
        into shown: inout Shown
    ) async {
        var purpose = CallPurpose(policy: plan.policy, entity: entity)
        purpose.isByKey = true
        let call = Call(workspace: workspace, path: entity.path(of: key))
        let reader = session.broker.workspaces[workspace].reader
        let outcome = await session.fetch([call], purpose: purpose).first ?? .failed(.gatewayFailed)
        switch outcome {
        case .answered(let document):
            guard let node = reader.object(in: document, entity: entity) else { break }
            if knowsMore {
                RowCompletion(session: session, entity: entity, workspace: workspace)
                    .learn(missing, from: document, node)
            }
            (shown.document, shown.node) = (document, node)
            return
        case .missing:
            break
        case .failed(let failure):
            shown.failure = failure
            shown.failure?.message = "The write was carried out, but the object cannot be read: \(failure.message)"
            if !knowsMore { (shown.document, shown.node) = (nil, nil) }
            return
        }
        let message = "The write was carried out, but the upstream does not show the object."
        shown.failure = FieldFailure(.notFound, message)
        if !knowsMore { (shown.document, shown.node) = (nil, nil) }
    }
}
