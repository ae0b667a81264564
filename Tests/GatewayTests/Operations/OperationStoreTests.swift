import Gateway
import GraphQL
import JSON
import Testing

/// Documents and plans are cached within the bytes that they may take up.
@Suite struct OperationStoreTests {
    private let executable: ExecutableSchema

    init() throws {
        let schema = """
            type Query { n: N text(of: String): String }
            interface N { n: N id: ID }
            type A implements N { n: N id: ID }
            type B implements N { n: N id: ID }
            """
        executable = ExecutableSchema(schema: try Schema(sdl: Source(schema)), binding: PlainBinding())
    }

    private func store(bytes: Int) -> OperationStore {
        var limits = RequestLimits()
        limits.operationStoreBytes = bytes
        return OperationStore(schema: executable.schema, limits: limits)
    }

    private func plan(_ text: String, in store: OperationStore, variables: JSONObject = [:]) throws -> Plan {
        let document = try store.document(text)
        return try store.prepare(
            operationNamed: nil,
            of: document,
            variables: variables,
            executable: executable
        ).plan
    }

    /// Requests an operation as often as it takes for it to be cached.
    private func addPlan(_ text: String, in store: OperationStore) throws -> Plan {
        _ = try plan(text, in: store)
        return try plan(text, in: store)
    }

    @Test func aDocumentRequestedAgainIsCachedWithItsPlans() throws {
        let store = store(bytes: 1 << 20)
        let text = "query($on: Boolean!) { n { id @include(if: $on) } }"
        let first = try store.document(text)
        #expect(store.cost == 0)
        let document = try store.document(text)
        #expect(document !== first)
        #expect(try store.document(text) === document)
        let before = store.cost
        let plan = try plan(text, in: store, variables: ["on": true])
        #expect(try self.plan(text, in: store, variables: ["on": true]) === plan)
        #expect(store.cost > before)
        let one = store.cost
        #expect(try self.plan(text, in: store, variables: ["on": false]) !== plan)
        #expect(store.cost > one)
        #expect(try store.document(text) === document)
    }

    /// A short text whose plan has two fields for each field of the next level.
    private func growing(levels: Int, alias: Int) -> String {
        var selection = "id"
        for _ in 0..<levels { selection = "n { ... on A { k: id } \(selection) }" }
        return "{ x\(alias): __typename \(selection) }"
    }

    @Test func aPlanCountsForWhatItTakesUpHoweverShortTheTextIs() throws {
        let store = store(bytes: 4 << 20)
        let plan = try addPlan(growing(levels: 9, alias: 0), in: store)
        #expect(plan.fields.count > 500)
        #expect(store.cost > plan.fields.count * 500)
        for alias in 1..<40 {
            _ = try addPlan(growing(levels: 9, alias: alias), in: store)
            #expect(store.cost <= 4 << 20)
        }
    }

    @Test func aDocumentLargerThanTheStoreIsExecuted() throws {
        let store = store(bytes: 10_000)
        #expect(try addPlan(growing(levels: 9, alias: 0), in: store).fields.count > 500)
        #expect(store.cost == 0)
        #expect(try addPlan("{ n { id } }", in: store).fields.count == 2)
        #expect(store.cost > 0)
    }

    @Test func textsThatOnlyLookTheSameAreNotTheSameDocument() throws {
        let store = store(bytes: 1 << 20)
        let texts = ["{ text(of: \"\u{E9}\") }", "{ text(of: \"e\u{301}\") }"]
        for text in texts { _ = try store.document(text) }
        let (composed, decomposed) = (try store.document(texts[0]), try store.document(texts[1]))
        #expect(try store.document(texts[0]) === composed)
        #expect(composed !== decomposed)
        #expect(decomposed.document.source.text.count == composed.document.source.text.count + 1)
    }

