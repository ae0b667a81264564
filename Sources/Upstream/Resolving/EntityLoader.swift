internal import GraphQL
internal import JSON

/// Fetches entities by key in the way that takes the fewest calls: from what is kept, one by one, or by reading the
/// collection that holds them all.
///
/// Rows are matched by key, never by position. Nothing is taken for missing that the upstream has not said is missing.
struct EntityLoader {
    let session: CallSession
    let entity: Entity
    let purpose: CallPurpose
    /// The members of each entity that are read.
    let members: [JSONKey]

    init(session: CallSession, entity: Entity, purpose: CallPurpose, members: [JSONKey]) {
        self.session = session
        self.entity = entity
        var purpose = purpose
        purpose.isByKey = true
        self.purpose = purpose
        self.members = members
    }

    /// What was found for a key.
    enum Found {
        case at(SourceDocument, Int)
        case missing
        case failed(FieldFailure)
    }

    /// Finds all wanted entities, in their order.
    func load(_ wanted: WantedEntities) async -> [Found] {
        if let workspace = wanted.onlyWorkspace { return await load(wanted.references.map(\.key), in: workspace) }
        var found = [Found?](repeating: nil, count: wanted.references.count)
        let byWorkspace = Dictionary(grouping: wanted.references.indices) { wanted.references[$0].workspace }
        await withTaskGroup(of: ([Int], [Found]).self) { group in
            for (workspace, indices) in byWorkspace {
                group.addTask { (indices, await load(indices.map { wanted.references[$0].key }, in: workspace)) }
            }
            for await (indices, parts) in group {
                for (index, part) in zip(indices, parts) { found[index] = part }
            }
        }
        return found.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// Completes rows that lack a member which is read, where single objects have it.
    func loadCompletely(_ wanted: WantedEntities, knownRows: [CollectionRows.Row]) async -> [Found] {
        guard let workspace = wanted.references.first?.workspace else { return [] }
        var search = EntitySearch(keys: wanted.references.map(\.key))
        for (position, row) in knownRows.enumerated() where position < search.keys.count {
            let missing = missingMembers(row.document, row.node, in: workspace)
            search.incomplete[position] = (row.document, row.node, missing)
        }
        await settleIncomplete(&search, in: workspace)
        await fetchSingleObjects(search.open, &search, in: workspace)
        return search.found.map { $0 ?? .missing }
    }

    private func load(_ keys: [String], in workspace: Int) async -> [Found] {
        var search = EntitySearch(keys: keys)
        // PERF: a key of letters and digits alone leads where any such key does; the path is made once for all of them.
        let canBeNamedPlainly = entity.accepts(key: "x")
        for (position, key) in keys.enumerated() {
            let canBeNamed = key.utf8.isAlphanumeric ? canBeNamedPlainly : entity.accepts(key: key)
            if !canBeNamed { search.found[position] = .missing }
        }
        if session.broker.options.batching {
            findCached(&search, in: workspace)
            if entity.list != nil { await scan(&search, in: workspace) }
            await settleIncomplete(&search, in: workspace)
        }
        await fetchSingleObjects(search.open, &search, in: workspace)
        return search.found.map { $0 ?? .missing }
    }

    // MARK: - What is kept

    private func findCached(_ search: inout EntitySearch, in workspace: Int) {
        let broker = session.broker
        for position in search.open {
            let key = search.keys[position]
            if let cached = broker.cachedEntity(entity, key: key, workspace: workspace, purpose: purpose, for: session)
            {
                accept(cached.document, cached.node, for: position, &search, in: workspace)
                if search.found[position] != nil { continue }
            }
            let call = Call(workspace: workspace, path: entity.path(of: key))
            guard let outcome = broker.cachedOutcome(of: call, purpose: purpose, for: session) else { continue }
            search.incomplete[position] = nil
            search.found[position] = found(in: outcome, key: search.keys[position], workspace: workspace)
        }
    }

    /// Takes a row for an entity, if it has all that is read.
    func accept(
        _ document: SourceDocument,
        _ node: Int,
        for position: Int,
        _ search: inout EntitySearch,
        in workspace: Int
    ) {
        if hasAllMembers(document.json, node, &search.hints) {
            search.found[position] = .at(document, node)
            return
        }
        let missing = missingMembers(document, node, in: workspace)
        if missing.isEmpty {
            search.found[position] = .at(document, node)
        } else {
            search.incomplete[position] = (document, node, missing)
        }
    }

    // MARK: - Singles

    /// Fetches single objects, all at once.
    func fetchSingleObjects(_ positions: [Int], _ search: inout EntitySearch, in workspace: Int) async {
        guard !positions.isEmpty else { return }
        let calls = positions.map { Call(workspace: workspace, path: entity.path(of: search.keys[$0])) }
        let outcomes = await session.fetch(calls, purpose: purpose)
        for (position, outcome) in zip(positions, outcomes) {
            search.found[position] = found(in: outcome, key: search.keys[position], workspace: workspace)
        }
    }

    private func found(in outcome: CallOutcome, key: String, workspace: Int) -> Found {
        switch outcome {
        case .missing: return .missing
        case .failed(let failure): return .failed(failure)
        case .answered(let document):
            let reader = session.broker.workspaces[workspace].reader
            guard let node = reader.object(in: document, entity: entity) else { return .missing }
            // Objects are matched by key: nothing is shown under the name of something else.
            if let own = entity.key(of: node, in: document), own != key { return .failed(.otherObject) }
            return .at(document, node)
        }
    }

    // MARK: - Incomplete rows

    /// Finds out, with one call at most, whether what rows lack is in single objects; if so, fetches those.
    func settleIncomplete(_ search: inout EntitySearch, in workspace: Int) async {
        let completion = RowCompletion(session: session, entity: entity, workspace: workspace)
        while let (position, row) = search.incomplete.min(by: { $0.key < $1.key }) {
            if completion.isAbsent(row.missing) {
                search.incomplete[position] = nil
                search.found[position] = .at(row.document, row.node)
            } else if completion.isInSingleObjects(row.missing) {
                // `fetchSingleObjects` gets them all at once.
                search.incomplete[position] = nil
            } else {
                search.incomplete[position] = nil
                await fetchSingleObjects([position], &search, in: workspace)
                if case .at(let document, let node)? = search.found[position] {
                    completion.learn(row.missing, from: document, node)
                } else {
                    completion.assumeDetail(of: row.missing)
                }
            }
        }
    }

    private func hasAllMembers(_ json: JSONDocument, _ node: Int, _ hints: inout [Int]) -> Bool {
        if hints.count < members.count { hints = Array(repeating: 0, count: members.count) }
        return members.indices.allSatisfy { json.member(members[$0].digest, of: node, hint: &hints[$0]) != nil }
    }

    private func missingMembers(_ document: SourceDocument, _ node: Int, in workspace: Int) -> [JSONKey] {
        let completion = RowCompletion(session: session, entity: entity, workspace: workspace)
        return members.filter { document.json.member($0, of: node) == nil && !completion.isAbsent([$0]) }
    }
}

extension FieldFailure {
    /// An object's path leads to no object, or to another one.
    static let otherObject = FieldFailure(
        .upstreamInvalidResponse,
        "The upstream answered with something else than the object that was asked for."
    )
}

extension String.UTF8View {
    /// Whether it is not empty, and all letters and digits of ASCII.
    fileprivate var isAlphanumeric: Bool {
        !isEmpty
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            }
    }
}
