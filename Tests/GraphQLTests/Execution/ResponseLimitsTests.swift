import GraphQL
import JSON
import Synchronization
import Testing

/// Responses that are too large, or no longer wanted, while they are written.
@Suite struct ResponseLimitsTests {
    private static let schema = """
        type Query { items: [Item] numbers: [Int] maybe: Item }
        type Item { id: ID text: String peer: Item issues: [Item] owner: Item strict: String! }
        """

    private func write(_ query: String, on data: String, limits: ResponseLimits) throws -> String {
        let operation = try ExecutedOperation(query, schema: Self.schema)
        let root = try SourceDocument(text: data)
        let execution = Execution(plan: operation.plan, variables: operation.variables, root: root)
        var output = OutputBuffer()
        output.append("before")
        do {
            try execution.write(into: &output, limits: limits)
        } catch {
            #expect(String(decoding: output.array(), as: UTF8.self) == "before")
            throw error
        }
        return String(decoding: output.array(), as: UTF8.self)
    }

    private static func list(_ count: Int, _ item: String) -> String {
        "[\(Array(repeating: item, count: count).joined(separator: ","))]"
    }

    @Test func aResponseMayBeAsLargeAsTheLimit() throws {
        let data = #"{"items":\#(Self.list(10, #"{"text":"abc"}"#))}"#
        let response = #"before{"data":\#(data)}"#
        let limit = data.utf8.count + "before{".utf8.count + #""data":"#.utf8.count
        #expect(try write("{ items { text } }", on: data, limits: ResponseLimits(maximumBytes: limit)) == response)
        #expect(throws: ResponseFailure.tooLarge) {
            try write("{ items { text } }", on: data, limits: ResponseLimits(maximumBytes: limit - 2))
        }
    }

    static let largeCases: [(query: String, data: String)] = [
        // Leaves that are copied.
        (
            "{ items { \((0..<900).map { "a\($0):text" }.joined(separator: " ")) } }",
            #"{"items":\#(list(1000, #"{"text":"\#(String(repeating: "x", count: 60))"}"#))}"#
        ),
        // Leaves that are completed one by one.
        (
            "{ items { \((0..<900).map { "a\($0):id" }.joined(separator: " ")) } }",
            #"{"items":\#(list(1000, #"{"id":1e3}"#))}"#
        ),
        (
            "{ items { id peer { id peer { id } } } }",
            #"{"items":\#(list(20_000, #"{"id":1,"peer":{"id":2,"peer":{"id":3}}}"#))}"#
        ),
        ("{ numbers }", #"{"numbers":\#(list(200_000, "1000"))}"#),
        ("{ items { __typename } }", #"{"items":\#(list(20_000, "{}"))}"#),
        // Lists of nulls, and nulls that reach a nullable ancestor.
        ("{ items { id } }", #"{"items":\#(list(50_000, "null"))}"#),
        ("{ items { strict } }", #"{"items":\#(list(50_000, "{}"))}"#),
    ]

    @Test(arguments: largeCases)
    func aLargerResponseIsAbortedNearTheLimit(query: String, data: String) throws {
        let operation = try ExecutedOperation(query, schema: Self.schema)
        let root = try SourceDocument(text: data)
        let execution = Execution(plan: operation.plan, variables: operation.variables, root: root)
        var output = OutputBuffer(expectedMaximum: 100_000)
        #expect(throws: ResponseFailure.tooLarge) {
            try execution.write(into: &output, limits: ResponseLimits(maximumBytes: 100_000))
        }
        #expect(output.allocatedBytes < 125_000)
    }

    @Test func anExpiredResponseIsAbortedBetweenTwoValues() throws {
        let questions = Mutex(0)
        let limits = ResponseLimits(isCancelled: {
            questions.withLock { count in
                count += 1
                return count == 3
            }
        })
        let data = #"{"maybe":{"issues":\#(Self.list(100_000, #"{"peer":{"id":1}}"#))}}"#
        #expect(throws: ResponseFailure.cancelled) {
            try write("{ maybe { issues { peer { id } } } }", on: data, limits: limits)
        }
        #expect(questions.withLock { $0 } == 3)
    }

    /// Its fields may have used up the time: what is there is shown.
    @Test func aShortResponseIsWrittenHoweverLateItIs() throws {
        let limits = ResponseLimits(isCancelled: { true })
        let response = try write("{ items { id } }", on: #"{"items":[{"id":1}]}"#, limits: limits)
        #expect(response == #"before{"data":{"items":[{"id":"1"}]}}"#)
    }

    @Test func errorsBeyondTheMaximumAreCountedOnly() throws {
        let response = try write(
            "{ items { strict } }",
            on: #"{"items":\#(Self.list(100, "{}"))}"#,
            limits: ResponseLimits(maximumErrors: 1)
        )
        #expect(
            response
                == #"before{"data":{"items":\#(Self.list(100, "null"))},"errors":["#
                + #"{"message":"Cannot return null for non-nullable field Item.strict.","locations":[{"line":1,"column":11}],"path":["items",0,"strict"]},"#
                + #"{"message":"99 more errors were left out."}]}"#
        )
    }

    // MARK: - Rows

    /// One item that all others refer to, and its list.
    private struct SharingResolver: FieldResolver {
        let log: RequestLog

        final class RequestLog: Sendable {
            let parents = Mutex([Int]())
        }

        let items = JSONDocument(.array((0..<100).map { ["id": .integer($0)] }))
        let owner = JSONDocument(["id": "owner"])

        func resolve(_ request: FieldRequest) async -> Resolution {
            log.parents.withLock { $0.append(request.parents.count) }
            var resolution = Resolution()
            resolution.documents = [SourceDocument(request.binding.index == 0 ? owner : items)]
            resolution.values = Array(repeating: .found(document: 0, node: 0), count: request.parents.count)
            return resolution
        }
    }

    private static let binding = MemoryBinding(bound: ["Item.owner", "Item.issues", "Query.items"])

    private func execution(_ query: String, maximumRows: Int = .max) async throws -> (Execution, parents: [Int]) {
        let operation = try ExecutedOperation(query, schema: Self.schema, binding: Self.binding)
        let log = SharingResolver.RequestLog()
        var execution = Execution(
            plan: operation.plan,
            variables: operation.variables,
            maximumRows: maximumRows
        )
        await execution.run(with: SharingResolver(log: log))
        return (execution, log.parents.withLock { $0 })
    }

    @Test func parentsWithOneValueAreAskedForItsFieldsOnce() async throws {
        let (execution, parents) = try await execution(
            "{ items { owner { issues { owner { issues { owner { issues { id } } } } } } } }"
        )
        #expect(parents == [1, 100, 1, 100, 1, 100, 1])
        var output = OutputBuffer()
        // A hundred millions of rows, were they written.
        #expect(throws: ResponseFailure.tooLarge) {
            try execution.write(into: &output, limits: ResponseLimits(maximumBytes: 1 << 20))
        }
    }

    @Test func sharedRowsAreWrittenForEachParent() async throws {
        let (execution, _) = try await execution("{ items { id owner { id issues { owner { id } } } } }")
        let owner = #"{"id":"owner","issues":\#(Self.list(100, #"{"owner":{"id":"owner"}}"#))}"#
        let items = (0..<100).map { #"{"id":"\#($0)","owner":\#(owner)}"# }.joined(separator: ",")
        #expect(execution.response == #"{"data":{"items":[\#(items)]}}"#)
    }

    /// Also where nothing is fetched below them.
    @Test func aResponseShowsNoMoreRowsThanItMay() async throws {
        var output = OutputBuffer()
        let (sufficient, _) = try await execution("{ items { id } }", maximumRows: 100)
        try sufficient.write(into: &output, limits: .none)
        let (tooMany, _) = try await execution("{ items { id } }", maximumRows: 99)
        #expect(throws: ResponseFailure.tooLarge) { try tooMany.write(into: &output, limits: .none) }
    }

    @Test func anExecutionHoldsNoMoreRowsThanItMay() async throws {
        let query = "{ items { owner { issues { owner { id } } } } }"
        let (sufficient, parents) = try await execution(query, maximumRows: 201)
        #expect(parents == [1, 100, 1, 100])
        #expect(sufficient.response.hasPrefix(#"{"data":{"items":["#))
        let (stopped, fewerParents) = try await execution(query, maximumRows: 200)
        #expect(fewerParents == [1, 100, 1])
        var output = OutputBuffer()
        #expect(throws: ResponseFailure.tooLarge) { try stopped.write(into: &output, limits: .none) }
    }
}
