internal import GraphQL
internal import JSON

extension WorkspaceBinding {
    /// Shows each parent's workspace, or the workspaces that the argument names to all parents.
    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        do {
            switch view {
            case .own:
                return Resolution(forEachParentOf: request) { document, _ in
                    document.origin >= 0 ? self.document(of: document.origin, as: request.type, resolver) : nil
                }
            case .all:
                let document = list(of: try workspaces(of: request, resolver), as: request.type, resolver)
                return Resolution(forEachParentOf: request) { _, _ in document }
            case .bySlug:
                let slug = resolver.workspaceArgument(of: request).value
                let position = try WorkspaceSelection(session: resolver.session).usable(slug)
                let document = document(of: position, as: request.type, resolver)
                return Resolution(forEachParentOf: request) { _, _ in document }
            }
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
    }

    private func workspaces(of request: FieldRequest, _ resolver: UpstreamResolver) throws(FieldFailure) -> [Int] {
        let usable = resolver.session.usableWorkspaces
        guard case .array(let slugs)? = resolver.workspaceArgument(of: request).value else { return usable }
        return try WorkspaceSelection(session: resolver.session).positions(of: slugs).filter(usable.contains)
    }

    private func document(of workspace: Int, as type: NamedType, _ resolver: UpstreamResolver) -> SourceDocument {
        let slug = JSONValue.string(resolver.session.slug(of: workspace))
        return SourceDocument(JSONDocument([("slug", slug), ("name", slug)], as: type), origin: workspace)
    }

    private func list(of workspaces: [Int], as type: NamedType, _ resolver: UpstreamResolver) -> SourceDocument {
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        for index in workspaces.indices { builder.reference(to: 0, in: index + 1) }
        builder.endArray()
        let linked = workspaces.map { document(of: $0, as: type, resolver) }
        return SourceDocument(builder.finish(), origin: -1, linked: linked)
    }
}
