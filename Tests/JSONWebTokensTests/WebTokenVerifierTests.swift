import Gateway
import JSON
import Synchronization
import Testing

@testable import JSONWebTokens

/// Which JSON Web Tokens name clients.
@Suite struct WebTokenVerifierTests {
    /// A clock, and a source of keys that counts how often it is asked.
    private final class World: Sendable {
        let time = Atomic(1000)
        let fetches = Atomic(0)
        let text: Mutex<String>

        init(_ text: String) { self.text = Mutex(text) }

        func makeKeys() -> IssuerKeys {
            IssuerKeys(
                fetch: { [self] () throws(IssuerKeys.Unreadable) in
                    fetches.add(1, ordering: .relaxed)
                    let text = text.withLock { $0 }
                    guard text != "" else { throw IssuerKeys.Unreadable("it is down") }
                    return Array(text.utf8)
                },
                now: { [self] in time.load(ordering: .relaxed) },
                run: { body in Task.immediate { await body() } },
                log: { _ in }
            )
        }
    }

    private func verifier(_ world: World, _ subjects: [String] = ["u"]) -> WebTokenVerifier {
        let rules = TokenRules(issuer: "https://i", audiences: ["g"], leeway: 10, scopes: ["use"])
        let clients = subjects.map { (subject: $0, client: GatewayClient(name: $0)) }
        return WebTokenVerifier(rules: rules, keys: world.makeKeys(), clients: clients) {
            world.time.load(ordering: .relaxed)
        }
    }

    @Test(arguments: TokenVectors.valid) func aValidTokenNamesItsClient(name: String, token: String) throws {
        let verifier = verifier(World(TokenVectors.keys))
        #expect(verifier.recognizes(token))
        for _ in 1...2 { #expect(try verifier.client(of: token).name == "u") }
    }

    @Test(arguments: TokenVectors.invalid) func invalidTokenIsRefused(name: String, token: String, reason: String) {
        let verifier = verifier(World(TokenVectors.keys))
        let failure = #expect(throws: AuthenticationFailure.self) { try verifier.client(of: token) }
        #expect(failure?.message.contains(reason) == true, "\(name): \(String(describing: failure))")
    }

    @Test func aSubjectThatIsNotListedIsRefusedUnlessAClientIsForAllOthers() throws {
        let token = TokenVectors.valid[0].token
        let failure = #expect(throws: AuthenticationFailure.self) {
            try verifier(World(TokenVectors.keys), ["x"]).client(of: token)
        }
        #expect(failure == .forbidden("The token's subject may not use this gateway."))
        #expect(try verifier(World(TokenVectors.keys), ["x", "*"]).client(of: token).name == "*")
        #expect(try verifier(World(TokenVectors.keys), ["*", "u"]).client(of: token).name == "u")
    }

