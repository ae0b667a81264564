package import GraphQL
internal import JSON
private import Synchronization
internal import Upstream

/// Parses and validates each text once; the most useful ones are kept.
package final class OperationStore: Sendable {
    private let schema: Schema
    private let limits: RequestLimits
    private let policy: DocumentPolicy
    private let persisted: PersistedQueries
    private let documents: Mutex<SieveCache<String, StoredDocument>>

    /// Why a request's document cannot be executed.
    package enum Refusal: Error, Sendable {
        case syntax(GraphQLError)
        case invalid([GraphQLError])
        case introspection([GraphQLError])
        /// The document is not told, not known or not allowed.
        case refused(RefusalCode, String)
        case malformed(GraphQLRequest.Malformed)
    }

    /// What a kept document costs per byte of its text: tree and plans are many times as large as the text.
    private static let costPerByte = 64

    /// Makes a store.
    package init(schema: Schema, limits: RequestLimits, policy: DocumentPolicy = DocumentPolicy()) {
        self.schema = schema
        self.limits = limits
        self.policy = policy
        persisted = PersistedQueries(capacity: policy.persistedQueryBytes)
        documents = Mutex(SieveCache(capacity: limits.operationStoreBytes))
    }

    /// The document that a request asks for: by its text, its hash or its id.
    package func document(for request: GraphQLRequest) throws(Refusal) -> StoredDocument {
        let hash = try hash(of: request)
        guard let text = request.query else {
            return try document(try knownText(id: request.documentID, hash: hash))
        }
        if policy.requiresTrusted, !policy.trusted.contains(text) {
            throw .refused(
                .documentNotTrusted,
                "Only trusted documents are executed here, and this is not one of them."
            )
        }
        guard let hash, policy.keepsPersistedQueries else { return try document(text) }
        guard persisted.isDigest(hash, of: text) else {
            throw .refused(.persistedQueryHashMismatch, "provided sha does not match query")
        }
        // Only a valid document is worth keeping by its hash.
        let found = try document(text)
        persisted.keep(text, as: hash)
        return found
    }

    private func hash(of request: GraphQLRequest) throws(Refusal) -> String? {
        guard !request.extensions.isEmpty else { return nil }
        do {
            return try request.persistedQueryHash()
        } catch {
            throw .malformed(error)
        }
    }

    /// The text that an id or a hash stands for.
    private func knownText(id: String?, hash: String?) throws(Refusal) -> String {
        guard let name = id ?? hash else { throw .malformed(GraphQLRequest.missingQuery) }
        if let text = policy.trusted.text(of: name) { return text }
        if policy.requiresTrusted {
            throw .refused(.documentNotTrusted, "Only trusted documents are executed here, and none has this id.")
        }
        guard let hash, id == nil else {
            throw .refused(.documentNotFound, "No trusted document has this id.")
        }
        guard policy.keepsPersistedQueries else {
            throw .refused(.persistedQueryNotSupported, "PersistedQueryNotSupported")
        }
        guard let text = persisted.text(of: hash) else {
            throw .refused(.persistedQueryNotFound, "PersistedQueryNotFound")
        }
        return text
    }

    /// The document of a text.
    package func document(_ text: String) throws(Refusal) -> StoredDocument {
        if let known = documents.withLock({ $0.value(for: text) }) { return known }
        let source = Source(text)
        let document: Document
        do {
            document = try Document(parsing: source, limits: limits.parser)
        } catch {
            throw .syntax(error.graphQLError(in: source))
        }
        if !policy.allowsIntrospection {
            let errors = IntrospectionSearch.errors(in: document)
            guard errors.isEmpty else { throw .introspection(errors) }
        }
        let excesses = limits.document.errors(in: document)
        guard excesses.isEmpty else { throw .invalid(excesses) }
        let errors = validate(document, schema: schema)
        guard errors.isEmpty else { throw .invalid(errors) }
        let stored = StoredDocument(document)
        let cost = (text.utf8.count + 200) * Self.costPerByte
        documents.withLock { $0.insert(stored, for: text, cost: cost) }
        return stored
    }
}
