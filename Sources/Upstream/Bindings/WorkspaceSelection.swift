internal import GraphQL
internal import JSON

/// The workspaces that a field calls: those that its argument names, or else all that the caller may use.
///
/// An argument that names no workspace is an error, never a null without a reason.
struct WorkspaceSelection {
    let session: CallSession

    /// The indices of several workspaces, in the gateway's order.
    ///
    /// - Parameters:
    ///   - slugs: the argument's value; nil or null: all that the caller may use.
    ///   - name: the argument's name, for messages.
    /// - Returns: at least one index.
    /// - Throws: a failure if the caller may use no workspace (`UNAUTHENTICATED`), or if a name is unknown.
    func all(_ slugs: JSONValue?, argument name: String) throws(FieldFailure) -> [Int] {
        guard case .array(let values)? = slugs else { return try usable() }
        guard !values.isEmpty else {
            throw FieldFailure(.badUserInput, "The argument `\(name)` must name at least one workspace.")
        }
        return try positions(of: values)
    }

    /// The index of one workspace: the first that the caller may use, if the argument names none.
    func one(_ slug: JSONValue?) throws(FieldFailure) -> Int {
        guard case .string? = slug, let slug else { return try usable()[0] }
        return try positions(of: [slug])[0]
    }

    /// The indices of the workspaces that a list names, which may be empty.
    func positions(of slugs: [JSONValue]) throws(FieldFailure) -> [Int] {
        let known = session.slugs
        for slug in slugs where !known.contains(where: { JSONValue.string($0) == slug }) {
            throw unknown(slug.stringValue ?? "")
        }
        return known.indices.filter { slugs.contains(.string(known[$0])) }
    }

    /// The index of one workspace for which the caller has a key.
    func usable(_ slug: JSONValue?) throws(FieldFailure) -> Int {
        let position = try one(slug)
        guard session.usableWorkspaces.contains(position) else {
            let slug = session.slug(of: position)
            throw FieldFailure(
                .unauthenticated,
                "The caller has no key for the workspace \"\(slug)\".",
                more: ["workspace": .string(slug)]
            )
        }
        return position
    }

    private func usable() throws(FieldFailure) -> [Int] {
        let usable = session.usableWorkspaces
        guard !usable.isEmpty else {
            throw FieldFailure(
                .unauthenticated,
                "There is no key for any workspace; send one in Authorization: Bearer KEY."
            )
        }
        return usable
    }

    /// The failure of an unknown slug, which suggests only slugs that the caller may use.
    private func unknown(_ slug: String) -> FieldFailure {
        let known = session.usableWorkspaces.map { session.slug(of: $0) }
        let suggestion = didYouMean(suggestionList(slug, known))
        return FieldFailure(.badUserInput, "There is no workspace \"\(slug)\".\(suggestion)")
    }
}
