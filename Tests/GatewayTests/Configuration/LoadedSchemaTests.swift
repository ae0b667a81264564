import GraphQL
import Testing

@testable import Gateway

/// An invalid schema is reported with everything that is wrong with it, each in its own file.
@Suite struct LoadedSchemaTests {
    private func description(of files: [(name: String, text: String)]) -> String? {
        do throws(LoadedSchema.Invalid) {
            _ = try LoadedSchema(Source(files: files.map { ($0.name, Array($0.text.utf8)) }))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aValidSchemaOfSeveralFilesIsLoaded() {
        #expect(
            description(of: [
                ("a.graphql", "type Query { thing(id: ID!): Thing @rest(get: \"/things/{id}\") }"),
                ("b.graphql", "type Thing @entity(get: \"/things/{id}\") { id: ID! }"),
            ]) == nil
        )
    }

    @Test func errorsOfTheTypeSystemAreInTheirFiles() {
        #expect(
            description(of: [
                ("a.graphql", "type Query { a: Missing }"),
                ("b.graphql", "# A comment.\ntype Thing {\n  b: Absent\n}"),
            ]) == """
                a.graphql:1:17: Unknown type "Missing".
                b.graphql:3:6: Unknown type "Absent".
                """
        )
    }

    @Test func theEndOfOneFileIsNotTheStartOfTheNext() {
        #expect(
            description(of: [("a.graphql", "type Query { a: Int @rest(get: \"/a\")"), ("b.graphql", "}")]) == nil
        )
        #expect(
            description(of: [("a.graphql", "type Query {"), ("b.graphql", "\n\n  ?")])
                == #"b.graphql:3:3: Syntax Error: Unexpected character: "?"."#
        )
    }

    @Test func errorsOfBindingsAndOfResourcesComeTogether() {
        let text = """
            type Query {
              a(id: ID!): Int @rest(get: "/a/{other}")
              b(id: ID!): Int @rest(get: "/b/{id}") @resource(uri: "shop://b/{key}")
              c(id: ID!): Int @rest(get: "/c/{id}") @resource(uri: "shop://c")
              d(id: ID!): Int @rest(get: "/d/{id}") @resource(uri: "{unclosed")
            }
            """
        let lines = description(of: [("a.graphql", text)])?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 4, "\(lines)")
        #expect(lines.first?.hasPrefix("a.graphql:2:") == true, "\(lines)")
        #expect(
            lines.dropFirst() == [
                #"Query.b: @resource: the field has no argument "key"."#,
                #"Query.c: @resource: the path of the template must have the argument "id"."#,
                #"Query.d: @resource: "{unclosed" is no template such as "shop://books/{id}{?language}"."#,
            ]
        )
    }
}
