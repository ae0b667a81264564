internal import Caching
internal import JSON
private import Synchronization
internal import Upstream

/// Document texts by their SHA-256 digests: clients send a text once, and its digest from then on.
///
/// https://www.apollographql.com/docs/apollo-server/performance/apq
final class PersistedQueries: Sendable {
    private let texts: Mutex<SieveCache<String, String>>

    /// Makes a store.
    ///
    /// - Parameter capacity: the most bytes of all entries together.
    init(capacity: Int) {
        texts = Mutex(SieveCache(maximumBytes: capacity))
    }

    /// The text that has a digest, if it is stored.
    func text(of hash: String) -> String? {
        texts.withLock { $0.value(for: hash) }
    }

    /// Whether a hash, in lower-case hexadecimal digits, is the text's digest.
    func isDigest(_ hash: String, of text: String) -> Bool {
        // PERF: a client that always sends both costs a comparison, not a digest.
        if self.text(of: hash)?.hasSameBytes(as: text) == true { return true }
        return SHA256Digest(of: text)?.hexadecimal == hash
    }

    /// Stores a text.
    func store(_ text: String, as hash: String) {
        texts.withLock { texts in
            guard texts.value(for: hash) == nil else { return }
            let (text, hash) = (text.compacted, hash.compacted)
            texts.insert(text, for: hash, cost: AllocatedBytes.string(text) + AllocatedBytes.string(hash))
        }
    }
}
