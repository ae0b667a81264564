internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Finds the entities that the parents of several fields name, each key once.
    func resolveEntities(_ needs: [Need], _ entity: Entity) async -> [Resolution] {
        var wanted = WantedEntities(sharing: session.broker.options.shares)
        let positions = needs.map { need in
            var keys = EntityKeys(of: need, table: table, sharing: session.broker.options.shares)
            return need.parents.map { parent -> Int? in
                let document = need.documents[Int(parent.document)]
                return keys.position(in: document, Int(parent.node)) { key in
                    workspace(of: document, need).map { wanted.add(key, in: $0) }
                }
            }
        }
        let purpose = CallPurpose(
            policy: needs.map { table.policy(of: $0.binding) }.reduce(nil) { $0?.combined(with: $1) ?? $1 } ?? .none,
            entity: entity
        )
        var members: [JSONKey] = []
        for need in needs { members += SelectedMembers(of: need.field, in: need.plan, table: table).keys }
        let loader = EntityLoader(session: session, entity: entity, purpose: purpose, members: members)
        let found = await loader.load(wanted)
        return positions.map { resolution(of: $0, found) }
    }

    private func resolution(of positions: [Int?], _ found: [EntityLoader.Found]) -> Resolution {
        var resolution = Resolution()
        var values: [Int: Resolution.Value] = [:]
        var documents: [ObjectIdentifier: Int] = [:]
        resolution.values.reserveCapacity(positions.count)
        for position in positions {
            guard let position else {
                resolution.values.append(.null)
                continue
            }
            if let known = values[position] {
                resolution.values.append(known)
                continue
            }
            let value: Resolution.Value
            switch found[position] {
            case .missing:
                value = .null
            case .failed(let failure):
                value = .failed(resolution.failures.count)
                resolution.failures.append(failure)
            case .at(let document, let node):
                let index = documents[ObjectIdentifier(document)] ?? resolution.documents.count
                if index == resolution.documents.count {
                    documents[ObjectIdentifier(document)] = index
                    resolution.documents.append(document)
                }
                value = .found(document: index, node: node)
            }
            values[position] = value
            resolution.values.append(value)
        }
        return resolution
    }
}

/// Distinct keys of entities, by workspace.
struct WantedEntities {
    struct Reference: Hashable {
        let workspace: Int
        let key: String
    }

    private(set) var references: [Reference] = []
    private var positions: [Reference: Int] = [:]
    private let isSharing: Bool

    /// - Parameter sharing: whether equal keys are wanted once.
    init(sharing: Bool) {
        isSharing = sharing
    }

    /// The position of a key, which is added if it is new.
    mutating func add(_ key: String, in workspace: Int) -> Int {
        let reference = Reference(workspace: workspace, key: key)
        if isSharing, let known = positions[reference] { return known }
        positions[reference] = references.count
        references.append(reference)
        return references.count - 1
    }
}

/// Reads the keys of a field's parents; rows in a row that name the same entity are looked up once.
private struct EntityKeys {
    private let need: Need
    private let source: Binding.KeySource?
    private var hint = 0
    // PERF: lists are often sorted or grouped; comparing bytes is cheaper than making and hashing a string.
    private var last: (bytes: ArraySlice<UInt8>, document: ObjectIdentifier, position: Int?)?

    private let isSharing: Bool

    init(of need: Need, table: BindingTable, sharing: Bool) {
        self.need = need
        isSharing = sharing
        if case .entity(_, let source) = table[need.binding] { self.source = source } else { source = nil }
    }

    mutating func position(in document: SourceDocument, _ node: Int, add: (String) -> Int?) -> Int? {
        switch source {
        case nil:
            return nil
        case .argument(let name)?:
            return need.arguments[name]?.scalarText.flatMap(add)
        case .member(let member)?:
            guard let value = document.json.member(member, of: node, hint: &hint) else { return nil }
            let bytes = document.json.rawBytes(of: value)
            if isSharing, let last, last.document == ObjectIdentifier(document), last.bytes == bytes {
                return last.position
            }
            let position = document.json.scalarText(of: value).flatMap(add)
            last = (bytes, ObjectIdentifier(document), position)
            return position
        }
    }
}
