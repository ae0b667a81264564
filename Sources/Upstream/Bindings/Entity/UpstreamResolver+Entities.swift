internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// The positions of a request's entities among the wanted ones, or the failure of the request.
    private typealias Positions = Result<[Int?], FieldFailure>

    /// Loads the entities that the parents of several fields name, each key once.
    func resolveEntities(_ requests: [FieldRequest], _ entity: Entity) async -> [Resolution] {
        let (wanted, positions) = wantedEntities(of: requests)
        let found = await loader(of: entity, for: requests).load(wanted, known: event?.object)
        return resolutions(of: requests, positions, found)
    }

    /// Loads them if all are in memory; nil if one has to be waited for: then nothing is reported as used.
    func entitiesFromMemory(_ requests: [FieldRequest], _ entity: Entity) -> [Resolution]? {
        let loader = loader(of: entity, for: requests)
        guard loader.purpose.policy.isCacheable, event == nil else { return nil }
        let (wanted, positions) = wantedEntities(of: requests)
        return loader.loadFromMemory(wanted).map { resolutions(of: requests, positions, $0) }
    }

    /// The entities that the parents of several fields name.
    private func wantedEntities(of requests: [FieldRequest]) -> (wanted: WantedEntities, positions: [Positions]) {
        var wanted = WantedEntities(sharing: session.options.deduplication)
        let positions = requests.map { request in
            var keys = EntityKeys(of: request, table: table)
            return Result { () throws(FieldFailure) in
                try keys.positions(of: request, in: self, among: &wanted)
            }
        }
        return (wanted, positions)
    }

    /// The loader of entities with the members that several fields read, under the strictest of their policies.
    private func loader(of entity: Entity, for requests: [FieldRequest]) -> EntityLoader {
        let policies = requests.map { table.policy(of: $0.binding) }
        let policy = policies.reduce(nil) { $0?.combined(with: $1) ?? $1 } ?? .none
        let members = requests.reduce(into: ReadMembers()) { members, request in
            members.formUnion(ReadMembers(of: request.field, in: request.plan, table: table))
        }
        var loader = EntityLoader(session: session, entity: entity, policy: policy, members: members)
        loader.areNamed = requests.allSatisfy { request in
            if case .argument? = (table.kind(of: request.binding) as? EntityBinding)?.key { true } else { false }
        }
        return loader
    }

    private func resolutions(
        of requests: [FieldRequest],
        _ positions: [Positions],
        _ found: [EntityLoader.Found]
    ) -> [Resolution] {
        zip(requests, positions).map { request, positions in
            switch positions {
            case .success(let positions): resolution(of: positions, found)
            case .failure(let failure): Resolution(failure: failure, parents: request.parents.count)
            }
        }
    }

    private func resolution(of positions: [Int?], _ found: [EntityLoader.Found]) -> Resolution {
        var resolution = Resolution()
        var values = [Resolution.Value?](repeating: nil, count: found.count)
        var documents = LinkedDocuments()
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
                value = .found(document: documents.number(of: document) - 1, node: node)
            case .incomplete(let partial, let failure):
                value = .found(document: documents.number(of: partial.document) - 1, node: partial.node)
                resolution.incompleteObjects += partial.incomplete(failure)
            }
            values[position] = value
            resolution.values.append(value)
        }
        resolution.documents = documents.documents
        return resolution
    }
}
