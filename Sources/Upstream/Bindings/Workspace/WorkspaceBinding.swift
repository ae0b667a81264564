internal import GraphQL
internal import JSON

/// A binding to the gateway's own data about workspaces, which takes no call.
struct WorkspaceBinding: SingleFieldBinding {
    let view: View

    /// The workspaces that a field shows.
    enum View: String, CaseIterable {
        /// The workspace that the parent came from.
        case own = "SELF"
        /// The workspaces that the caller may use.
        case all = "ALL"
        /// The workspace that the argument names.
        case bySlug = "BY_SLUG"
    }

    var gatewayObject: GatewayObject? {
        GatewayObject(directive: .workspace, fields: ["slug", "name"], isOfParent: view == .own)
    }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        switch view {
        case .own: nil
        case .all, .bySlug: field.arguments.first?.name
        }
    }
}

extension WorkspaceBinding: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        guard let view = arguments.string("view").flatMap({ View(rawValue: $0) }) else {
            let views = View.allCases.map(\.rawValue)
            let named = "\(views.dropLast().joined(separator: ", ")) and \(views.last ?? "")"
            reader.report("@workspace of \(field.subject) has a view that is none of \(named).", arguments.range)
            return
        }
        let type = reader.schema.namedType(of: field.definition.type)
        switch (view, field.definition.type.listItem) {
        // A field of a custom scalar type shows the whole list.
        case (.all, nil) where type.kind != .scalar:
            let found = reader.schema.text(of: field.definition.type)
            reader.report(
                "@workspace(view: \"ALL\") of \(field.subject) lists workspaces, and its type \"\(found)\" is no list.",
                arguments.range
            )
        case (.own, _?), (.bySlug, _?):
            reader.report(
                "@workspace of \(field.subject) shows one workspace: its type cannot be a list, except with `view: \"ALL\"`.",
                arguments.range
            )
        case (.all, _), (.own, nil), (.bySlug, nil):
            reader.bind(WorkspaceBinding(view: view), to: field)
        }
    }
}
