/// The documents that may be executed, and how clients may refer to them.
package struct DocumentPolicy: Sendable {
    /// The trusted documents, by id.
    package var trusted = TrustedDocuments()
    /// Whether only trusted documents are executed.
    package var requiresTrusted = false
    /// Whether clients may store documents by hash and refer to them by it (automatic persisted queries).
    package var allowsPersistedQueries = true
    /// The most bytes of all documents that are stored by hash.
    package var persistedQueryBytes = 8 << 20
    /// Whether documents may query the schema.
    package var allowsIntrospection = true

    package init() {}
}
