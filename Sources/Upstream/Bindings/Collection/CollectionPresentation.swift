internal import GraphQL
internal import JSON

/// Shows the rows of a collection in the field's type: a plain list or a connection.
///
/// Rows stay in their documents; the value refers to them.
final class CollectionPresentation: Sendable {
    /// The members of rows that are read, by entity type.
    let rowMembers: [(type: RowType, members: ReadMembers)]
    let policy: CachePolicy
    /// The options with which its windows are read.
    let options: WindowOptions
    /// The members of the connection; nil: the value is a plain list.
    private let shape: ConnectionShape?
    private let wantsNodes: Bool
    private let wantsEdges: Bool
    private let wantsCursors: Bool
    private let wantsInfo: Bool
    private let wantsEnds: Bool

    init(request: FieldRequest, collection: CollectionBinding, table: BindingTable) {
        let plan = request.plan
        policy = table.policy(of: request.binding)
        shape = collection.connection
        let order = RowOrder(
            arguments: request.arguments,
            template: collection.template,
            conventions: table.conventions
        )
        let filter = RowFilter(
            entity: collection.entity,
            requirement: Self.requirement(request, isConnection: collection.connection != nil)
        )
        rowMembers = collection.rowTypes.map { type in
            let shown = type.mark == nil ? nil : type.entity.type
            return (type, plan.membersOfRows(of: request.field, collection, table, type: shown))
        }
        guard shape != nil else {
            wantsNodes = false
            wantsEdges = false
            wantsCursors = false
            wantsInfo = false
            wantsEnds = false
            options = WindowOptions(order: order, filter: filter, needs: WindowNeeds())
            return
        }
        let nodes = plan.fields(named: "nodes", on: request.field)
        let edges = plan.fields(named: "edges", on: request.field)
        wantsNodes = !nodes.isEmpty
        wantsEdges = !edges.isEmpty
        wantsCursors = edges.contains { !plan.fields(named: "cursor", on: $0).isEmpty }
        let infos = plan.fields(named: "pageInfo", on: request.field)
        func isWanted(_ name: String) -> Bool { infos.contains { !plan.fields(named: name, on: $0).isEmpty } }
        wantsInfo = !infos.isEmpty
        wantsEnds = isWanted("startCursor") || isWanted("endCursor")
        let needs = WindowNeeds(
            total: !plan.fields(named: "totalCount", on: request.field).isEmpty,
            next: isWanted("hasNextPage"),
            cursors: wantsCursors || wantsEnds
        )
        let fingerprint =
            needs.cursors
            ? OrderFingerprint(collection.template, arguments: request.arguments, conventions: table.conventions) : nil
        options = WindowOptions(order: order, filter: filter, needs: needs, fingerprint: fingerprint)
    }

    /// Whether the value is a plain list of rows, and no connection.
    var isPlainList: Bool { shape == nil }

    /// The condition that a row has to meet so that the field's type allows it.
    private static func requirement(_ request: FieldRequest, isConnection: Bool) -> RowFilter.Requirement {
        let schema = request.plan.executable.schema
        func requirement(of type: TypeReference?) -> RowFilter.Requirement {
            guard let type, type.isNonNull else { return .anything }
            guard type.listItem == nil else { return .value }
            return [.object, .interface, .union].contains(schema.namedType(of: type).kind) ? .object : .value
        }
        let type = request.plan[request.field].definition.type
        guard isConnection else { return requirement(of: type.listItem) }
        let connection = schema.namedType(of: type)
        let ofNodes = requirement(of: connection.fields["nodes"]?.type.listItem)
        if case .object = ofNodes { return ofNodes }
        let edge = connection.fields["edges"].map { schema.namedType(of: $0.type) }
        let ofEdges = requirement(of: edge?.fields["node"]?.type)
        if case .anything = ofEdges { return ofNodes }
        return ofEdges
    }

    /// The array of a cached response that is the whole value unchanged; nil if rows have to be read, cut or completed.
    // PERF: the path of most requests for a plain list; rows are checked only if they can lack a member.
    func cachedList(
        of target: CollectionTarget,
        _ fetcher: CollectionFetcher
    ) -> (document: SourceDocument, node: Int)? {
        guard shape == nil, let cached = fetcher.cachedArray(of: target) else { return nil }
        guard options.filter.showsAll(of: cached.document, array: cached.node) else { return nil }
        let json = cached.document.json
        let areComplete = rowMembers.allSatisfy { type, members in
            var hints: [Int] = []
            return json.elements(of: cached.node).allSatisfy { row in
                !type.isOf(row, json) || members.areShown(in: json, at: row, &hints)
            }
        }
        return areComplete ? cached : nil
    }

