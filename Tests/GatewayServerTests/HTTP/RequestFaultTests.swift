import NIOHTTP1
import Testing

@testable import GatewayServer

/// Heads that two readers on the way could understand differently are refused.
@Suite struct RequestFaultTests {
    static let heads: [(version: HTTPVersion, fields: [(String, String)], fault: RequestFault?)] = [
        (.http1_1, [("Host", "a")], nil), (.http1_1, [("Host", "")], nil),
        (.http1_1, [], .missingHost), (.http1_0, [], nil),
        (.http1_1, [("Host", "a"), ("host", "a")], .missingHost),
        (.http1_0, [("Host", "a"), ("Host", "b")], .missingHost),
        (.http1_1, [("Host", "a b")], .invalidHost), (.http1_1, [("Host", "a/b")], .invalidHost),
        (.http1_1, [("Host", ":80")], .invalidHost), (.http1_1, [("Host", ".")], .invalidHost),
        (.http1_1, [("Host", ".:80")], .invalidHost),
        (.http1_1, [("Host", "u@a")], .invalidHost), (.http1_1, [("Host", "a:x")], .invalidHost),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", "chunked")], nil),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", " Chunked ")], nil),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", "gzip, chunked")], .transferCoding),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", "chunked, chunked")], .transferCoding),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", "identity")], .transferCoding),
        (.http1_1, [("Host", "a"), ("Transfer-Encoding", "")], .transferCoding),
        (
            .http1_1, [("Host", "a"), ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")],
            .transferCoding
        ),
        (.http1_0, [("Host", "a"), ("Transfer-Encoding", "chunked")], .transferCodingOfOldVersion),
    ]

    @Test(arguments: heads.indices) func findsTheFaultOfAHead(position: Int) {
        let (version, fields, fault) = Self.heads[position]
        let head = HTTPRequestHead(version: version, method: .POST, uri: "/", headers: HTTPHeaders(fields))
        #expect(RequestFault(head) == fault)
    }

    static let targets: [(target: String, fault: RequestFault?)] = [
        ("http://a/graphql", nil), ("http://a:80/graphql", nil), ("HTTPS://[::1]:1", nil), ("/http://a b", nil),
        ("http://u@evil.example/graphql", RequestFault.invalidHost), ("http://a:x/graphql", .invalidHost),
        ("http://[evil.example/graphql", .invalidHost), ("http://a\\b/graphql", .invalidHost),
        ("http://a:999999/", .invalidHost),
        // A URL of this scheme has a host.
        ("http:///graphql", .invalidHost), ("https:///", .invalidHost), ("http://", .invalidHost),
        ("http://?query", .invalidHost), ("http://:80/graphql", .invalidHost), ("http://:/graphql", .invalidHost),
        ("http://user@host/", .invalidHost), ("http://user:secret@host:80/", .invalidHost),
        ("http://@host/", .invalidHost),
        ("http://./", .invalidHost), ("http://a:/graphql", nil),
    ]

    @Test(arguments: targets)
    func theAuthorityOfATargetIsAHost(target: String, fault: RequestFault?) {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target, headers: ["Host": "a"])
        #expect(RequestFault(head) == fault)
    }
}
