import Testing

@testable import GatewayServer

/// Values of header fields that the server reads.
@Suite struct HeaderValueTests {
    @Test(arguments: [
        ("application/json", "application/json", [String](), true),
        ("Application/JSON; Charset=\"UTF-8\"", "application/json", ["charset=UTF-8"], true),
        ("text/plain;charset=latin1;q=0.5", "text/plain", ["charset=latin1", "q=0.5"], false),
        ("a/b; x=\"a;b\\\"c\"", "a/b", ["x=a;b\"c"], true),
        ("*/*", "*/*", [], true),
    ])
    func mediaTypesAreRead(text: String, name: String, parameters: [String], isUTF8: Bool) throws {
        let type = try #require(MediaType(text[...]))
        #expect(type.name == name)
        #expect(type.parameters.map { "\($0.name)=\($0.value)" } == parameters)
        #expect(type.isUTF8 == isUTF8)
    }

    @Test(arguments: ["", "json", "/json", "a/", "a/b; x", ";"])
    func malformedMediaTypeIsRefused(text: String) {
        #expect(MediaType(text[...]) == nil)
    }

    @Test(
        arguments: [
            ("1", 1000), ("1.0", 1000), ("1.000", 1000), ("0", 0), ("0.5", 500), ("0.125", 125), ("0.05", 50),
            ("1.001", nil), ("2", nil), ("0.1234", nil), ("", nil), (".5", nil), ("-1", nil), ("0.x", nil),
        ] as [(String, Int?)]
    )
    func weightsAreRead(text: String, weight: Int?) {
        #expect(Weight.read(text) == weight)
    }

    @Test(
        arguments: [
            (nil, ResponseMediaType.json), ("", .json), ("*/*", .json), ("application/json", .json),
            ("application/graphql-response+json", .graphQLResponse),
            ("application/json, application/graphql-response+json", .json),
            ("application/graphql-response+json, application/json;q=0.9", .graphQLResponse),
            ("application/json;q=0.1, */*", .graphQLResponse), ("text/html, */*;q=0.1", .json),
            ("application/*", .json), ("text/html", nil), ("application/json;q=0", nil),
            ("application/json; charset=latin1", nil), ("application/json;q=0, */*", .graphQLResponse),
        ] as [(String?, ResponseMediaType?)]
    )
    func theResponsesMediaTypeIsChosen(accept: String?, type: ResponseMediaType?) {
        #expect(ResponseMediaType.negotiate(accept: accept, among: ResponseMediaType.graphQL) == type)
    }

    @Test(
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("x-gzip", true), ("GZIP;q=0.5", true), ("gzip;q=0", false),
            ("*", true),
            ("*;q=0", false), ("identity, *", true), ("br, deflate", false), ("*, gzip;q=0", false),
            ("gzip;q=x", false),
        ] as [(String?, Bool)]
    )
    func gzipIsAcceptedWhereTheClientTakesIt(acceptEncoding: String?, accepts: Bool) {
        #expect(ContentCoding.acceptsGzip(acceptEncoding) == accepts)
    }

    @Test(
        arguments: [
            (nil, ContentCoding.identity), ("", .identity), ("Identity", .identity), ("gzip", .gzip), ("X-GZIP", .gzip),
            ("br", nil), ("gzip, gzip", nil),
        ] as [(String?, ContentCoding?)]
    )
    func theCodingOfABodyIsRead(contentEncoding: String?, coding: ContentCoding?) {
        #expect(ContentCoding(contentEncoding: contentEncoding) == coding)
    }

    @Test(
        arguments: [
            (nil, false), ("*", true), ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\"", false),
            ("a", false), ("\"a,b\"", false),
        ] as [(String?, Bool)]
    )
    func tagsAreCompared(value: String?, isListed: Bool) {
        #expect(EntityTag.list(value, contains: "\"a\"") == isListed)
    }

    @Test func tagsDifferForDifferentBytes() {
        #expect(EntityTag.digest([1]) != EntityTag.digest([2]))
        #expect(EntityTag.digest([]) != EntityTag.digest([0]))
        #expect(EntityTag.digest(Array("a".utf8)) == "af63dc4c8601ec8c-1")
    }

    @Test(
        arguments: [
            ("/a?b", "/a", "b", nil), ("/", "/", nil, nil), ("", "/", nil, nil), ("?x", "/", "x", nil),
            ("http://h:1/a?b", "/a", "b", "h:1"), ("HTTPS://h", "/", nil, "h"), ("http://h?x", "/", "x", "h"),
            ("*", "*", nil, nil), ("//a", "//a", nil, nil),
        ] as [(String, String, String?, String?)]
    )
    func targetsAreRead(text: String, path: String, query: String?, authority: String?) {
        let target = RequestTarget(text)
        #expect(String(target.path) == path)
        #expect(target.query.map(String.init) == query)
        #expect(target.authority.map(String.init) == authority)
    }
}