    /// The array of an upstream response that has exactly these rows; nil if there is none, or the value is not a plain list.
    // PERF: nothing needs to be built then: the rows are in the document itself.
    func wholeArray(of rows: CollectionRows, reader: ResponseReader) -> (document: SourceDocument, node: Int)? {
        guard shape == nil, let document = rows.rows.first?.document, let array = reader.rows(in: document) else {
            return nil
        }
        var elements = document.json.elements(of: array)
        for row in rows.rows {
            guard row.document === document, elements.next() == row.node else { return nil }
        }
        return elements.next() == nil ? (document, array) : nil
    }

    /// Builds the value, which is the root of the document.
    func present(_ rows: CollectionRows, origin: Int) -> SourceDocument {
        var linked = LinkedDocuments()
        let references = rows.rows.map { (document: linked.number(of: $0.document), node: $0.node) }
        var builder = JSONDocumentBuilder()
        if let shape {
            connection(rows, references, shape, into: &builder)
        } else {
            list(references, into: &builder)
        }
        return SourceDocument(builder.finish(), origin: origin, linked: linked.documents)
    }

    /// The connection as an object without `totalCount`, if the number of rows is unknown although the upstream counts them.
    func incompleteObject(_ rows: CollectionRows, in document: SourceDocument) -> IncompleteObject? {
        guard let shape, rows.total == nil, let failure = rows.unknownTotal else { return nil }
        return IncompleteObject(document: document, node: 0, members: [.own(shape.totalCount)], failure: failure)
    }

    private func list(_ references: [(document: Int, node: Int)], into builder: inout JSONDocumentBuilder) {
        builder.beginArray()
        for reference in references { builder.reference(to: reference.node, in: reference.document) }
        builder.endArray()
    }

    /// Writes a connection.
    ///
    /// https://relay.dev/graphql/connections.htm#sec-Connection-Types.Fields
    private func connection(
        _ rows: CollectionRows,
        _ references: [(document: Int, node: Int)],
        _ shape: ConnectionShape,
        into builder: inout JSONDocumentBuilder
    ) {
        builder.beginObject()
        if wantsNodes {
            builder.key(shape.nodes)
            list(references, into: &builder)
        }
        if wantsEdges {
            builder.key(shape.edges)
            edges(rows, references, shape, into: &builder)
        }
        if wantsInfo {
            builder.key(shape.pageInfo)
            pageInfo(rows, shape, into: &builder)
        }
        if let total = rows.total {
            builder.key(shape.totalCount)
            builder.integer(total)
        } else if rows.unknownTotal == nil {
            builder.key(shape.totalCount)
            builder.null()
        }
        builder.endObject()
    }

    private func edges(
        _ rows: CollectionRows,
        _ references: [(document: Int, node: Int)],
        _ shape: ConnectionShape,
        into builder: inout JSONDocumentBuilder
    ) {
        let cursors = wantsCursors ? rows.naming.cursors(of: rows.rows) : []
        builder.beginArray()
        for (index, reference) in references.enumerated() {
            builder.beginObject()
            if wantsCursors {
                builder.key(shape.cursor)
                builder.string(cursors[index].text)
            }
            builder.key(shape.node)
            builder.reference(to: reference.node, in: reference.document)
            builder.endObject()
        }
        builder.endArray()
    }

    /// Writes the page info of the rows.
    ///
    /// https://relay.dev/graphql/connections.htm#sec-undefined.PageInfo.Fields
    private func pageInfo(
        _ rows: CollectionRows,
        _ shape: ConnectionShape,
        into builder: inout JSONDocumentBuilder
    ) {
        builder.beginObject()
        builder.key(shape.hasNextPage)
        builder.bool(rows.hasNextPage)
        builder.key(shape.hasPreviousPage)
        builder.bool(rows.hasPreviousPage)
        let ends = wantsEnds ? rows.naming.ends(of: rows.rows) : nil
        for (name, cursor) in [(shape.startCursor, ends?.first), (shape.endCursor, ends?.last)] {
            builder.key(name)
            if let cursor { builder.string(cursor.text) } else { builder.null() }
        }
        builder.endObject()
    }
}

extension Plan {
    /// The fields with a name that are selected directly on a field's value, including those of deferred fragments.
    func fields(named name: String, on field: PlanFieldID) -> [PlanFieldID] {
        guard let selection = self[field].selection else { return [] }
        return self[selection].variants.flatMap { fields(of: $0) }.filter { self[$0].definition.name == name }
    }
}
