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

    @Test(arguments: heads.indices) func aHeadHasItsFault(position: Int) {
        let (version, fields, fault) = Self.heads[position]
        let head = HTTPRequestHead(version: version, method: .POST, uri: "/", headers: HTTPHeaders(fields))
        #expect(RequestFault(head) == fault)
    }
}
