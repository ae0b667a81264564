import GraphQL
import JSON

/// A schema with input types of every kind.
enum CoercionSchema {
    static let sdl = """
        scalar Any
        enum Color { RED GREEN BLUE }
        input Point { x: Int! y: Float = 1.5 color: Color = RED tags: [String!] = ["a"] }
        input Line { from: Point to: Point = {x: 3} id: ID next: Line points: [Point!]! = [{x: 1, y: 2}] any: Any }
        input Choice @oneOf { a: Int b: String c: Point }
        input Needy { needed: Int! more: Needy }
        """

    /// The schema, with a field `f` that has the given arguments, such as `a: Int = 1`.
    static func schema(arguments: String = "a: Int") throws -> Schema {
        let text = sdl + "\ntype Query { f(\(arguments)): Int }"
        return SchemaBuilder(document: try Document(parsing: Source(text))).build()
    }

    /// A JSON value of its text.
    static func json(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }
}
