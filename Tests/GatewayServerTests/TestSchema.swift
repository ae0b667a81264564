import GraphQL

/// A schema for tests of the HTTP door: fields that need no upstream and fields that do.
let testSchema = Source(
    """
    type Query {
      thing(id: ID!): Thing @rest(get: "/things/{id}")
      things: [Thing!] @rest(get: "/things")
    }
    type Mutation { createThing(name: String): Thing @rest(get: "/create/{name}") }
    type Thing { id: ID! name: String }
    """,
    name: "test.graphql"
)
