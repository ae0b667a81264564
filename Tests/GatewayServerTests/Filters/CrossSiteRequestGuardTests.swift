import GraphQL
import NIOHTTP1
import Testing

@testable import GatewayServer

/// A GET is served only if no page of another site can have made a browser send it.
@Suite struct CrossSiteRequestGuardTests {
    private static let accepts = ("Accept", "application/json")

    static let requests: [(fields: [(String, String)], isServed: Bool)] = [
        ([], false), ([("Accept", "*/*")], false), ([("Accept", "text/html, */*;q=0.8")], false),
        ([accepts], true), ([("Accept", "text/html, application/graphql-response+json;q=0.5")], true),
        // Fields that make a browser ask first, whatever their value.
        ([("GraphQL-Preflight", "")], true), ([("apollo-require-preflight", "1")], true),
        ([("X-Apollo-Operation-Name", "A")], true), ([("x-graphql-yoga-csrf", "1")], true),
        ([("X-Other", "1")], false),
        ([("Content-Type", "application/json; charset=utf-8")], true), ([("Content-Type", "text/plain")], false),
        ([("Content-Type", "application/x-www-form-urlencoded")], false),
        // Credentials that browsers do not send by themselves.
        ([("Authorization", "Bearer k")], true), ([("Authorization", "k")], true),
        ([("Authorization", "Basic dTpw")], false), ([("Authorization", "BASIC dTpw")], false),
        ([("Authorization", "Negotiate x")], false), ([("Authorization", "Digest x")], false),
        ([("Authorization", "NTLM x")], false),
        // Browsers say where a request comes from.
        ([accepts, ("Sec-Fetch-Site", "same-origin")], true), ([accepts, ("Sec-Fetch-Site", "none")], true),
        ([accepts, ("Sec-Fetch-Site", "same-site")], false), ([accepts, ("Sec-Fetch-Site", "cross-site")], false),
        ([accepts, ("Sec-Fetch-Site", "")], false), ([accepts, ("Sec-Fetch-Site", "none, none")], false),
        ([accepts, ("Origin", "https://evil.example")], false), ([accepts, ("Origin", "null")], false),
        ([accepts, ("Origin", "https://127.0.0.1")], true),
        ([accepts, ("Origin", "https://app.example"), ("Sec-Fetch-Site", "cross-site")], true),
    ]

    @Test(arguments: requests.indices) func aGETIsServed(position: Int) {
        let (fields, isServed) = Self.requests[position]
        let guardian = CrossSiteRequestGuard(
            origins: OriginCheck(crossOrigin: CrossOriginPolicy(origins: ["https://app.example"]))
        )
        let headers = HTTPHeaders([("Host", "127.0.0.1")] + fields)
        func refusal(_ method: HTTPMethod) -> HTTPResponse? {
            let head = HTTPRequestHead(version: .http1_1, method: method, uri: "/graphql", headers: headers)
            return guardian.refusal(of: HTTPRequest(head: head, body: []))
        }
        #expect(refusal(.GET)?.status.code == (isServed ? nil : 400))
        #expect(refusal(.GET)?.refusal?.code.rawValue == (isServed ? nil : "CSRF_PREVENTED"))
        // A POST needs a body that browsers ask leave for.
        #expect(refusal(.POST)?.status == nil)
    }
}
