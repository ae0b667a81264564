import GraphQL
import JSON
import Testing

@Suite struct ErrorReferenceTests {
    private let reference = ErrorReference(code: .internal, member: "requestId", label: "request id", value: "r1")

    private func error(_ code: String?) -> GraphQLError {
        GraphQLError("Internal error.", extensions: code.map { ["code": .string($0)] } ?? JSONObject())
    }

    @Test func anErrorOfTheCodeStatesIt() {
        let complete = reference.added(to: error("INTERNAL"))
        #expect(complete.message == "Internal error; request id r1.")
        #expect(complete.extensions == ["code": "INTERNAL", "requestId": "r1"])
    }

    @Test(arguments: ["BAD_USER_INPUT", nil])
    func errorsOfOtherCodesStateNoRequestID(code: String?) {
        let complete = reference.added(to: error(code))
        #expect(complete.message == "Internal error.")
        #expect(complete.extensions["requestId"] == nil)
    }

    @Test func codesAreListedOnce() {
        #expect([error("A"), error("B"), error(nil), error("A")].codes == ["A", "B"])
        #expect([GraphQLError]().codes == [])
    }
}
