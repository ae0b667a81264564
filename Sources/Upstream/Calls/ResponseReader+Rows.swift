internal import GraphQL
internal import JSON

extension ResponseReader {
    /// The number of rows that a response lists; nil: it is no list.
    func rowCount(of outcome: CallOutcome) -> Int? {
        guard case .found(let document) = outcome, let rows = rows(in: document) else { return nil }
        return document.json.count(of: rows)
    }

    /// A list's response, with an empty array in place of `null`, which many servers write for a list without rows.
    func listing(_ json: JSONDocument) -> JSONDocument {
        let items = conventions.items.flatMap { json.member($0, of: 0) }
        guard json.node(items ?? 0).kind == .null else { return json }
        return emptyList(counting: conventions.total.flatMap { json.member($0, of: 0) }, of: json)
    }

    /// Makes the response of a list without rows.
    ///
    /// - Parameters:
    ///   - count: the node of the count in `json`; nil: it states none.
    ///   - json: the response.
    /// - Returns: a response with an array, and that count.
    func emptyList(counting count: Int? = nil, of json: JSONDocument? = nil) -> JSONDocument {
        var builder = JSONDocumentBuilder(minimumCapacity: 64)
        if let items = conventions.items {
            builder.beginObject()
            builder.key(items.name)
        }
        builder.beginArray()
        builder.endArray()
        if conventions.items != nil {
            if let count, let json, let total = conventions.total {
                builder.key(total.name)
                builder.copy(count, of: json)
            }
            builder.endObject()
        }
        return builder.finish()
    }

    /// Whether a node is a row of a collection's response.
    func hasRow(_ node: Int, in document: SourceDocument) -> Bool {
        guard let rows = rows(in: document) else { return false }
        return rows < node && node < document.json.next(after: rows)
    }
}
