import JSON
import Testing
import Upstream

/// Nothing that is read after a write's response is older than the write, whoever reads, and however calls interleave.
@Suite struct ReadYourWritesTests {
    private static let means: [(caches: Bool, shares: Bool, plans: Bool)] = [
        (true, true, true), (false, true, true), (true, false, true), (true, true, false), (false, false, false),
    ]

    @Test(arguments: means, [1, 2, 3] as [UInt64])
    func noReadIsOlderThanAWriteBeforeIt(means: (caches: Bool, shares: Bool, plans: Bool), seed: UInt64) async throws {
        let library = Library(books: 6, seed: seed)
        var options = CallOptimizations()
        (options.caching, options.deduplication, options.batching) = means
        let transport = ScriptedTransport(requests: { await library.response($0) })
        let harness = try UpstreamHarness(Library.sdl, transport: transport, options: options)
        let wrong = try await withThrowingTaskGroup(of: [String].self) { group in
            for client in 0..<8 {
                group.addTask {
                    var wrong: [String] = []
                    for step in 0..<40 {
                        wrong += try await act(harness, library, client: client, mark: "m\(client)x\(step)")
                    }
                    return wrong
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(wrong == [])
        #expect(transport.log.contains { $0.hasPrefix("PATCH") })
    }

    /// Does one thing of many as one of three credentials; what was seen that may not be.
    private func act(
        _ harness: UpstreamHarness,
        _ library: Library,
        client: Int,
        mark: String
    ) async throws -> [String] {
        // Half of all that is done is done to one book, so that writes of it overlap.
        let id = library.random(below: 2) == 0 ? "1" : "\(library.random(below: 6) + 1)"
        let key = "Bearer \(client % 3)"
        let floor = library.floor
        let text =
            switch library.random(below: 9) {
            case 0: #"mutation { add(input: { mark: "\#(mark)" }) { id version } }"#
            case 1, 2, 3: #"mutation { change(id: "\#(id)", input: { mark: "\#(mark)" }) { id version } }"#
            case 4 where Int(id) ?? 0 > 3: #"mutation { remove(id: "\#(id)", mark: "\#(mark)") { id } }"#
            case 5: "{ books { id version } }"
            case 6: "{ loans { book { id version } } }"
            default: #"{ book(id: "\#(id)") { id version } }"#
            }
        let json = try await harness.run(text, authorization: key, timeLeft: .seconds(60))
        // A write of which nobody knows the outcome may be carried out later than anything that is read.
        if text.hasPrefix("mutation") {
            let isUnknown = json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_OUTCOME_UNKNOWN"
            if !isUnknown { library.didRespond(mark: mark) }
        }
        guard json["errors"] == nil else { return [] }
        return seen(json["data"], text, id).filter { !library.allows($0.version, of: $0.id, floor) }.map {
            "\(text): book \($0.id) as \($0.version ?? 0), not \(floor[$0.id] ?? 0)"
        }
    }

    /// The books that a response shows, and those that it should show and does not.
    private func seen(_ data: JSONValue?, _ text: String, _ id: String) -> [(id: String, version: Int?)] {
        var shown: [(id: String, version: Int?)] = []
        let books: [JSONValue]
        if let list = data?["books"]?.arrayValue {
            books = list
            let ids = Set(list.compactMap { $0["id"]?.stringValue })
            shown += (1...6).map { "\($0)" }.filter { !ids.contains($0) }.map { ($0, nil) }
        } else if let loans = data?["loans"]?.arrayValue {
            books = loans.compactMap { $0["book"] }
        } else {
            books = data?.objectValue?.values ?? []
            if text.hasPrefix("{ book("), data?["book"]?.isNull == true { shown.append((id, nil)) }
        }
        for book in books {
            if let id = book["id"]?.stringValue, let version = book["version"]?.intValue { shown.append((id, version)) }
        }
        return shown
    }
}
