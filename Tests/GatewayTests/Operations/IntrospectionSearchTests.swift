import GraphQL
import Testing

@testable import Gateway

@Suite struct IntrospectionSearchTests {
    private static func fields(_ text: String) throws -> [String] {
        IntrospectionSearch.errors(in: try Document(parsing: Source(text))).map(\.message)
    }

    private static func message(_ field: String) -> String {
        "Introspection is turned off here, but the document contains the field \"\(field)\"."
    }

    @Test(arguments: [
        ("{ a { __typename } }", []),
        ("{ __schema { types { name } } }", ["__schema"]),
        ("{ ... { x: __type(name: \"A\") { name } } }", ["__type"]),
        ("{ ...F } fragment F on Query { a { __type(name: \"A\") { name } } __schema { x } }", ["__type", "__schema"]),
    ])
    func fieldsThatAskForTheSchemaAreFound(text: String, fields: [String]) throws {
        #expect(try Self.fields(text) == fields.map(Self.message))
    }

    @Test func atMostAHundredFieldsAreReported() throws {
        let text = "{ \((0..<150).map { "a\($0): __schema { x }" }.joined(separator: " ")) }"
        #expect(try Self.fields(text).count == 100)
    }
}
