import JSON
import Testing

@testable import Upstream

/// What rows are sorted by has the upstream's name of the member that a field reads, whatever the field's type is.
@Suite struct SortMemberTests {
    private static let sdl = """
        schema @upstream(items: "data", page: "page", perPage: "size", sort: "by", order: "order", defaultSort: "made_at",
          defaultOrder: "desc") { query: Query }
        type Query {
          rows(by: String, order: String): [Row!] @rest(list: "/rows{?by,order}")
          ranked(by: Rank): [Row!] @rest(list: "/ranked{?by}")
        }
        enum Rank { BEST WORST @json(name: "least_good") }
        type Owner @entity(get: "/owners/{id}") { id: ID! }
        type Row @entity(get: "/rows/{id}") {
          nodeId: ID! @globalID
          id: ID!
          madeAt: String
          fullName: String @json(name: "title")
          title: String @json(name: "heading")
          extraFields: Extras
          tagNames: [String!]
          theOwner: Owner @reference(key: "owner_id")
          sameRow: Row @self
        }
        type Extras { all: String @self }
        """

    private func list(_ field: String) throws -> (CollectionBinding, UpstreamConventions) {
        let bound = try BoundSchema(Self.sdl)
        try #require(bound.errors == [])
        return (try #require(bound.binding("Query", field) as? CollectionBinding), bound.table.conventions)
    }

    @Test(arguments: [
        ("madeAt", "made_at"), ("made_at", "made_at"), ("-madeAt", "-made_at"), ("+madeAt", "+made_at"),
        ("extraFields", "extra_fields"), ("-extraFields", "-extra_fields"), ("tagNames", "tag_names"),
        ("fullName", "title"),
        // The upstream's own name of another field.
        ("title", "title"), ("-title", "-title"),
        // Fields that read no member of their own, and names that the schema does not know.
        ("nodeId", "nodeId"), ("theOwner", "theOwner"), ("sameRow", "sameRow"), ("someThing", "someThing"),
        ("--madeAt", "--madeAt"), ("-", "-"), ("", ""),
    ])
    func aFieldIsCalledAsTheUpstreamCallsIt(name: String, expected: String) throws {
        let (list, _) = try list("rows")
        #expect(list.template.text(of: "by", ["by": .string(name)]) == expected)
    }

    @Test func theValuesOfAnEnumHaveTheirOwnNames() throws {
        let (list, _) = try list("ranked")
        #expect(list.template.text(of: "by", ["by": "BEST"]) == "best")
        #expect(list.template.text(of: "by", ["by": "WORST"]) == "least_good")
    }

    /// Rows of several workspaces are merged by the member, in the direction that its sign says.
    @Test(
        arguments: [
            (["by": "madeAt"], "made_at", true), (["by": "madeAt", "order": "asc"], "made_at", false),
            (["by": "-madeAt", "order": "asc"], "made_at", true), (["by": "+madeAt"], "made_at", false),
            (["by": "extraFields"], "extra_fields", true), ([:], "made_at", true),
        ] as [(JSONObject, String, Bool)]
    )
    func rowsAreMergedByTheMember(arguments: JSONObject, member: String, isDescending: Bool) throws {
        let (list, conventions) = try list("rows")
        let order = RowOrder(arguments: arguments, template: list.template, conventions: conventions)
        #expect(order.member.name == member)
        #expect(order.isDescending == isDescending)
        #expect(order.isNewestFirst == (member == "made_at" && isDescending))
    }
}
