internal import JSON

/// Sampled objects of an open type, from which fields are inferred.
package struct FieldSamples: Sendable {
    let open: OpenType
    /// The number of sampled objects of each list.
    private(set) var objects: [(list: String, count: Int)] = []
    private(set) var fields: [String: SampledField] = [:]

    /// The rows of one request: at most a page of the upstream.
    private static let rowsAtOnce = 100

    package init(of open: OpenType) {
        self.open = open
    }

    /// The number of sampled objects.
    package var count: Int { objects.reduce(0) { $0 + $1.count } }

    /// Reads rows of every list that has objects of the type.
    ///
    /// - Throws: an `OpenType.Failure` with the first error of a response.
    package mutating func read(
        _ limit: Int,
        with service: GatewayService,
        caller: Caller
    ) async throws(OpenType.Failure) {
        for sampledList in open.sampledLists {
            var (rows, found) = (0, 0)
            var cursor: JSONValue = .null
            while rows < limit {
                let first = min(Self.rowsAtOnce, limit - rows)
                let request = GraphQLRequest(
                    query: sampledList.query,
                    variables: ["first": .integer(first), "after": cursor]
                )
                let list = try Self.list(in: await service.respond(to: request, caller: caller))
                let nodes = list["nodes"]?.arrayValue ?? []
                for node in nodes {
                    for index in sampledList.fields.indices {
                        guard let object = node["open\(index)"]?["all"]?.objectValue else { continue }
                        found += 1
                        for (key, value) in object { fields[key, default: SampledField()].add(value) }
                    }
                }
                rows += nodes.count
                guard list["pageInfo"]?["hasNextPage"]?.boolValue == true, !nodes.isEmpty,
                    let next = list["pageInfo"]?["endCursor"], !next.isNull
                else { break }
                cursor = next
            }
            objects.append((sampledList.list, found))
        }
    }

    private static func list(in response: GraphQLResponse) throws(OpenType.Failure) -> JSONValue {
        guard let json = try? JSONValue(parsing: response.body) else {
            throw OpenType.Failure(description: "The response cannot be read.")
        }
        if let error = json["errors"]?[0] {
            let code = error["extensions"]?["code"]?.stringValue ?? "INTERNAL"
            throw OpenType.Failure(description: "\(code): \(error["message"]?.stringValue ?? "")")
        }
        guard let list = json["data"]?["list"], !list.isNull else {
            throw OpenType.Failure(description: "The upstream has no such list.")
        }
        return list
    }
}
