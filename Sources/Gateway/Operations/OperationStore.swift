internal import Caching
package import GraphQL
package import JSON
private import Synchronization
internal import Upstream

/// Parses and validates texts; those that are asked for again are cached, the most useful of them, and so are refusals.
package final class OperationStore: Sendable {
    private let schema: Schema
    private let limits: RequestLimits
    private let policy: DocumentPolicy
    private let persisted: PersistedQueries
    private let documents: Mutex<Documents>

    private struct Documents {
        var cached: SieveCache<ExactString, StoredDocument>
        var doorkeeper = Doorkeeper()
        /// Why texts were refused, so that sending one again takes a lookup and not its validation.
        var refusals: SieveCache<ExactString, Refusal>
        /// Documents of shapes that come again, under other aliases.
        var shapes: SieveCache<DocumentShape, ShapedDocument>
        var shapesSeen = Doorkeeper()
        var preparations = 0
    }

    /// Why a request's document cannot be executed.
    package enum Refusal: Error, Sendable {
        case syntax(GraphQLError)
        case invalid([GraphQLError])
        case introspection([GraphQLError])
        /// The document is missing, not known or not allowed.
        case refused(ErrorCode, String)
        case malformed(GraphQLRequest.Malformed)
        /// The document is valid, but the operation cannot be chosen, its variables have wrong values, or it cannot be planned.
        case operation([GraphQLError])
    }

    // Measured: a document's tree takes 40 to 125 bytes for each token, its text is there twice, a plan takes 300 to 500 bytes
    // for each field and about a thousand beside them.
    private static let costPerDocument = 1000
    private static let costPerByte = 3
    private static let costPerToken = 125
    private static let costPerPlan = 1500
    private static let costPerField = 500

    /// The share of the store's bytes that refused texts may take up.
    private static let shareOfRefusals = 8
    /// The share of the store's bytes that documents by shape may take up.
    private static let shareOfShapes = 8

    /// Makes a store.
    package init(schema: Schema, limits: RequestLimits, policy: DocumentPolicy = DocumentPolicy()) {
        self.schema = schema
        self.limits = limits
        self.policy = policy
        persisted = PersistedQueries(capacity: policy.persistedQueryBytes)
        documents = Mutex(
            Documents(
                cached: SieveCache(maximumBytes: limits.operationStoreBytes),
                refusals: SieveCache(maximumBytes: limits.operationStoreBytes / Self.shareOfRefusals),
                shapes: SieveCache(maximumBytes: limits.operationStoreBytes / Self.shareOfShapes)
            )
        )
    }

    /// Whether clients may not bring documents of their own.
    var requiresTrusted: Bool { policy.requiresTrusted }

    /// The document that a request asks for: by its text, its hash or its id.
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

    /// The text that a request brings, or names by its hash or id.
    func text(of request: GraphQLRequest) throws(Refusal) -> String {
        if let text = request.query { return text }
        return try knownText(id: request.documentID, hash: try hash(of: request))
    }

    /// The text that an id or a hash stands for.
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

    /// The document of a text.
    package func document(_ text: String) throws(Refusal) -> StoredDocument {
        if let known = try known(text) { return known }
        return try made(text)
    }

    /// The document of a text that is cached; nil if it is not.
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

    /// Prepares the operation of a request: parsed, validated, chosen, with its variables coerced, and planned.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - executable: the schema.
    ///   - allowsRenamed: whether an operation that differs in its aliases will do.
    /// - Returns: the operation.
    /// - Throws: why it cannot be executed.
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

    /// Whether a request's text says all that has to be known of its document.
    private func isPlain(_ request: GraphQLRequest) -> Bool {
        !policy.requiresTrusted && request.documentID == nil && request.extensions.isEmpty
    }

    // MARK: - Shapes

    /// A document, and the aliases by which its shape is filled in.
    private struct ShapedDocument: Sendable {
        let document: StoredDocument
        let aliases: [String]
    }

    /// The operation of a valid document of the same shape, under the aliases of a request; nil if there is none, or if it has errors.
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

    /// Parses a document and checks it in every respect.
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

    /// Prepares an operation of a document: chosen, with its variables coerced, and planned.
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

    /// Counts a document's plans towards what cached documents may take up.
    private func countPlan(of document: StoredDocument) {
        let cost = cost(of: document)
        let dropped = documents.withLock { $0.cached.changeCost(of: document.text, to: cost) }
        withExtendedLifetime(dropped) {}
    }

    /// Errors as clients see them: without the schema's names, if they may not ask for the schema.
    func shown(_ errors: [GraphQLError]) -> [GraphQLError] {
        policy.allowsIntrospection ? errors : errors.map(\.withoutSuggestions)
    }

    /// Whether clients may ask for the schema.
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

    /// The bytes that cached documents take up, as estimated.
    package var cost: Int { documents.withLock { $0.cached.cost } }

    /// How many texts have been parsed and validated: those that are cached, or were refused before, are not.
    package var preparations: Int { documents.withLock { $0.preparations } }
}

extension OperationStore.Refusal {
    /// The bytes that its errors take up, as estimated.
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
