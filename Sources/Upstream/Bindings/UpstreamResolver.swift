package import GraphQL
internal import JSON

/// Resolves bound fields of one client request with as few calls of the upstream as it can.
package struct UpstreamResolver: FieldResolver {
    let table: BindingTable
    let session: CallSession
    /// The event of a subscription for which the operation is executed; nil: it is executed for a request.
    let event: ChangeEvent?

    /// Makes a resolver for one client request, or for one event of a subscription.
    package init(table: BindingTable, session: CallSession, event: ChangeEvent? = nil) {
        self.table = table
        self.session = session
        self.event = event
    }

    /// Groups field requests that are resolved together: keys of one entity type are loaded together, and lists of one path can be cut
    /// from each other.
    ///
    /// Objects by key come last, so that they can wait for the lists that are in flight by then.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] {
        guard requests.count > 1, session.options.batching else { return requests.map { [$0] } }
        var batches: [[FieldRequest]] = []
        var positions: [FieldBatch: Int] = [:]
        for request in requests {
            guard let batch = table.kind(of: request.binding).batch(of: request, in: self) else {
                batches.append([request])
                continue
            }
            if let position = positions[batch] {
                batches[position].append(request)
            } else {
                positions[batch] = batches.count
                batches.append([request])
            }
        }
        return batches.filter { !waitsForLists($0) } + batches.filter { waitsForLists($0) }
    }

    private func waitsForLists(_ batch: [FieldRequest]) -> Bool {
        batch.first.map { table.kind(of: $0.binding).waitsForLists } ?? false
    }

    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        // The fields of a batch have bindings of one kind.
        guard let first = requests.first else { return [] }
        let resolutions = await table.kind(of: first.binding).resolve(requests, with: self)
        return zip(requests, resolutions).map { failingUnusableKeys(of: $0, failingIncompleteParents(of: $0, $1)) }
    }

    package func resolveFromMemory(batch requests: [FieldRequest]) -> [Resolution?] {
        guard let first = requests.first, session.options.caching else {
            return Array(repeating: nil, count: requests.count)
        }
        let resolutions = table.kind(of: first.binding).resolveFromMemory(requests, with: self)
        return zip(requests, resolutions).map { request, resolution in
            resolution.map { failingUnusableKeys(of: request, failingIncompleteParents(of: request, $0)) }
        }
    }

    package func resolve(_ request: FieldRequest) async -> Resolution {
        await resolve(batch: [request]).first ?? Resolution()
    }

    /// The resolution with failures for parents without a value because a member that the field reads could not be fetched.
    private func failingIncompleteParents(of request: FieldRequest, _ resolution: Resolution) -> Resolution {
        guard !request.hasCompleteParents else { return resolution }
        var resolution = resolution
        let kind = table.kind(of: request.binding)
        let members = kind.parentMembers.map { ReadMember.own($0) } + (kind.showsParent ? [.everything] : [])
        for (position, parent) in request.parents.enumerated()
        where position < resolution.values.count && (kind.showsParent || resolution.values[position] == .null) {
            let failures = members.lazy.compactMap { request.failure(ofMember: $0, of: parent) }
            guard let failure = failures.first else { continue }
            resolution.values[position] = .failed(resolution.failures.count)
            resolution.failures.append(failure)
        }
        return resolution
    }

    /// The resolution with failures for parents without a value because their key is an array or an object.
    private func failingUnusableKeys(of request: FieldRequest, _ resolution: Resolution) -> Resolution {
        // PERF: nearly all fields have a value for each parent.
        guard resolution.values.contains(where: { if case .null = $0 { true } else { false } }) else {
            return resolution
        }
        let keys = table.kind(of: request.binding).parentKeys
        guard !keys.isEmpty else { return resolution }
        var resolution = resolution
        for (position, parent) in zip(resolution.values.indices, request.parents) {
            guard case .null = resolution.values[position],
                let failure = unusableKey(keys, in: request.documents[Int(parent.document)].json, at: Int(parent.node))
            else { continue }
            resolution.values[position] = .failed(resolution.failures.count)
            resolution.failures.append(failure)
        }
        return resolution
    }

    private func unusableKey(_ keys: [JSONKey], in json: JSONDocument, at parent: Int) -> FieldFailure? {
        for key in keys {
            guard let member = json.member(key, of: parent) else { continue }
            switch json.node(member).kind {
            case .array, .object:
                let found = json.node(member).kind == .array ? "an array" : "an object"
                return FieldFailure(
                    .upstreamInvalidResponse,
                    "The upstream's member `\(key.name)` is \(found), where a key is expected."
                )
            default: continue
            }
        }
        return nil
    }

    // MARK: - Workspaces

    /// The workspace that a root field calls: the one that the argument `workspace` names, or else the first one that the caller may use.
    func workspace(atRoot request: FieldRequest) throws(FieldFailure) -> Int {
        try WorkspaceSelection(session: session).one(workspaceArgument(of: request).value)
    }

    /// The argument of a field that chooses workspaces, and its value.
    func workspaceArgument(of request: FieldRequest) -> (name: String, value: JSONValue?) {
        guard let name = table.workspaceArgument(of: request.binding) else { return ("", nil) }
        return (name, request.arguments[name])
    }
}

extension FieldRequest {
    /// Whether a parent belongs to no workspace, so that the arguments choose one.
    var isAtRoot: Bool { parents.contains { documents[Int($0.document)].origin < 0 } }

    /// The named type of the field.
    var type: NamedType { plan.executable.schema.namedType(of: plan[field].definition.type) }
}