    @Test func claimsAreComparedByTheirBytes() throws {
        let (composed, decomposed) = ("https://caf\u{E9}", "https://cafe\u{301}")
        let rules = TokenRules(issuer: composed, audiences: [composed], leeway: 10, scopes: [composed])
        func claims(_ name: String, _ value: JSONValue) -> JSONValue {
            var claims: JSONObject = ["sub": "u", "exp": 2000]
            for name in ["iss", "aud", "scope"] { claims[name] = .string(composed) }
            claims[name] = value
            return .object(claims)
        }
        #expect(try rules.check(claims("aud", [.string(decomposed), .string(composed)]), at: 1000).subject == "u")
        for name in ["iss", "aud", "scope"] {
            #expect(throws: AuthenticationFailure.self, "\(name)") {
                try rules.check(claims(name, .string(decomposed)), at: 1000)
            }
        }
    }

    @Test func aTokenThatWasAcceptedExpires() throws {
        let world = World(TokenVectors.keys)
        let verifier = verifier(world)
        let token = TokenVectors.valid[0].token
        #expect(try verifier.client(of: token).name == "u")
        world.time.store(2009, ordering: .relaxed)
        #expect(try verifier.client(of: token).name == "u")
        world.time.store(2010, ordering: .relaxed)
        #expect(throws: AuthenticationFailure.invalid("The token has expired.")) { try verifier.client(of: token) }
    }

    @Test func keysAreFetchedAgainForAnUnknownKeyButNotForEachToken() throws {
        let world = World(#"{"keys":[]}"#)
        let verifier = verifier(world)
        let token = TokenVectors.valid[0].token
        for _ in 1...5 {
            #expect(throws: AuthenticationFailure.self) { try verifier.client(of: token) }
        }
        #expect(world.fetches.load(ordering: .relaxed) == 1)
        // The issuer rotates its keys.
        world.text.withLock { $0 = TokenVectors.keys }
        #expect(throws: AuthenticationFailure.self) { try verifier.client(of: token) }
        world.time.add(IssuerKeys.interval, ordering: .relaxed)
        #expect(try verifier.client(of: token).name == "u")
        #expect(world.fetches.load(ordering: .relaxed) == 2)
    }

    /// An issuer that cannot be reached says nothing of a token: it is not the token that is wrong.
    @Test func withoutKeysItIsNotKnownWhetherATokenIsValid() throws {
        let world = World("")
        let verifier = verifier(world)
        let token = TokenVectors.valid[0].token
        let unavailable = AuthenticationFailure.unavailable(
            "The issuer's keys cannot be had at present; try again in a few seconds."
        )
        for _ in 1...3 { #expect(throws: unavailable) { try verifier.client(of: token) } }
        #expect(world.fetches.load(ordering: .relaxed) == 1)
        world.text.withLock { $0 = TokenVectors.keys }
        world.time.add(IssuerKeys.retryInterval, ordering: .relaxed)
        #expect(try verifier.client(of: token).name == "u")
    }

    /// A request that comes while keys are fetched waits for them.
    @Test func aTokenOfAnUnknownKeyWaitsForTheFetch() async throws {
        let started = AsyncStream<Void>.makeStream()
        let released = AsyncStream<Void>.makeStream()
        let keys = IssuerKeys(
            fetch: { () async throws(IssuerKeys.Unreadable) in
                started.continuation.finish()
                for await _ in released.stream {}
                return Array(TokenVectors.keys.utf8)
            },
            now: { 1000 },
            log: { _ in }
        )
        let rules = TokenRules(issuer: "https://i", audiences: ["g"], leeway: 10, scopes: ["use"])
        let clients = [(subject: "u", client: GatewayClient(name: "u"))]
        let verifier = WebTokenVerifier(rules: rules, keys: keys, clients: clients) { 1000 }
        let token = TokenVectors.valid[0].token
        #expect(throws: AuthenticationFailure.self) { try verifier.client(of: token) }
        for await _ in started.stream {}
        let settled = Task { await verifier.settle() }
        released.continuation.finish()
        await settled.value
        #expect(try verifier.client(of: token).name == "u")
        await verifier.settle()
    }

    @Test func aBadKeySetChangesNothing() async throws {
        let world = World(TokenVectors.keys)
        let verifier = verifier(world)
        let tokens = TokenVectors.valid.map(\.token)
        #expect(try verifier.client(of: tokens[0]).name == "u")
        world.text.withLock { $0 = "<html>" }
        world.time.store(1000 + IssuerKeys.regularInterval, ordering: .relaxed)
        #expect(try verifier.client(of: tokens[1]).name == "u")
        #expect(world.fetches.load(ordering: .relaxed) == 2)
        #expect(try verifier.client(of: tokens[2]).name == "u")
    }

    @Test(arguments: [
        "", "a", "a.b", "..", "a.b.c", "a.b.c.d", "e30.e30.", String(repeating: "a", count: 20_000) + ".b.c",
    ])
    func malformedTokenTextIsRefused(text: String) {
        #expect(SignedToken(text) == nil)
    }
}
