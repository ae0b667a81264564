import GraphQL

/// The schema that the documents of the rules' tests are for, with types and directives of every kind.
enum ValidationSchema {
    static let sdl = """
        interface Vessel { id: ID! name(short: Boolean): String crew(first: Int, rank: Rank): [Sailor!]! }
        interface Motorized implements Vessel {
          id: ID! name(short: Boolean): String crew(first: Int, rank: Rank): [Sailor!]! horsepower: Int
        }
        type Ferry implements Motorized & Vessel {
          id: ID! name(short: Boolean): String crew(first: Int, rank: Rank): [Sailor!]! horsepower: Int
          carDecks: Int sister: Ferry
        }
        type Tug implements Motorized & Vessel {
          id: ID! name(short: Boolean): String crew(first: Int, rank: Rank): [Sailor!]! horsepower: Int
          towing: Vessel
        }
        type Sloop implements Vessel {
          id: ID! name(short: Boolean): String crew(first: Int, rank: Rank): [Sailor!]!
          sails(reefed: Boolean = false, names: [String!]): Int
        }
        type Sailor { name: String rank: Rank vessel: Vessel }
        union Moored = Ferry | Sloop
        enum Rank { CAPTAIN MATE DECKHAND }
        scalar Tide
        input Range { from: Int! to: Int! = 10 step: Int }
        input Filter { name: String range: Range ranks: [Rank!] tide: Tide inner: Filter inners: [Filter] }
        input Key @oneOf { id: ID name: String range: Range }
        type Query {
          vessel(id: ID!): Vessel
          vessels(filter: Filter, first: Int = 10): [Vessel!]!
          find(by: Key): Vessel
          findAll(by: [Key!]): [Vessel]
          ferry: Ferry
          sloop: Sloop
          tug: Tug
          moored: [Moored]
          echo(
            int: Int, float: Float, string: String, boolean: Boolean, id: ID, rank: Rank, ranks: [Rank!]
            tide: Tide, strings: [String], matrix: [[Int]], range: Range
          ): String
          need(a: Int!, b: Int! = 1, list: [String!]!): Int
        }
        type Mutation { rename(id: ID!, name: String!): Vessel }
        type Subscription { arrived(kind: String): Vessel departed: ID tick: Int! }
        directive @onQuery on QUERY
        directive @onMutation on MUTATION
        directive @onSubscription on SUBSCRIPTION
        directive @onField on FIELD
        directive @onFragment on FRAGMENT_DEFINITION
        directive @onSpread on FRAGMENT_SPREAD
        directive @onInline on INLINE_FRAGMENT
        directive @onVariable on VARIABLE_DEFINITION
        directive @mark(label: String!, level: Int = 1) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY
        """

    private static let schema = Result { () throws -> Schema in try Schema(sdl: Source(sdl)) }

    /// All errors of an executable document, of all rules.
    static func errors(in document: String) throws -> [GraphQLError] {
        validate(try Document(parsing: Source(document)), schema: try schema.get())
    }

    /// All errors of a type system document by itself, of all rules.
    static func errors(inDefinitions document: String) throws -> [GraphQLError] {
        validateSDL(try Document(parsing: Source(document)))
    }

    /// All errors of a type system document that extends the schema, of all rules.
    static func errors(inExtensions document: String) throws -> [GraphQLError] {
        validateSDL(try Document(parsing: Source(document)), extending: try schema.get())
    }
}
