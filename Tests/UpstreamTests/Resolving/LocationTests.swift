import JSON
import Testing
import Upstream

/// What a POST has made is found by its `Location`, in every form that RFC 9110 allows.
@Suite struct LocationTests {
    @Test(arguments: [
        "books/x", "./books/x", "/v1/books/x", "/books/x", "http://upstream.test/v1/books/x", "//other.test/v1/books/x",
        "https://other.test/api/v2/books/x", "https://other.test:8443/v1/books/x?expand=1#top", "books/x/", "books/%78",
        "../v1/books/x", "books/y/../x",
    ])
    func anAddressNamesTheObject(location: String) async throws {
        let harness = try harness(location)
        let json = try await harness.run("mutation { add(input: {}) { book { id title } key } }")
        #expect(json == ["data": ["add": ["book": ["id": "x", "title": "h"], "key": "x"]]])
        #expect(harness.transport.paths == ["/books", "/books/x"])
    }

    @Test(arguments: ["", "books", "/v1/books", "?x", "/v1/books/", "/v1/books/x/parts", "/elsewhere/x", "books/%FF"])
    func anAddressOfSomethingElseNamesNoObject(location: String) async throws {
        let json = try await harness(location).run("mutation { add(input: {}) { key } }")
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_INVALID_RESPONSE")
        #expect(json["data"] == ["add": ["key": .null]])
    }

    private func harness(_ location: String) throws -> UpstreamHarness {
        try UpstreamHarness(
            WriteTests.sdl,
            transport: ScriptedTransport(requests: { request in
                request.method == "GET"
                    ? .json(#"{"id":"x","headline":"h"}"#) : .status(201, "", headers: [("Location", location)])
            })
        )
    }
}
