import GraphQL
import JSON
import Testing

@testable import Gateway

/// Operations are named in logs by their fields.
@Suite struct OperationFingerprintTests {
    private let executable: ExecutableSchema

    init() throws {
        let schema = "type Query { text(of: String): String more: String }"
        executable = ExecutableSchema(schema: try Schema(sdl: Source(schema)), binding: PlainBinding())
    }

    private func operation(_ text: String, in store: OperationStore) throws -> PreparedOperation {
        try store.prepare(
            operationNamed: nil,
            of: store.document(text),
            variables: [:],
            executable: executable
        )
    }

    private var store: OperationStore { OperationStore(schema: executable.schema, limits: RequestLimits()) }

    @Test(arguments: ["{ text }", "query Named { text }", "{ alias: text(of: \"x\") }"])
    func aliasesLiteralsAndNamesMakeNoDifference(_ text: String) throws {
        // The first digits of the SHA-256 digest of `query{text;}`.
        #expect(try operation(text, in: store).fingerprint.digits == "40736a48b0630f13")
    }

    @Test func fieldsMakeADifference() throws {
        let digits = try ["{ text }", "{ text more }", "{ more text }"].map {
            try operation($0, in: store).fingerprint.digits
        }
        #expect(Set(digits).count == 3)
    }

    @Test func requestsOfACachedPlanShareOneName() throws {
        let store = store
        _ = try operation("{ text }", in: store)
        let first = try operation("{ text }", in: store)
        let second = try operation("{ text }", in: store)
        #expect(first.fingerprint === second.fingerprint)
    }
}
