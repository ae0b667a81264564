internal import Caching
package import GraphQL
package import JSON
private import Synchronization
internal import Upstream

/// Parses and validates documents; caches those that are sent again, and the errors of invalid ones.
package final class OperationStore: Sendable {
    private let schema: Schema
    private let limits: RequestLimits
    private let policy: DocumentPolicy
    private let persisted: PersistedQueries
    private let documents: Mutex<Documents>

    private struct Documents {
        var cached: SieveCache<ExactString, StoredDocument>
        var doorkeeper = Doorkeeper()
        /// The errors of invalid documents, so that sending one again takes a lookup instead of its validation.
        var refusals: SieveCache<ExactString, Refusal>
        /// Documents by shape, for requests with other aliases.
        var shapes: SieveCache<DocumentShape, ShapedDocument>
        var shapesSeen = Doorkeeper()
        var preparations = 0
    }

    /// The reason why a request's document cannot be executed.
    package enum Refusal: Error, Sendable {
        case syntax(GraphQLError)
        case invalid([GraphQLError])
        case introspection([GraphQLError])
        /// The document is missing, unknown or not allowed.
        case refused(ErrorCode, String)
        case malformed(GraphQLRequest.Malformed)
        /// The document is valid, but the operation cannot be chosen, its variables have wrong values, or it cannot be planned.
        case operation([GraphQLError])
    }

    // Measured: a document's tree takes 40 to 125 bytes for each token, its text is stored twice, a plan takes 300 to 500 bytes
    // for each field and about a thousand besides.
    private static let costPerDocument = 1000
    private static let costPerByte = 3
    private static let costPerToken = 125
    private static let costPerPlan = 1500
    private static let costPerField = 500

    /// The divisor of the store's bytes for refused documents: they take at most an eighth.
    private static let refusalsDivisor = 8
    /// The divisor of the store's bytes for documents by shape: they take at most an eighth.
    private static let shapesDivisor = 8

    /// Makes a store.
    package init(schema: Schema, limits: RequestLimits, policy: DocumentPolicy = DocumentPolicy()) {
        self.schema = schema
        self.limits = limits
        self.policy = policy
        persisted = PersistedQueries(capacity: policy.persistedQueryBytes)
        documents = Mutex(
            Documents(
                cached: SieveCache(maximumBytes: limits.operationStoreBytes),
                refusals: SieveCache(maximumBytes: limits.operationStoreBytes / Self.refusalsDivisor),
                shapes: SieveCache(maximumBytes: limits.operationStoreBytes / Self.shapesDivisor)
            )
        )
    }

    /// Whether only trusted documents are executed.
    var requiresTrusted: Bool { policy.requiresTrusted }

    /// The document of a request: by its text, its hash or its id.
    package func document(for request: GraphQLRequest) throws(Refusal) -> StoredDocument {
        let hash = try hash(of: request)
        guard let text = request.query else {
            return try document(try knownText(id: request.documentID, hash: hash))
        }
        if policy.requiresTrusted, !policy.trusted.contains(text) {
            throw .refused(
                .documentNotTrusted,
                "Only trusted documents are executed, and this one is not trusted."
            )
        }
        guard let hash, policy.allowsPersistedQueries else { return try document(text) }
        guard persisted.isDigest(hash, of: text) else {
            throw .refused(.persistedQueryHashMismatch, "provided sha does not match query")
        }
        // Only a valid document is stored by its hash.
        let found = try document(text)
        persisted.store(text, as: hash)
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

    /// The document text of a request: sent along, or stored under its hash or id.
    func text(of request: GraphQLRequest) throws(Refusal) -> String {
        if let text = request.query { return text }
        return try knownText(id: request.documentID, hash: try hash(of: request))
    }

    /// The document text of an id or a hash.
    private func knownText(id: String?, hash: String?) throws(Refusal) -> String {
        guard let name = id ?? hash else { throw .malformed(GraphQLRequest.missingQuery) }
        if let text = policy.trusted.text(of: name) { return text }
        if policy.requiresTrusted {
            throw .refused(.documentNotTrusted, "Only trusted documents are executed, and none has this id.")
        }
        guard let hash, id == nil else {
            throw .refused(.documentNotFound, "No trusted document has this id.")
        }
        guard policy.allowsPersistedQueries else {
            throw .refused(.persistedQueryNotSupported, "PersistedQueryNotSupported")
        }
        guard let text = persisted.text(of: hash) else {
            throw .refused(.persistedQueryNotFound, "PersistedQueryNotFound")
        }
        return text
    }

    /// The valid document of a text.
    package func document(_ text: String) throws(Refusal) -> StoredDocument {
        if let known = try known(text) { return known }
        return try made(text)
    }

    /// The cached document of a text; nil: it is not cached.
    private func known(_ text: String) throws(Refusal) -> StoredDocument? {
        let key = ExactString(text)
        let (cached, refusal) = documents.withLock { documents -> (StoredDocument?, Refusal?) in
            if let cached = documents.cached.value(for: key) { return (cached, nil) }
            return (nil, documents.refusals.value(for: key))
        }
        if let refusal { throw refusal }
        return cached
    }

    private func made(_ text: String) throws(Refusal) -> StoredDocument {
        do {
            let document = try validDocument(Source(text))
            let stored = StoredDocument(document, text: text)
            store(stored)
            return stored
        } catch {
            store(error, of: ExactString(text), byteCount: text.utf8.count)
            throw error
        }
    }

    /// Prepares the operation of a request: parses and validates the document, selects the operation, coerces its variables and plans it.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - executable: the schema.
    ///   - allowsRenamed: whether an operation of the same shape with other aliases may be used.
    /// - Returns: the operation.
    /// - Throws: the reason why it cannot be executed.
    func prepare(
        _ request: GraphQLRequest,
        executable: ExecutableSchema,
        allowsRenamed: Bool
    ) throws(Refusal) -> PreparedOperation {
        guard allowsRenamed, let text = request.query, isPlain(request) else {
            return try prepare(try document(for: request), request, executable)
        }
        if let known = try known(text) { return try prepare(known, request, executable) }
        let shape = DocumentShape(text)
        if let shape, let renamed = renamed(shape, request, executable) { return renamed }
        let document = try made(text)
        if let shape { store(document, shape) }
        return try prepare(document, request, executable)
    }

    private func prepare(
        _ document: StoredDocument,
        _ request: GraphQLRequest,
        _ executable: ExecutableSchema
    ) throws(Refusal) -> PreparedOperation {
        try prepare(
            operationNamed: request.operationName,
            of: document,
            variables: request.variables,
            executable: executable
        )
    }

    /// Whether the document of a request depends on its text alone.
    private func isPlain(_ request: GraphQLRequest) -> Bool {
        !policy.requiresTrusted && request.documentID == nil && request.extensions.isEmpty
    }

    // MARK: - Shapes

    /// A document, and the aliases in it that another document of the shape replaces.
    private struct ShapedDocument: Sendable {
        let document: StoredDocument
        let aliases: [String]
    }

    /// The operation of a valid document of the same shape, with the aliases of a request; nil: there is none, or it has errors.
    private func renamed(
        _ shape: DocumentShape,
        _ request: GraphQLRequest,
        _ executable: ExecutableSchema
    ) -> PreparedOperation? {
        guard let found = documents.withLock({ $0.shapes.value(for: shape) }),
            var operation = try? prepare(found.document, request, executable), operation.kind == .query
        else { return nil }
        let aliases = Dictionary(zip(found.aliases, shape.aliases)) { first, _ in first }
        guard let keys = ResponseKeys(operation.plan, renaming: aliases) else { return nil }
        let renaming = AliasRenaming(aliases, text: request.query ?? "")
        operation.renamed = RenamedOperation(keys: keys, renaming: renaming, request: request)
        return operation
    }

    private func store(_ document: StoredDocument, _ shape: DocumentShape) {
        let cost = cost(of: document) + shape.byteCount * 2
        let dropped = documents.withLock { documents in
            documents.shapesSeen.hasSeen(shape.number)
                ? documents.shapes.insert(
                    ShapedDocument(document: document, aliases: shape.aliases),
                    for: shape,
                    cost: cost
                ) : []
        }
        withExtendedLifetime(dropped) {}
    }

    /// Parses a document, and checks introspection, limits and validity.
    private func validDocument(_ source: Source) throws(Refusal) -> Document {
        let document: Document
        do {
            document = try Document(parsing: source, limits: limits.parser)
        } catch {
            throw .syntax(error.graphQLError(in: source))
        }
        if !policy.allowsIntrospection {
            let errors = IntrospectionSearch.errors(in: document, atMost: limits.maximumValidationErrors)
            guard errors.isEmpty else { throw .introspection(errors) }
        }
        let excesses = limits.document.errors(in: document, atMost: limits.maximumValidationErrors)
        guard excesses.isEmpty else { throw .invalid(excesses) }
        let errors = validate(document, schema: schema, maximumErrors: limits.maximumValidationErrors)
        guard errors.isEmpty else { throw .invalid(shown(errors)) }
        return document
    }

    private func store(_ refusal: Refusal, of text: ExactString, byteCount: Int) {
        let cost = Self.costPerDocument + byteCount + refusal.byteCount
        let dropped = documents.withLock { documents in
            documents.preparations += 1
            return documents.refusals.insert(refusal, for: text, cost: cost)
        }
        withExtendedLifetime(dropped) {}
    }

    /// Prepares an operation of a document: selects it, coerces its variables and plans it.
    ///
    /// - Parameters:
    ///   - name: the operation's name; nil: the document's only operation.
    ///   - document: a document of this store.
    ///   - variables: the variables as the client sent them.
    ///   - executable: the schema.
    /// - Returns: the operation, ready to be executed.
    /// - Throws: the errors of the request.
    package func prepare(
        operationNamed name: String?,
        of document: StoredDocument,
        variables: JSONObject,
        executable: ExecutableSchema
    ) throws(Refusal) -> PreparedOperation {
        do {
            let (operation, isNewPlan) = try document.prepare(
                operationNamed: name,
                variables: variables,
                executable: executable,
                maximumErrors: limits.maximumVariableErrors
            )
            if isNewPlan { countPlan(of: document) }
            return operation
        } catch {
            if case .variables(let errors) = error { throw .operation(shown(errors)) }
            throw .operation(error.errors)
        }
    }

    /// Adds a document's plans to its cost in the cache.
    private func countPlan(of document: StoredDocument) {
        let cost = cost(of: document)
        let dropped = documents.withLock { $0.cached.changeCost(of: document.text, to: cost) }
        withExtendedLifetime(dropped) {}
    }

    /// Errors as clients see them: without suggestions of names, if introspection is disabled.
    func shown(_ errors: [GraphQLError]) -> [GraphQLError] {
        policy.allowsIntrospection ? errors : errors.map(\.withoutSuggestions)
    }

    /// Whether documents may query the schema.
    var allowsIntrospection: Bool { policy.allowsIntrospection }

    private func store(_ document: StoredDocument) {
        let cost = cost(of: document)
        let hash = document.text.hashValue
        // PERF: dropped documents are freed after the lock: measured with two event loops that waited for it.
        let dropped = documents.withLock { documents in
            documents.preparations += 1
            return documents.doorkeeper.hasSeen(hash)
                ? documents.cached.insert(document, for: document.text, cost: cost) : []
        }
        withExtendedLifetime(dropped) {}
    }

    private func cost(of document: StoredDocument) -> Int {
        let texts = Self.costPerDocument + document.document.source.text.count * Self.costPerByte
        let tree = document.document.tokenCount * Self.costPerToken
        let plans = document.planned.plans * Self.costPerPlan + document.planned.fields * Self.costPerField
        return texts + tree + plans
    }

    /// The estimated bytes of all cached documents.
    package var cost: Int { documents.withLock { $0.cached.cost } }

    /// The number of documents that have been parsed and validated; cached documents and known errors do not count.
    package var preparations: Int { documents.withLock { $0.preparations } }
}

extension OperationStore.Refusal {
    /// The estimated bytes of its errors.
    fileprivate var byteCount: Int {
        switch self {
        case .syntax(let error): error.byteCount
        case .invalid(let errors), .introspection(let errors), .operation(let errors):
            errors.reduce(0) { $0 + $1.byteCount }
        case .refused(_, let message): message.utf8.count
        case .malformed(let malformed): malformed.message.utf8.count
        }
    }
}

extension GraphQLError {
    fileprivate var byteCount: Int {
        MemoryLayout<GraphQLError>.stride + message.utf8.count + locations.count * MemoryLayout<SourceLocation>.stride
    }
}
