internal import GraphQL
internal import JSON

/// The object that a write's field shows: that of the response, or one that is fetched because the response lacks a member.
struct MutationResult {
    let session: CallSession
    let workspace: Int
    let plan: WritePlan
    let method: WriteMethod
    /// The members of the object that are selected.
    let members: ReadMembers
    /// The body of the request.
    let body: JSONValue?
    /// The object as it was cached before the write, which has invalidated it.
    let before: CachedRepresentation?

    /// The object to show, with the reasons why it is missing or incomplete.
    struct Shown {
        var document: SourceDocument?
        var node: Int?
        var key: String?
        /// The reason why there is no object; nil: there is one, or it was deleted.
        var failure: FieldFailure?
        /// The unknown members of the object and of nested ones.
        var incomplete: [IncompleteObject] = []
    }

    /// Completes the object of a response with one call, if that is needed and can help.
    func complete(_ written: WritePlan.Written) async -> Shown {
        guard let entity = plan.entity else {
            return Shown(document: written.document, node: written.node, key: written.key)
        }
        guard plan.isCacheable else { return deleted(entity, written) }
        // A later request for a deleted object by its key finds none.
        if written.isDeleted { return Shown(key: written.key) }
        guard let key = written.key else { return Shown(failure: .unidentified) }
        noteSent(entity, key)
        var shown = Shown(document: written.document, node: written.node, key: key)
        if written.node == nil { (shown.document, shown.node) = (keyDocument(of: entity, key), 0) }
        guard let document = shown.document, let node = shown.node else { return shown }
        let missing = missing(in: document, at: node, key: key, of: entity, written)
        guard !missing.isEmpty else { return shown }
        let partial = PartialObject(
            key: key,
            isKeyAsserted: written.node != nil,
            document: document,
            node: node,
            missing: missing,
            source: written.node == nil ? nil : .write(method)
        )
        await fetch(partial, of: entity, into: &shown)
        return shown
    }

    // MARK: - Missing members

    private func missing(
        in document: SourceDocument,
        at node: Int,
        key: String,
        of entity: Entity,
        _ written: WritePlan.Written
    ) -> [ReadMember] {
        let lacking = members.lacking(in: document, at: node)
        let completion = ObjectCompletion(session: session, entity: entity, workspace: workspace, policy: plan.policy)
        completion.noteSeen(members.all, in: document, at: node, key: key)
        guard !lacking.isEmpty, written.node != nil else { return lacking }
        let unknown = completion.missing(lacking, in: document, at: node, key: key, .write(method))
        // A member that was sent has a value, whatever responses to other writes have shown.
        return lacking.filter { member in
            unknown.contains(member) || isSent(member)
        }
    }

    /// Records the members that have a value now because they were sent.
    private func noteSent(_ entity: Entity, _ key: String) {
        guard case .object(let members)? = body else { return }
        session.knowledge.members.noteSeen(
            members.compactMap { name, value in value.isNull ? nil : .own(JSONKey(name)) },
            of: entity.type,
            object: key,
            workspace: workspace,
            at: session.now()
        )
    }

    private func isSent(_ member: ReadMember) -> Bool {
        let value: JSONValue? =
            switch member {
            case .own(let key): body?[key.name]
            case .nested(let path): path.reduce(body) { $0?[$1.name] }
            case .everything: nil
            }
        return value.map { !$0.isNull } ?? false
    }

    /// A document that has only the object's key.
    private func keyDocument(of entity: Entity, _ key: String) -> SourceDocument {
        SourceDocument(JSONDocument(.object(JSONObject([(entity.key.name, .string(key))]))), origin: workspace)
    }

    // MARK: - Fetching

    private func fetch(_ partial: PartialObject, of entity: Entity, into shown: inout Shown) async {
        let completion = ObjectCompletion(session: session, entity: entity, workspace: workspace, policy: plan.policy)
        let failure: FieldFailure
        switch await completion.read([partial]).first ?? .failed(.gatewayFailed) {
        case .complete(let document, let node):
            (shown.document, shown.node) = (document, node)
            shown.key = entity.key(of: node, in: document) ?? shown.key
            completion.noteSeen(members.all, in: document, at: node, key: shown.key ?? partial.key)
            return
        case .deleted:
            (shown.document, shown.node) = (nil, nil)
            return
        case .gone:
            failure = FieldFailure(.notFound, "The write was carried out, but the upstream does not show the object.")
        case .failed(let reason):
            var reason = reason
            reason.message = "The write was carried out, but the object cannot be read: \(reason.message)"
            failure = reason
        }
        if partial.source != nil {
            shown.incomplete = partial.incomplete(failure)
        } else {
            (shown.document, shown.node, shown.failure) = (nil, nil, failure)
        }
    }

    // MARK: - Deletions

    /// A deleted object as the response shows it, or else as it was cached; it cannot be fetched any more.
    private func deleted(_ entity: Entity, _ written: WritePlan.Written) -> Shown {
        var shown = Shown(key: written.key)
        let members = members.keys
        func lacking(_ document: SourceDocument, _ node: Int) -> [JSONKey] {
            members.filter { document.json.member($0, of: node) == nil }
        }
        if let document = written.document, let node = written.node {
            // A response with more than the key is the object, and members that it leaves out are null.
            let known = members.filter { $0 != entity.key && document.json.member($0, of: node) != nil }
            if !known.isEmpty || lacking(document, node).isEmpty {
                (shown.document, shown.node) = (document, node)
                return shown
            }
        }
        if let before,
            before.path == shown.key.map({ entity.path(of: $0) }) || lacking(before.document, before.node).isEmpty
        {
            (shown.document, shown.node) = (before.document, before.node)
        } else if let key = shown.key, case let document = keyDocument(of: entity, key), lacking(document, 0).isEmpty {
            (shown.document, shown.node) = (document, 0)
        }
        return shown
    }
}

extension FieldFailure {
    /// The failure of a write that created an object whose key is unknown.
    fileprivate static let unidentified = FieldFailure(
        .upstreamInvalidResponse,
        "The write was carried out, but the upstream does not say what it made: look for it in a list."
    )
}
