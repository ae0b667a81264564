import TestSupport
import Testing

@testable import Upstream

/// Which header fields of a response are taken to revalidate it with.
@Suite struct ValidatorTests {
    private static let modified = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let modifiedTime = 784_111_777

    private func validators(
        _ fields: [(name: String, value: String)],
        unixTime: Int = modifiedTime
    )
        -> CachedResponse.Validators
    {
        CachedResponse.Validators(TransportHeaders(fields), unixTime: unixTime)
    }

    /// Within its second the object can change again without being noticed.
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:36 GMT", false), (modified, false), ("Sun, 06 Nov 1994 08:49:38 GMT", false),
        ("Sun, 06 Nov 1994 08:50:37 GMT", true), ("Mon, 07 Nov 1994 08:49:37 GMT", true),
    ])
    func aLastModifiedCountsOnceItIsOlderThanItsResponse(date: String, counts: Bool) {
        let taken = validators([(name: "Date", value: date), (name: "Last-Modified", value: Self.modified)])
        #expect(taken == CachedResponse.Validators(lastModified: counts ? Self.modified : nil))
        #expect(taken.isEmpty == !counts)
    }

    @Test(arguments: [(0, false), (60, true)])
    func missingDateIsReplacedByTheLocalClock(seconds: Int, counts: Bool) {
        let taken = validators([(name: "Last-Modified", value: Self.modified)], unixTime: Self.modifiedTime + seconds)
        #expect(taken == CachedResponse.Validators(lastModified: counts ? Self.modified : nil))
    }

    @Test func anEntityTagCountsAtOnce() {
        let fields = [(name: "Date", value: Self.modified), (name: "Last-Modified", value: Self.modified)]
        let taken = validators(fields + [(name: "ETag", value: #""a""#)])
        #expect(taken == CachedResponse.Validators(entityTag: #""a""#))
    }

    /// A tag that cannot be sent back as it came, or that matches whatever there is, is none.
    @Test(arguments: [
        (#""a""#, true), (#"W/"a""#, true), ("unquoted", true), ("*", false), ("", false), ("\"\u{e9}\"", false),
        ("\"a b\"", false),
    ])
    func unsendableETagIsIgnored(tag: String, isUsed: Bool) {
        #expect(validators([(name: "ETag", value: tag)]).entityTag == (isUsed ? tag : nil))
    }

    @Test func aChangeWithinTheSecondOfTheResponseIsSeen() async {
        let calls = ClockedCalls { request in
            let isConditional = request.headers.contains { $0.name.lowercased().hasPrefix("if-") }
            // An upstream that compares whole seconds.
            if isConditional { return .status(304, "") }
            let fields = [(name: "Date", value: Self.modified), (name: "Last-Modified", value: Self.modified)]
            return .status(200, "1", headers: fields)
        }
        for _ in 1...2 {
            #expect(await calls.fetch("/a", purpose: .cached(maxAge: 30)) == "1")
            calls.clock.advance(by: .seconds(31))
        }
        #expect(calls.transport.requests.map { $0.headers.map(\.name).filter { $0.hasPrefix("If-") } } == [[], []])
    }
}