    @Test(arguments: [(1, 1), (3, 3), (100, 100), (5000, 100)])
    func errorsOfDocumentsAreListedUpToTheLimit(maximum: Int, listed: Int) throws {
        var limits = RequestLimits()
        limits.maximumErrors = maximum
        let unknown = "{ \((0..<200).map { "unknown\($0)" }.joined(separator: " ")) }"
        let store = OperationStore(schema: executable.schema, limits: limits)
        guard case .invalid(let errors)? = refusal(of: unknown, by: store) else {
            Issue.record("The document is valid.")
            return
        }
        #expect(errors.count == listed + 1)
        #expect(errors.last?.message == "Too many validation errors, error limit reached. Validation aborted.")

        limits.document.maximumDepth = 1
        let deep = (0..<200).map { "query Q\($0) { n { n { id } } }" }.joined(separator: " ")
        let limited = OperationStore(schema: executable.schema, limits: limits)
        guard case .invalid(let excesses)? = refusal(of: deep, by: limited) else {
            Issue.record("The document is within the limits.")
            return
        }
        #expect(excesses.count == listed)

        var policy = DocumentPolicy()
        policy.allowsIntrospection = false
        let closed = OperationStore(schema: executable.schema, limits: limits, policy: policy)
        let introspection = "{ \((0..<200).map { "s\($0): __schema { description }" }.joined(separator: " ")) }"
        guard case .introspection(let fields)? = refusal(of: introspection, by: closed) else {
            Issue.record("Introspection is allowed.")
            return
        }
        #expect(fields.count == listed)
    }

    @Test(arguments: [(1, 1), (3, 3), (50, 50), (5000, 50)])
    func errorsOfVariablesAreListedUpToTheLimit(maximum: Int, listed: Int) throws {
        var limits = RequestLimits()
        limits.maximumErrors = maximum
        let store = OperationStore(schema: executable.schema, limits: limits)
        let names = (0..<100).map { "v\($0)" }
        let declared = names.map { "$\($0): String!" }.joined(separator: " ")
        let fields = names.map { "\($0): text(of: $\($0))" }.joined(separator: " ")
        do throws(OperationStore.Refusal) {
            _ = try store.prepare(
                operationNamed: nil,
                of: try store.document("query(\(declared)) { \(fields) }"),
                variables: [:],
                executable: executable
            )
            Issue.record("The variables are accepted.")
        } catch {
            guard case .operation(let errors) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(errors.count == listed + 1)
            #expect(
                errors.last?.message
                    == "Too many errors processing variables, error limit reached. Execution aborted."
            )
        }
    }

    private func refusal(of text: String, by store: OperationStore) -> OperationStore.Refusal? {
        do {
            _ = try store.document(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["{ nothing }", "{ n { ", "{ n { n { n { id } } } } { n { id } }"])
    func aRefusedTextIsRefusedAgainWithoutItsValidation(text: String) throws {
        let store = store(bytes: 1 << 20)
        let first = try #require(refusal(of: text, by: store))
        #expect(store.preparations == 1)
        let second = try #require(refusal(of: text, by: store))
        #expect("\(first)" == "\(second)")
        #expect(store.preparations == 1)
    }

    @Test func refusedTextsTakeUpNoMoreThanTheirShare() throws {
        let store = store(bytes: 80_000)
        for number in 0..<1000 { _ = refusal(of: "{ nothing\(number) }", by: store) }
        #expect(store.preparations == 1000)
        // The last ones are cached, the first ones are not.
        _ = refusal(of: "{ nothing0 }", by: store)
        #expect(store.preparations == 1001)
        _ = refusal(of: "{ nothing0 }", by: store)
        #expect(store.preparations == 1001)
        // One that is larger than the share of refusals is validated each time.
        let large = "{ nothing } #\(String(repeating: "x", count: 20_000))"
        _ = refusal(of: large, by: store)
        _ = refusal(of: large, by: store)
        #expect(store.preparations == 1003)
    }
}
