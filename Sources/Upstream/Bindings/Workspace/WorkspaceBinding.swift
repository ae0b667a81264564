internal import GraphQL
internal import JSON

/// The gateway's own view of workspaces; needs no call.
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
        reader.bind(WorkspaceBinding(view: view), to: field)
    }
}
