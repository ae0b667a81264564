internal import Caching
package import Gateway
internal import JSON
private import Synchronization

/// Identifies clients by the subjects of JSON Web Tokens.
package final class WebTokenVerifier: TokenVerifier {
    /// The client of a token that has been verified, with the Unix time in seconds until which it need not be verified again.
    private struct Verified: Sendable {
        let client: GatewayClient
        let end: Int
    }

    private let rules: TokenRules
    private let keys: IssuerKeys
    private let clients: [ExactString: GatewayClient]
    private let others: GatewayClient?
    private let now: @Sendable () -> Int
    private let verified: Mutex<SieveCache<ExactString, Verified>>

    /// The seconds for which a verified token is accepted without verification, even if its key is removed from the issuer's keys.
    private static let memory = 300
    private static let maximumBytes = 4 << 20

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - rules: the requirements on claims.
    ///   - keys: the keys of the issuer.
    ///   - clients: the clients by subject; `*` is the client of all others.
    ///   - now: the time in Unix seconds.
    package init(
        rules: TokenRules,
        keys: IssuerKeys,
        clients: [(subject: String, client: GatewayClient)],
        now: @escaping @Sendable () -> Int
    ) {
        self.rules = rules
        self.keys = keys
        self.now = now
        let named = clients.filter { $0.subject != "*" }.map { (ExactString($0.subject), $0.client) }
        self.clients = Dictionary(named) { first, _ in first }
        others = clients.first { $0.subject == "*" }?.client
        verified = Mutex(SieveCache(maximumBytes: Self.maximumBytes))
    }

    package func recognizes(_ token: String) -> Bool { token.utf8.count { $0 == UInt8(ascii: ".") } == 2 }

    package func settle() async { await keys.settle() }

    package func client(of token: String) throws(AuthenticationFailure) -> GatewayClient {
        let (name, time) = (ExactString(token), now())
        if let known = verified.withLock({ $0.value(for: name) }), time < known.end { return known.client }
        guard let read = SignedToken(token) else {
            throw .invalid("The token is no signed token that is accepted here.")
        }
        let candidates = try keys.keys(for: read)
        guard !candidates.isEmpty else { throw .invalid("The token's key is none of the issuer's.") }
        guard candidates.contains(where: { $0.isSignature(read.signature, of: read.signedBytes) }) else {
            throw .invalid("The token's signature is not valid.")
        }
        let (subject, end) = try rules.check(read.claims, at: time)
        guard let client = clients[ExactString(subject)] ?? others else {
            throw .forbidden("The token's subject may not use this gateway.")
        }
        let entry = Verified(client: client, end: min(end, time + Self.memory))
        let cost = AllocatedBytes.string(token) + 128
        let dropped = verified.withLock { $0.insert(entry, for: name, cost: cost) }
        withExtendedLifetime(dropped) {}
        return client
    }
}
