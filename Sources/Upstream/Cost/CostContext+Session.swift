internal import GraphQL
internal import JSON

extension CallSession {
    /// The present terms of an estimate for the caller.
    package var costContext: CostContext {
        let usable = usableWorkspaces
        var terms = CostContext(slugs: usable.map { slug(of: $0) }, options: options)
        terms.isDetailOnly = { [self] type, member in
            usable.contains { workspace in
                knowledge.members.isDetailOnly(
                    member,
                    of: type,
                    workspace: workspace,
                    credential: credentials[workspace],
                    at: now()
                )
            }
        }
        terms.knowledge = CostKnowledge(
            pages: { [self] workspace, path, purpose in
                CollectionPages(session: self, workspace: usable[workspace], path: path, purpose: purpose)
            },
            demand: { [self] workspace, path, purpose in
                let scope = scope(of: usable[workspace], purpose: purpose)
                let key = UpstreamKnowledge.CollectionKey(workspace: usable[workspace], scope: scope, path: path)
                return knowledge.objectDemand.count(of: key, at: now(), without: [])
            }
        )
        return terms
    }
}
