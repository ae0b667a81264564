internal import GraphQL
internal import JSON

// The selection of a field on its collection, which resolution and estimate share.

extension PagingArguments {
    /// Reads the paging arguments of a field.
    ///
    /// Without a count in them, the number of rows is that of a page, or the default if clients can request more.
    init(
        _ arguments: JSONObject,
        of field: FieldDefinition,
        _ conventions: UpstreamConventions
    ) throws(FieldFailure) {
        let names = conventions.pagingNames
        let canPage = Self.arePossible(field.arguments, names)
        let count = canPage ? conventions.defaultPerPage : conventions.maximumPerPage
        try self.init(
            arguments,
            defaultCount: conventions.isPaged ? count : PageWindow.everything,
            names: names
        )
    }
}

extension Plan {
    /// The members of each row that a field reads.
    ///
    /// - Parameters:
    ///   - field: the field.
    ///   - collection: its binding.
    ///   - table: all bindings.
    ///   - type: the type of the rows, where they can have several.
    /// - Returns: the members.
    func membersOfRows(
        of field: PlanFieldID,
        _ collection: CollectionBinding,
        _ table: BindingTable,
        type: TypeID? = nil
    ) -> ReadMembers {
        var rows = [field]
        if collection.connection != nil {
            let edges = fields(named: "edges", on: field)
            rows = fields(named: "nodes", on: field) + edges.flatMap { fields(named: "node", on: $0) }
        }
        return rows.reduce(into: ReadMembers()) { members, row in
            members.formUnion(ReadMembers(of: row, in: self, table: table, type: type).ofRows)
        }
    }
}
