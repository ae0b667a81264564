internal import GraphQL
internal import JSON

/// Which of the rows that an upstream lists are shown, and what identifies them.
struct RowFilter: Sendable {
    /// The type of the rows, if it has keys.
    let entity: Entity?
    /// Whether a row that is no object is left out: its type allows neither null nor anything else in its place.
    let needsObjects: Bool

    /// Whether a row fits the type: it is an object, or need not be one.
    func canShow(_ row: CollectionPages.Row) -> Bool {
        !needsObjects || row.document.json.node(row.node).kind == .object
    }

    /// Whether a row is shown: a deleted one is not.
    func isShown(_ row: CollectionPages.Row) -> Bool {
        guard canShow(row) else { return false }
        guard let entity, entity.deletedAt != nil, row.document.json.node(row.node).kind == .object else { return true }
        return !entity.isDeleted(row.node, in: row.document)
    }

    /// Whether an array of rows is shown as it stands: no row is left out, and none comes twice.
    func showsAll(of document: SourceDocument, array: Int) -> Bool {
        let json = document.json
        guard let entity else {
            return !needsObjects || json.elements(of: array).allSatisfy { json.node($0).kind == .object }
        }
        var seen: Set<OpaqueText> = []
        seen.reserveCapacity(json.count(of: array))
        for node in json.elements(of: array) {
            guard json.node(node).kind == .object else {
                if needsObjects { return false }
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
