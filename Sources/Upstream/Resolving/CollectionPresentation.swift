internal import GraphQL
internal import JSON

/// Shows the rows of a collection as the field's type wants them: a plain list or a connection.
///
/// Rows stay in the documents that they came in; what is built refers to them.
struct CollectionPresentation {
    private let isConnection: Bool
    private let wantsNodes: Bool
    private let wantsEdges: Bool

    init(need: Need, collection: Collection) {
        isConnection = collection.connection != nil
        let names = Set(need.selectedFieldNames)
        wantsNodes = names.contains("nodes")
        wantsEdges = names.contains("edges")
    }

    /// Builds the value and tells its node.
    func present(_ rows: CollectionRows) -> (document: SourceDocument, node: Int) {
        var builder = JSONDocumentBuilder()
        if isConnection {
            connection(rows, into: &builder)
        } else {
            list(rows, into: &builder)
        }
        let origin = rows.documents.first?.origin ?? 0
        return (SourceDocument(builder.finish(), origin: origin, linked: rows.documents), 0)
    }

    private func list(_ rows: CollectionRows, into builder: inout JSONDocumentBuilder) {
        builder.beginArray()
        for row in rows.rows { builder.reference(to: row.node, in: row.document) }
        builder.endArray()
    }

    /// https://relay.dev/graphql/connections.htm#sec-Connection-Types.Fields
    private func connection(_ rows: CollectionRows, into builder: inout JSONDocumentBuilder) {
        builder.beginObject()
        if wantsNodes {
            builder.key("nodes")
            list(rows, into: &builder)
        }
        if wantsEdges {
            builder.key("edges")
            builder.beginArray()
            for row in rows.rows {
                builder.beginObject()
                builder.key("cursor")
                builder.string(PageCursor(offset: row.offset).text)
                builder.key("node")
                builder.reference(to: row.node, in: row.document)
                builder.endObject()
            }
            builder.endArray()
        }
        builder.key("page_info")
        pageInfo(rows, into: &builder)
        builder.key("total_count")
        if let total = rows.total { builder.integer(total) } else { builder.null() }
        builder.endObject()
    }

    /// https://relay.dev/graphql/connections.htm#sec-undefined.PageInfo.Fields
    private func pageInfo(_ rows: CollectionRows, into builder: inout JSONDocumentBuilder) {
        builder.beginObject()
        builder.key("has_next_page")
        builder.bool(rows.hasNextPage)
        builder.key("has_previous_page")
        builder.bool(rows.hasPreviousPage)
        builder.key("start_cursor")
        if let first = rows.rows.first { builder.string(PageCursor(offset: first.offset).text) } else { builder.null() }
        builder.key("end_cursor")
        if let last = rows.rows.last { builder.string(PageCursor(offset: last.offset).text) } else { builder.null() }
        builder.endObject()
    }
}

extension Need {
    /// The names of the fields selected directly on the field's value.
    var selectedFieldNames: [String] {
        guard let selection = plan[field].selection else { return [] }
        return plan[selection].variants.flatMap(\.fields).map { plan[$0].definition.name }
    }
}
