package import GraphQL

/// The entities in a response.
package struct ResponseEntities: Sendable {
    /// The type of all of them.
    package let type: TypeID
    /// The entities' keys, and the nodes of their objects.
    package let nodes: [(key: String, node: Int)]
    /// Whether the response is a list.
    package let isList: Bool

    /// Makes the set of entities that were found in a response.
    package init(type: TypeID, nodes: [(key: String, node: Int)], isList: Bool) {
        self.type = type
        self.nodes = nodes
        self.isList = isList
    }

    /// The hashes of the keys of listed entities.
    package var keyHashes: [UInt32] { isList ? nodes.map { AbsenceLog.hash(ofKey: $0.key) } : [] }
}
