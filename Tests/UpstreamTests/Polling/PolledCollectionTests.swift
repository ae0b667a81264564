import GraphQL
import Testing

@testable import Upstream

/// The paths by which a collection is read for changes.
@Suite struct PolledCollectionTests {
    /// A schema whose fields sort the collection by a default, as its list's path says, too.
    private static func collection(
        _ upstream: String,
        list: String = "/things"
    ) throws -> (PolledCollection, UpstreamConventions) {
        let bound = try BoundSchema(
            """
            schema @upstream(\(upstream)) { query: Query }
            type Query {
              thing(id: ID!): Thing @rest(get: "/things/{id}")
              things(sort: String, order: String): [Thing!] @rest(list: "/things{?sort,order}")
            }
            type Thing @entity(get: "/things/{id}", list: "\(list)") @polled(sort: "changed_at") { id: ID! changedAt: String }
            """
        )
        return (try #require(bound.table.polls.values.first), bound.table.conventions)
    }

    @Test func eachParameterIsStatedOnce() throws {
        let (collection, conventions) = try Self.collection(
            #"sort: "sort", order: "order", defaultSort: "made_at", defaultOrder: "desc", page: "page", perPage: "per_page""#
        )
        #expect(
            collection.path(ofPage: 2, isSorted: true, conventions)
                == "/things?sort=changed_at&order=desc&page=2&per_page=100"
        )
        // The order in which fields list them is the upstream's own.
        #expect(
            collection.path(ofPage: 1, isSorted: false, conventions)
                == "/things?sort=made_at&order=desc&page=1&per_page=100"
        )
    }

    @Test func otherParametersOfTheListStay() throws {
        let (collection, conventions) = try Self.collection(
            #"sort: "sort", order: "order", page: "page", perPage: "per_page""#,
            list: "/things?kind=a&sorted=1"
        )
        #expect(
            collection.path(ofPage: 1, isSorted: true, conventions)
                == "/things?kind=a&sorted=1&sort=changed_at&order=desc&page=1&per_page=100"
        )
    }

    @Test func anUpstreamThatNeitherSortsNorPagesIsAskedForTheList() throws {
        let (collection, conventions) = try Self.collection(#"items: "data""#)
        #expect(collection.path(ofPage: 1, isSorted: true, conventions) == "/things")
    }
}
