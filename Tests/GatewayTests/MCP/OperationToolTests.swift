import GraphQL
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// Documents that are tools.
@Suite struct OperationToolTests {
    static let schema = """
        type Query { book(id: ID!): Book }
        type Mutation { deleteBook(id: ID!): Book }
        type Subscription { book: Book }
        type Book { id: ID! }
        """

    private func errors(_ text: String, mayWrite: Bool = false) throws -> [String] {
        let schema = try Schema(sdl: Source(Self.schema))
        do throws(OperationTool.Invalid) {
            _ = try OperationTool(text, mayWrite: mayWrite, schema: schema)
            return []
        } catch {
            return error.errors.map(\.message)
        }
    }

    @Test(arguments: [
        ("{ book(id: 1) { id } }", "A tool's document has one operation, and the operation has a name."),
        (
            "query A { book(id: 1) { id } } query B { book(id: 1) { id } }",
            "A tool's document has one operation, and the operation has a name."
        ),
        (
            "mutation Delete { deleteBook(id: 1) { id } }",
            "\"Delete\" is a mutation: name its file with the ending .write.graphql if it is to be a tool."
        ),
        ("subscription S { book { id } }", "\"S\" is a subscription, which cannot be a tool."),
        ("query A { nothing }", "Cannot query field \"nothing\" on type \"Query\"."),
    ])
    func invalidOperationToolIsRefused(text: String, message: String) throws {
        #expect(try errors(text) == [message])
    }

    /// A tool whose name a method has would be listed under another one.
    @Test func namesOfMethodsAndBuiltInToolsAreReserved() throws {
        let sdl = "type Query { books: [Book] @rpc(method: \"books.list\") } type Book { id: ID! }"
        let schema = try Schema(sdl: Source(sdl), preludes: [BindingDirectives.document])
        let taken = MCPToolNames.taken(ExecutableSchema(schema: schema, binding: PlainBinding()))
        #expect(taken[MCPToolNames.portable("books_list")] == "the method \"books.list\"")
        #expect(taken["graphql_execute"] == "a tool of the gateway's own")
        #expect(taken["Names"] == nil)
    }

    @Test func aMutationThatIsMarkedIsATool() throws {
        #expect(try errors("mutation Delete { deleteBook(id: 1) { id } }", mayWrite: true) == [])
    }
}
