internal import GraphQL
internal import JSON

/// Decides which rows of a list are shown, and which key identifies them.
struct RowFilter: Sendable, Equatable {
    /// The type of the rows, if it has keys.
    let entity: Entity?
    /// The condition that rows have to meet.
    let requirement: Requirement

    /// The condition that a row has to meet so that it is not left out.
    enum Requirement: Sendable {
        case anything
        /// The type does not allow null.
        case value
        /// The type allows neither null nor anything else in an object's place.
        case object

        func isMet(by kind: JSONNode.Kind) -> Bool {
            switch self {
            case .anything: true
            case .value: kind != .null
            case .object: kind == .object
            }
        }
    }

    static func == (left: RowFilter, right: RowFilter) -> Bool {
        left.entity === right.entity && left.requirement == right.requirement
    }

    /// Whether a row fits the type.
    func canShow(_ row: CollectionPages.Row) -> Bool {
        requirement.isMet(by: row.document.json.node(row.node).kind)
    }

    /// Whether a row is shown: a deleted one is not.
    func isShown(_ row: CollectionPages.Row) -> Bool {
        guard canShow(row) else { return false }
        guard let entity, entity.deletedAt != nil, row.document.json.node(row.node).kind == .object else { return true }
        return !entity.isDeleted(row.node, in: row.document)
    }

    /// Whether an array of rows is shown unchanged: no row is left out, and none is repeated.
    func showsAll(of document: SourceDocument, array: Int) -> Bool {
        let json = document.json
        guard let entity else {
            if case .anything = requirement { return true }
            return json.elements(of: array).allSatisfy { requirement.isMet(by: json.node($0).kind) }
        }
        var seen: Set<OpaqueText> = []
        seen.reserveCapacity(json.count(of: array))
        for node in json.elements(of: array) {
            guard json.node(node).kind == .object else {
                guard requirement.isMet(by: json.node(node).kind) else { return false }
                continue
            }
            if entity.isDeleted(node, in: document) { return false }
            if let key = entity.key(of: node, in: document), !seen.insert(OpaqueText(key)).inserted { return false }
        }
        return true
    }

    /// The key that identifies a row.
    func key(of row: CollectionPages.Row) -> OpaqueText? {
        guard let entity, row.document.json.node(row.node).kind == .object else { return nil }
        return entity.key(of: row.node, in: row.document).map { OpaqueText($0) }
    }
}
