package import GraphQL
internal import Upstream
private import Synchronization

/// Parses and validates each text once; the most useful ones are kept.
package final class OperationStore: Sendable {
    private let schema: Schema
    private let limits: ParserLimits
    private let documents: Mutex<SieveCache<String, StoredDocument>>

    /// Why a text cannot be executed.
    package enum Refusal: Error, Sendable {
        case syntax(GraphQLError)
        case invalid([GraphQLError])
    }

    /// What a kept document costs per byte of its text: tree and plans are several times as large as the text.
    private static let costPerByte = 24

    /// Makes a store.
    ///
    /// - Parameter capacity: the bytes that kept documents may take up, as estimated from their texts.
    package init(schema: Schema, limits: ParserLimits, capacity: Int) {
        self.schema = schema
        self.limits = limits
        documents = Mutex(SieveCache(capacity: capacity))
    }

    /// The document of a text.
    package func document(_ text: String) throws(Refusal) -> StoredDocument {
        if let known = documents.withLock({ $0.value(for: text) }) { return known }
        let source = Source(text)
        let document: Document
        do {
            document = try Document(parsing: source, limits: limits)
        } catch {
            throw .syntax(error.graphQLError(in: source))
        }
        let errors = validate(document, schema: schema)
        guard errors.isEmpty else { throw .invalid(errors) }
        let stored = StoredDocument(document)
        let cost = (text.utf8.count + 200) * Self.costPerByte
        documents.withLock { $0.insert(stored, for: text, cost: cost) }
        return stored
    }
}
