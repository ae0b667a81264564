/// Which documents may be executed, and by which names clients may call them.
package struct DocumentPolicy: Sendable {
    /// Documents known beforehand, by id.
    package var trusted = TrustedDocuments()
    /// Whether only trusted documents are executed.
    package var requiresTrusted = false
    /// Whether clients may have the gateway keep their documents by hash.
    package var allowsPersistedQueries = true
    /// The most bytes that documents stored by hash may take up.
    package var persistedQueryBytes = 8 << 20
    /// Whether documents may ask for the schema.
    package var allowsIntrospection = true

    package init() {}
}
