private import Caching
internal import JSON
private import Synchronization

/// The documents of the latest responses, so that an equal response to the same call gets the same document.
///
/// Callers with different keys, and one caller from time to time, get the same bytes for a call. Their document is parsed once, and
/// takes memory once however many keys have it cached. A caller only gets a document of bytes that it has received itself.
package final class RecentDocuments: Sendable {
    /// The most bytes of all documents, which may outlive the cached responses.
    static let maximumBytes = 4 << 20

    private let documents = Mutex(SieveCache<Call, JSONDocument>(maximumBytes: maximumBytes))

    package init() {}

    /// The document of a response's content: the latest one of the call if it has the same bytes, otherwise a new one.
    ///
    /// - Parameters:
    ///   - content: the content of the response.
    ///   - call: the call, by workspace and path.
    ///   - limits: the limits of the document.
    /// - Returns: the document.
    /// - Throws: the error of content that is not JSON, or exceeds the limits.
    func document(of content: [UInt8], to call: Call, limits: JSONLimits) throws(JSONError) -> JSONDocument {
        if let latest = documents.withLock({ $0.value(for: call) }) {
            let bytes = latest.bytes
            if bytes.span.hasSameBytes(as: content.span) { return latest }
        }
        let document = try JSONDocument(parsing: content, limits: limits)
        let cost = AllocatedBytes.string(call.path) + document.memoryFootprint
        _ = documents.withLock { $0.insert(document, for: call, cost: cost) }
        return document
    }
}
