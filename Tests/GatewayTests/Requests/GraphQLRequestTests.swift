import JSON
import Testing

@testable import Gateway

@Suite struct GraphQLRequestTests {
    /// A request as its members, or why it is none.
    private static func read(
        _ request: () throws(GraphQLRequest.Malformed) -> GraphQLRequest
    ) -> Result<[String], GraphQLRequest.Malformed> {
        Result { () throws(GraphQLRequest.Malformed) in
            let request = try request()
            return [
                request.query ?? "-", request.documentID ?? "-", request.operationName ?? "-",
                String(decoding: JSONValue.object(request.variables).serialized(), as: UTF8.self),
                String(decoding: JSONValue.object(request.extensions).serialized(), as: UTF8.self),
            ]
        }
    }

    private static func malformed(_ message: String) -> Result<[String], GraphQLRequest.Malformed> {
        .failure(GraphQLRequest.Malformed(message: message))
    }

    static let urls: [(String, Result<[String], GraphQLRequest.Malformed>)] = [
        ("query=%7Ba%7D", .success(["{a}", "-", "-", "{}", "{}"])),
        ("other=%&query=%7Ba+b%7D&operationName=", .success(["{a b}", "-", "-", "{}", "{}"])),
        ("documentId=x&variables=%7B%22a%22:1%7D", .success(["-", "x", "-", #"{"a":1}"#, "{}"])),
        ("query=a&operationName=b&variables=null", .success(["a", "-", "b", "{}", "{}"])),
        ("", malformed(#"The parameter "query" is missing: the document to execute."#)),
        ("query", malformed(#"The parameter "query" is missing: the document to execute."#)),
        ("query=a&query=b", malformed(#"The parameter "query" is given more than once."#)),
        ("query=%ff", malformed(#"The parameter "query" is not percent-encoded UTF-8."#)),
        ("query=a&variables=[]", malformed(#"The parameter "variables" must be a JSON object or null."#)),
    ]

    @Test(arguments: urls)
    func aURLIsRead(query: String, expected: Result<[String], GraphQLRequest.Malformed>) {
        #expect(
            Self.read { () throws(GraphQLRequest.Malformed) in try GraphQLRequest(urlQuery: query[...]) } == expected
        )
    }

    static let bodies: [(String, Result<[String], GraphQLRequest.Malformed>)] = [
        (#"{"query":"{a}","other":1}"#, .success(["{a}", "-", "-", "{}", "{}"])),
        (
            #"{"query":"q","operationName":"n","variables":{"v":[1]},"extensions":{"e":null}}"#,
            .success(["q", "-", "n", #"{"v":[1]}"#, #"{"e":null}"#])
        ),
        (#"{"documentId":"x","query":null,"variables":null}"#, .success(["-", "x", "-", "{}", "{}"])),
        ("", malformed(#"The body is empty; it must be a JSON object with the member "query"."#)),
        ("[]", malformed(#"A request must be a JSON object with the member "query"."#)),
        ("{}", malformed(#"The member "query" is missing: the document to execute, a string."#)),
        (#"{"query":1}"#, malformed(#"The member "query" must be a string."#)),
        (#"{"query":"q","operationName":1}"#, malformed(#"The member "operationName" must be a string or null."#)),
        (#"{"query":"q","variables":[]}"#, malformed(#"The member "variables" must be an object or null."#)),
    ]

    @Test(arguments: bodies)
    func aBodyIsRead(body: String, expected: Result<[String], GraphQLRequest.Malformed>) {
        let bytes = Array(body.utf8)
        #expect(Self.read { () throws(GraphQLRequest.Malformed) in try GraphQLRequest(json: bytes) } == expected)
    }

    @Test func persistedQueryHashIsReadInLowerCase() throws {
        let hash = try GraphQLRequest(
            json: Array(#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ABC"}}}"#.utf8)
        ).persistedQueryHash()
        #expect(hash == "abc")
        #expect(throws: GraphQLRequest.Malformed.self) {
            try GraphQLRequest(json: Array(#"{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"a"}}}"#.utf8))
        }
    }
}
