import JSON
import Testing
import Upstream

/// Pages that the upstream refuses, or that cannot be read.
extension UnusualListTests {
    /// All rows that are counted are there; the page that could only have proved that is refused.
    @Test(arguments: [
        ScriptedTransport.Outcome.status(400, ""), .status(422, ""), .status(403, ""), .broken(.truncated),
    ])
    func refusedPageAfterAllCountedRowsIsNoError(refusal: ScriptedTransport.Outcome) async throws {
        let query = "{ rows(first: 500) { nodes { id } totalCount pageInfo { hasNextPage } } }"
        let result = try await run(query) { page in
            page > 2 ? refusal : Self.page(page, of: 200, #","count":200"#)
        }
        #expect(ids(result.data?["nodes"]) == (0..<200).map { "r\($0)" })
        #expect(result.data?["totalCount"] == 200)
        #expect(result.data?["pageInfo"] == ["hasNextPage": false])
        #expect(result.errors == nil)
    }

    /// Where nothing is counted, a page past the end may be refused because of its number.
    @Test(arguments: [400, 416, 422], ["first: 500", "last: 150"])
    func aPageThatIsRefusedIsPastTheEndWhereNothingIsCounted(status: Int, window: String) async throws {
        let query = "{ rows(\(window)) { nodes { id } totalCount pageInfo { hasNextPage } } }"
        let result = try await run(query) { page in
            page > 2 ? .status(status, #"{"message":"page out of range"}"#) : Self.page(page, of: 200)
        }
        let ids = ids(result.data?["nodes"])
        #expect(ids == (200 - ids.count..<200).map { "r\($0)" })
        #expect(ids.count >= 150)
        #expect(result.data?["totalCount"] == 200)
        #expect(result.data?["pageInfo"] == ["hasNextPage": false])
        #expect(result.errors == nil)
    }

    /// That the list ended there before makes its end no less certain.
    @Test(arguments: [100, 200, 250])
    func aWalkBackwardsEndsWhereAPageIsRefusedThatWasRefusedBefore(count: Int) async throws {
        let transport = ScriptedTransport { path in
            let page = path.split(separator: "page=").dropFirst().first?.prefix { $0 != "&" }.split(separator: "&")
                .first
            guard let number = page.flatMap({ Int($0) }), (number - 1) * 100 < count else {
                return .status(400, #"{"message":"page out of range"}"#)
            }
            return Self.page(number, of: count)
        }
        let sdl = Self.sdl.replacing("{ query: Query }", with: "@cacheControl(maxAge: 60) { query: Query }")
        let harness = try UpstreamHarness(
            sdl.replacing("endCursor: String", with: "endCursor: String startCursor: String"),
            transport: transport
        )
        var cursor: String?
        for window in 0..<4 {
            let before = cursor.map { #", before: "\#($0)""# } ?? ""
            let result = try await harness.run("{ rows(last: 1\(before)) { nodes { id } pageInfo { startCursor } } }")
            #expect(result["errors"] == nil)
            #expect(ids(result["data"]?["rows"]?["nodes"]) == ["r\(count - 1 - window)"])
            cursor = result["data"]?["rows"]?["pageInfo"]?["startCursor"]?.stringValue
        }
    }

    @Test func aListThatIsRefusedFails() async throws {
        let result = try await run("{ rows(last: 5) { nodes { id } } }") { _ in .status(400, #"{"message":"no"}"#) }
        #expect(result.data == .null)
        #expect(result.errors?.arrayValue?.compactMap { $0["message"]?.stringValue } == ["no"])
    }

    /// Where a later page is asked for first, only another one shows whether its number is refused, or the list.
    @Test func aListThatIsRefusedFailsWhereALaterPageIsAskedFor() async throws {
        let result = try await run("{ rows(page: 2, perPage: 100) { nodes { id } } }") { _ in
            .status(400, #"{"message":"no"}"#)
        }
        #expect(result.data == .null)
        #expect(result.errors?.arrayValue?.compactMap { $0["message"]?.stringValue } == ["no"])
    }

    @Test func aPageThatIsRefusedIsPastTheEndWhereItAloneIsAskedFor() async throws {
        let result = try await run("{ rows(page: 3, perPage: 100) { nodes { id } } }") { page in
            page > 2 ? .status(400, #"{"message":"page out of range"}"#) : Self.page(page, of: 200)
        }
        #expect(result.data == ["nodes": []])
        #expect(result.errors == nil)
    }

    @Test(arguments: ["last: 3", "last: 150"])
    func theEndOfAListIsFoundWithoutThePageThatProvesIt(window: String) async throws {
        let query = "{ rows(\(window)) { nodes { id } pageInfo { hasNextPage } } }"
        let result = try await run(query) { page in
            page > 2 ? .status(422, "") : Self.page(page, of: 200, #","count":200"#)
        }
        let ids = ids(result.data?["nodes"])
        #expect(ids == (200 - ids.count..<200).map { "r\($0)" })
        #expect(ids.count >= 3)
        #expect(result.data?["pageInfo"] == ["hasNextPage": false])
        #expect(result.errors == nil)
    }

    /// The rows of the window are there; whether more follow, and how many there are, is not known.
    @Test func totalIsUnknownIfTheNextPageFails() async throws {
        let result = try await run("{ rows(first: 100) { nodes { id } totalCount pageInfo { hasNextPage } } }") {
            page in
            page > 1 ? .status(403, #"{"message":"no more"}"#) : Self.page(page, of: 200)
        }
        #expect(ids(result.data?["nodes"]) == (0..<100).map { "r\($0)" })
        #expect(result.data?["totalCount"] == .null)
        #expect(result.data?["pageInfo"] == ["hasNextPage": true])
        #expect(result.errors?.arrayValue?.map { $0["message"] } == ["no more", "no more"])
        #expect(result.errors?.arrayValue?.map { $0["path"] } == [["rows"], ["rows", "totalCount"]])
    }

    @Test(arguments: [400, 403]) func aPageThatIsNeededAndFailsFailsTheField(status: Int) async throws {
        let result = try await run("{ rows(first: 150) { nodes { id } } }") { page in
            page > 1 ? .status(status, #"{"message":"no more"}"#) : Self.page(page, of: 200, #","count":200"#)
        }
        #expect(result.data == .null)
        #expect(result.errors?.arrayValue?.compactMap { $0["message"]?.stringValue } == ["no more"])
    }
}
