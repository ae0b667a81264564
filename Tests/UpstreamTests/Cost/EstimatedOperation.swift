import GraphQL
import JSON
import Testing
import Upstream

/// A query and its estimate, by a schema of shelves and books.
struct EstimatedOperation {
    let cost: OperationCost

    static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") {
          query: Query
        }
        type Query {
          shelves(first: Int, after: String, last: Int, before: String, page: Int, perPage: Int, workspaces: [String!]):
            Shelves @rest(list: "/shelves")
          books(color: String, first: Int, after: String, last: Int, before: String, page: Int, perPage: Int,
            workspaces: [String!]): Books @rest(list: "/books{?color}")
          book(id: ID!, workspace: String): Book @rest(get: "/books/{id}")
          all: [Book!] @rest(list: "/books/all")
          me: Person @rest(get: "/me")
          workspaces(slugs: [String!]): [Library!]! @workspace(view: "ALL")
          workspace(slug: String): Library @workspace(view: "BY_SLUG")
          node(nodeId: ID!): Node @globalID
          nodes(nodeIds: [ID!]!): [Node]! @globalID
        }
        interface Node { nodeId: ID! }
        type Library {
          slug: String!
          books(color: String, first: Int, after: String): Books @rest(list: "/books{?color}")
          book(id: ID!): Book @rest(get: "/books/{id}")
        }
        type Shelf @entity(get: "/shelves/{id}", list: "/shelves") {
          id: ID!
          books(color: String, first: Int, after: String, last: Int, before: String): Books
            @rest(list: "/books{?shelf_id,color}", by: "shelf_id")
        }
        type Book implements Node @entity(get: "/books/{id}", list: "/books") {
          nodeId: ID! @globalID
          id: ID!
          title: String
          library: Library @workspace
          shelf: Shelf @reference(key: "shelf_id")
          reader: Person @reference(key: "reader_id")
          reviews: [Review!] @rest(list: "/books/{parent.id}/reviews")
          cover: Cover @rest(get: "/books/{parent.id}/cover")
          parts: [Part!]
        }
        type Part { shelf: Shelf @reference(key: "shelf_id") }
        type Person @entity(get: "/people/{id}") { id: ID! name: String favorite: Book @reference(key: "favorite_id") }
        type Review { text: String author: Person @reference(key: "author_id") }
        type Cover { url: String }
        type Shelves { nodes: [Shelf!]! edges: [ShelfEdge!]! pageInfo: PageInfo! totalCount: Int }
        type ShelfEdge { node: Shelf! cursor: String! }
        type Books { nodes: [Book!]! edges: [BookEdge!]! pageInfo: PageInfo! totalCount: Int }
        type BookEdge { node: Book! cursor: String! }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """

    /// Prices a query; without terms for one workspace.
    init(
        _ query: String,
        terms: CostContext = CostContext(workspaceCount: 1),
        variables: JSONObject = JSONObject(),
        sdl: String = EstimatedOperation.sdl
    ) throws {
        let bound = try BoundSchema(sdl)
        try #require(bound.errors == [])
        let (plan, values) = try bound.plan(query, variables: variables)
        cost = OperationCost(plan, variables: values, table: bound.table, terms: terms)
    }

    /// The steps as lines: how deep, the path, and the calls.
    var lines: [String] {
        cost.steps.map { step in
            let indent = String(repeating: "  ", count: step.depth)
            return "\(indent)\(cost.path(of: step)) \(step.calls.min)...\(step.calls.max)"
        }
    }
}
