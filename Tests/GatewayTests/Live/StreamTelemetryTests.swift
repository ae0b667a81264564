import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Synchronization
import Testing
import Upstream

@testable import Gateway

/// What observers and limits learn of subscriptions, and what their results are by JSON-RPC.
@Suite(.timeLimit(.minutes(5))) struct StreamTelemetryTests {
    private static let sdl = """
        directive @live(if: Boolean! = true) on QUERY
        schema @upstream @webhook(header: "X-Sign", prefix: "sha256=", time: "at") @cacheControl(maxAge: 60) { query: Query subscription: Subscription }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") @rpc(method: "books.get") }
        type Subscription {
          bookChanged(ids: [ID!]): BookChange @changes(of: "Book")
            @rpc(method: "books.subscribe", unsubscribe: "books.unsubscribe", notification: "books.changed")
        }
        type BookChange { kind: String! id: ID! book: Book @reference(key: "id") }
        type Book @entity(get: "/books/{id}") @changedBy(events: ["book.edited"], key: "book") {
          id: ID! title: String
          author: Author @reference(key: "author_id")
          editor: Author @reference(key: "editor_id")
        }
        type Author @entity(get: "/authors/{id}") { id: ID! name: String }
        """

    private final class Recorder: GatewayObserver {
        private let state = Mutex<(records: [RequestRecord], streamed: [StreamedResultRecord])>(([], []))

        var records: [RequestRecord] { state.withLock(\.records) }
        var streamed: [StreamedResultRecord] { state.withLock(\.streamed) }

        func requestCompleted(_ record: RequestRecord) { state.withLock { $0.records.append(record) } }
        func resultStreamed(_ record: StreamedResultRecord) { state.withLock { $0.streamed.append(record) } }
    }

    /// A service with an observer, and a book whose title counts the requests for it; authors cannot be read.
    private struct Setup {
        let recorder = Recorder()
        let service: GatewayService
        let caller = Caller(credential: Credential(key: "k"))

        init(callsPerMinute: Int? = nil) throws {
            let count = Mutex(0)
            let upstream = HeldTransport { path in
                guard path.hasPrefix("/books/") else { return (403, #"{"error":"forbidden"}"#) }
                let title = count.withLock { count in
                    count += 1
                    return count
                }
                return (200, #"{"id":"b","title":"\#(title)","author_id":"1","editor_id":"2"}"#)
            }
            upstream.open()
            var configuration = try ServiceConfiguration.oneWorkspace(StreamTelemetryTests.sdl, before: upstream)
            configuration.observer = recorder
            configuration.limits.client.callsPerMinute = callsPerMinute
            service = GatewayService(configuration)
        }

        /// Reports a change of the book, as often as it is called.
        func change() throws {
            let options = WebhookOptions(slug: "main", secrets: [Array("s".utf8)])
            let receiver = try #require(WebhookReceiver(service: service, options: options))
            let body = Array(#"{"type":"book.edited","book":"b"}"#.utf8)
            let digits = (HMACSHA256(key: Array("s".utf8))?.code(of: body) ?? []).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }.joined()
            let outcome = receiver.receive(body) { $0 == "X-Sign" ? "sha256=\(digits)" : nil }
            #expect(outcome == .accepted(.changed(1)))
        }

        /// Follows changes, lets something happen, and takes so many results.
        func follow(_ query: String, results: Int, _ body: () async throws -> Void) async throws -> [JSONValue] {
            guard case .stream(let stream) = service.prepare(GraphQLRequest(query: query), for: caller).subscribe()
            else { throw CancellationError() }
            let received = Mutex<[JSONValue]>([])
            let (taken, take) = AsyncStream<Void>.makeStream()
            let task = Task {
                await stream.run { item in
                    guard case .result(let response) = item else { return }
                    let value = try JSONValue(parsing: response.body)
                    received.withLock { $0.append(value) }
                    take.yield()
                }
            }
            try await body()
            var count = 0
            for await _ in taken {
                count += 1
                guard count < results else { break }
                try change()
            }
            task.cancel()
            _ = await task.value
            return received.withLock { $0 }
        }
    }

    private static let subscription = "subscription Books { bookChanged { kind book { title } } }"

    private static func event(_ title: String) -> JSONValue {
        ["data": ["bookChanged": ["kind": "updated", "book": ["title": .string(title)]]]]
    }

    @Test func aSubscriptionIsRecordedWithItsResultsAtItsEnd() async throws {
        let setup = try Setup()
        let results = try await setup.follow(Self.subscription, results: 2) {
            #expect(setup.recorder.records.isEmpty)
            try setup.change()
        }
        #expect(results == [Self.event("1"), Self.event("2")])
        let records = setup.recorder.records
        #expect(records.count == 1)
        let outcome = try #require(records.first?.outcome)
        #expect(outcome.streamedResults == 2)
        #expect(outcome.kind == "subscription" && outcome.name == "Books")
        #expect(outcome.calls.made == 2)
        #expect(outcome.errorCodes.isEmpty)
        let bytes = results.map { $0.serialized().count }
        #expect(records.first?.responseBytes == bytes.reduce(0, +))
        let streamed = bytes.map { StreamedResultRecord(interface: .graphQL, kind: "subscription", bytes: $0) }
        #expect(setup.recorder.streamed == streamed)
    }

    @Test func aLiveQueryIsRecordedWithItsResultsAtItsEnd() async throws {
        let setup = try Setup()
        let query = "query @live { book(id: \"b\") { title } }"
        let results = try await setup.follow(query, results: 2) {}
        #expect(results.count == 2)
        let ends = setup.recorder.records.compactMap { $0.outcome.streamedResults }
        #expect(ends == [2])
        // Each execution is an operation of its own, whose calls are counted there.
        let executions = setup.recorder.records.filter { $0.outcome.streamedResults == nil }
        let made = executions.map { $0.outcome.calls.made }
        #expect(made == [1, 1])
        let areMessages = executions.allSatisfy { $0.isMessage }
        #expect(areMessages)
    }

    @Test func callsOfEventsCountAgainstTheClientsMinute() async throws {
        let setup = try Setup(callsPerMinute: 2)
        let query = GraphQLRequest(query: "{ book(id: \"other\") { title } }")
        _ = try await setup.follow(Self.subscription, results: 2) { try setup.change() }
        let response = await setup.service.respond(to: query, caller: setup.caller)
        let refused = try JSONValue(parsing: response.body)
        #expect(refused["errors"]?[0]?["extensions"]?["code"] == "RATE_LIMITED", "\(refused)")
    }

    @Test func eventsByJSONRPCAreWhatCallsOfMethodsGive() async throws {
        let setup = try Setup()
        let rpc = RPCService(service: setup.service)
        let select = "author { name } editor { name }"
        let call = #"{"jsonrpc":"2.0","method":"books.get","params":{"id":"b","select":"\#(select)"},"id":1}"#
        let response = await rpc.respond(to: Array(call.utf8), caller: setup.caller).value()
        let expected = try #require(try JSONValue(parsing: response.body ?? [])["error"])
        #expect(expected["data"]?["errors"]?[1]?["path"] == ["editor"])

        let begin =
            #"{"jsonrpc":"2.0","method":"books.subscribe","params":{"select":"book { \#(select) }"},"id":2}"#
        guard case .begin(_, let subscription)? = rpc.subscriptionCall(in: Array(begin.utf8), caller: setup.caller)
        else {
            Issue.record("It does not begin.")
            return
        }
        let (ready, notify) = AsyncStream<Void>.makeStream()
        subscription.whenReady { notify.yield() }
        try setup.change()
        var iterator = ready.makeAsyncIterator()
        await iterator.next()
        guard case .notification(let text)? = subscription.next(named: "s") else {
            Issue.record("No notification waits.")
            return
        }
        subscription.cancel()
        let error = try #require(try JSONValue(parsing: text)["params"]?["error"])
        #expect(error["code"] == expected["code"] && error["message"] == expected["message"])
        #expect(error["data"]?["path"] == ["book", "author"])
        #expect(error["data"]?["errors"]?[1]?["path"] == ["book", "editor"])
        #expect(error["data"]?["errors"]?[1]?["extensions"] == expected["data"]?["errors"]?[1]?["extensions"])
    }

    // MARK: - What does not begin

    private func begin(_ params: String, _ setup: Setup) -> SubscriptionCall? {
        let message = #"{"jsonrpc":"2.0","method":"books.subscribe","params":\#(params),"id":1}"#
        return RPCService(service: setup.service).subscriptionCall(in: Array(message.utf8), caller: setup.caller)
    }

    @Test(arguments: [
        (#"{"nothing":1}"#, "BAD_USER_INPUT"), (#"{"select":"nothing"}"#, "GRAPHQL_VALIDATION_FAILED"),
        (#"{"ids":{}}"#, "BAD_USER_INPUT"),
    ])
    func aSubscriptionByJSONRPCThatIsWrongIsRecorded(params: String, code: String) throws {
        let setup = try Setup()
        guard case .reply(let response)? = begin(params, setup) else {
            Issue.record("It begins.")
            return
        }
        let error = try JSONValue(parsing: response.body ?? [])["error"]
        #expect(error?["data"]?["code"] == .string(code))
        let outcomes = setup.recorder.records.map(\.outcome)
        #expect(outcomes.map(\.name) == ["books.subscribe"])
        #expect(outcomes.map(\.errorCodes) == [[code]])
    }

    @Test(arguments: [(#"["1"]"#, []), ("[]", ["BAD_USER_INPUT"])] as [(String, [String])])
    func aCallThatEndsASubscriptionIsRecorded(params: String, codes: [String]) throws {
        let setup = try Setup()
        let message = #"{"jsonrpc":"2.0","method":"books.unsubscribe","params":\#(params),"id":1}"#
        let call = RPCService(service: setup.service).subscriptionCall(in: Array(message.utf8), caller: setup.caller)
        if case .end(_, let name, _)? = call { #expect(name == "1" && codes.isEmpty) }
        let records = setup.recorder.records
        #expect(records.map(\.outcome.name) == ["books.unsubscribe"])
        #expect(records.map(\.outcome.errorCodes) == [codes])
        #expect(records.map(\.interface) == [.rpc])
    }

    @Test func aSubscriptionThatItsConnectionHasNoRoomForIsRecorded() throws {
        let setup = try Setup()
        guard case .begin(_, let subscription)? = begin("{}", setup) else {
            Issue.record("It does not begin.")
            return
        }
        subscription.refuse()
        let outcomes = setup.recorder.records.map(\.outcome)
        #expect(outcomes.map(\.name) == ["books.subscribe"])
        #expect(outcomes.map(\.errorCodes) == [["OVERLOADED"]])
        #expect(outcomes.map(\.streamedResults) == [0])
    }

    @Test func anOperationThatIsRefusedForLoadIsRecordedWithItsName() throws {
        let setup = try Setup()
        let request = GraphQLRequest(query: "query Named { book(id: \"b\") { title } }")
        let response = setup.service.prepare(request, for: setup.caller).refusedForLoad
        #expect(try JSONValue(parsing: response.body)["errors"]?[0]?["extensions"]?["code"] == "OVERLOADED")
        let outcomes = setup.recorder.records.map(\.outcome)
        #expect(outcomes.map(\.name) == ["Named"] && outcomes.map(\.kind) == ["query"])
        #expect(outcomes.map(\.errorCodes) == [["OVERLOADED"]])
    }
}
