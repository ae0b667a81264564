internal import GraphQL
internal import JSON

/// A page of a polled collection: its rows' keys, sort values and states.
struct PageReading: Sendable, Equatable {
    /// An object as a list shows it.
    struct Row: Sendable, Equatable {
        /// The object's key.
        let key: String
        /// The value by which the page is sorted; nil: the row has none.
        let order: OrderValue?
        /// The value that states when the object was created; nil: unknown.
        let creation: OrderValue?
        /// A hash of the row's JSON text, which differs if any value does.
        let state: Int
        /// Whether it is marked as deleted.
        var isDeleted = false
        /// The row's node in the response.
        var node = 0
    }

    let rows: [Row]
    /// The number of rows of the collection, as the response counts them; nil: it has no count.
    let count: Int?
    /// The most rows of a page.
    let capacity: Int

    /// Whether there may be rows on pages after this one.
    var isFull: Bool { rows.count >= capacity || count.map { $0 > rows.count } ?? false }

    /// Whether the rows are sorted as requested, the greatest value first.
    var isSorted: Bool {
        let orders = rows.map(\.order)
        guard orders.allSatisfy({ $0 != nil }) else { return false }
        return zip(orders, orders.dropFirst()).allSatisfy { before, after in
            guard let before, let after else { return false }
            return !(before < after)
        }
    }
}

extension PageReading {
    /// Reads a response; nil if it is no list.
    init?(_ document: SourceDocument, of collection: PolledCollection, reader: ResponseReader) {
        guard reader.rows(in: document) != nil else { return nil }
        let (json, entity, conventions) = (document.json, collection.entity, collection.conventions)
        func value(_ member: JSONKey, _ node: Int) -> OrderValue? {
            json.member(member, of: node).flatMap { json.scalarText(of: $0) }.map { OrderValue($0) }
        }
        var keys: Set<ExactString> = []
        rows = reader.rowNodes(in: document).compactMap { node in
            // A row that occurs twice is one object.
            guard let node, let key = entity.key(of: node, in: document), keys.insert(ExactString(key)).inserted else {
                return nil
            }
            var hasher = Hasher()
            for byte in json.rawBytes(of: node) { hasher.combine(byte) }
            return Row(
                key: key,
                order: value(conventions.sort, node),
                creation: conventions.creation.flatMap { value($0, node) },
                state: hasher.finalize(),
                isDeleted: entity.isDeleted(node, in: document),
                node: node
            )
        }
        count = reader.count(in: document)
        capacity = reader.conventions.isPaged ? reader.conventions.maximumPerPage : .max
    }
}
