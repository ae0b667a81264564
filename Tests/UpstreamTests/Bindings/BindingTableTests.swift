import GraphQL
import JSON
import Testing

@testable import Upstream

/// The table that valid directives produce.
@Suite struct BindingTableTests {
    private func shop() throws -> BoundSchema {
        let bound = try BoundSchema(
            """
            schema @upstream(items: "rows", total: "all", page: "p", perPage: "n", maxPerPage: 50, defaultPerPage: 10) {
              query: Query
            }
            type Query {
              item(id: ID!): Item @rest(get: "/items/{id}")
              items(color: Color): ItemConnection @rest(list: "/items{?color}")
              itemList: [Item!] @rest(list: "/items")
              notes: [Note!]! @rest(list: "/notes")
            }
            type Item @entity(get: "/items/{id}", deletedAt: "gone_at") {
              id: ID!
              listPrice: Float
              vendorName: String @json(name: "seller")
              maker: Maker @reference(key: "maker_code")
              extras: Extras
            }
            type Maker @entity(get: "/makers/{code}", key: "code") { code: ID! }
            type Extras {
              all: Any @self
              one(name: String!): Any @member(namedBy: "name")
              entries: [Extra!]! @entries
            }
            type Extra { key: String! value: Any }
            type Note { text: String }
            type ItemConnection { edges: [ItemEdge!]! pageInfo: PageInfo! }
            type ItemEdge { node: Item! cursor: String! }
            type PageInfo { hasNextPage: Boolean! }
            enum Color { RED DARK_BLUE LIGHT_BLUE @json(name: "light-blue") }
            interface Animal @discriminator(member: "kind") { name: String }
            interface Plant { name: String }
            type Dog implements Animal @json(name: "canine") { name: String }
            type Cat implements Animal { name: String }
            scalar Any
            """
        )
        try #require(bound.errors == [])
        return bound
    }

    @Test func aFieldWithoutADirectiveIsTheMemberOfItsSnakeCasedName() throws {
        let shop = try shop()
        #expect(shop.source("Note", "text") == .member(JSONKey("text")))
        #expect(shop.source("Item", "listPrice") == .member(JSONKey("list_price")))
        #expect(shop.source("Item", "vendorName") == .member(JSONKey("seller")))
    }

    @Test func fieldsCanShowTheirParentsObjectItself() throws {
        let shop = try shop()
        #expect(shop.source("Extras", "all") == .parent)
        #expect(shop.source("Extras", "one") == .memberNamed(argument: "name"))
        let entries = try #require(shop.binding("Extras", "entries") as? EntriesBinding)
        #expect([entries.key, entries.value] == ["key", "value"])
    }

    @Test func anEntityHasItsKeyItsPathAndItsMarkOfDeletion() throws {
        let shop = try shop()
        let item = try #require(shop.schema["Item"].flatMap { shop.table.entity(of: $0.id) })
        #expect(item.key == JSONKey("id"))
        #expect(item.deletedAt == JSONKey("gone_at"))
        #expect(item.path(of: "a/b c") == "/items/a%2Fb%20c")
        let maker = try #require(shop.schema["Maker"].flatMap { shop.table.entity(of: $0.id) })
        #expect(maker.key == JSONKey("code"))
        #expect(maker.deletedAt == nil)
        #expect(maker.path(of: "7") == "/makers/7")
        #expect(shop.schema["Note"].flatMap { shop.table.entity(of: $0.id) } == nil)
    }

    @Test func aGetByTheEntitysOwnPathIsTheEntity() throws {
        let shop = try shop()
        let binding = try #require(shop.binding("Query", "item") as? EntityBinding)
        let id = try #require(shop.schema["Query"]?.fields["item"]?.arguments["id"])
        #expect(binding.key == .argument(UpstreamArgument(id, in: shop.schema)))
        #expect(binding.entity.type == shop.schema["Item"]?.id)
    }

    @Test func aReferenceLeadsToTheEntity() throws {
        let shop = try shop()
        let binding = try #require(shop.binding("Item", "maker") as? EntityBinding)
        #expect(binding.key == .member(JSONKey("maker_code")))
        #expect(binding.entity.type == shop.schema["Maker"]?.id)
    }

    @Test(arguments: [("items", true, true), ("itemList", true, false), ("notes", false, false)])
    func aCollectionKnowsItsRowsAndItsForm(field: String, isOfEntities: Bool, isConnection: Bool) throws {
        let shop = try shop()
        let collection = try #require(shop.binding("Query", field) as? CollectionBinding)
        #expect(collection.entity?.type == (isOfEntities ? shop.schema["Item"]?.id : nil))
        #expect((collection.connection != nil) == isConnection)
    }

    @Test func enumValuesAndTypesAreSpeltTheUpstreamsWay() throws {
        let shop = try shop()
        let color = try #require(shop.schema["Color"])
        #expect(color.values.map { shop.table.spelling(of: $0, in: color) } == ["red", "dark_blue", "light-blue"])
        let (dog, cat) = (try #require(shop.schema["Dog"]), try #require(shop.schema["Cat"]))
        #expect([shop.table.spelling(of: dog), shop.table.spelling(of: cat)] == ["canine", "Cat"])
        let (animal, plant) = (try #require(shop.schema["Animal"]), try #require(shop.schema["Plant"]))
        #expect(shop.table.discriminator(of: animal) == JSONKey("kind"))
        #expect(shop.table.discriminator(of: plant) == JSONKey("__typename"))
    }

    @Test func upstreamDirectiveSetsTheConventions() throws {
        let conventions = try shop().table.conventions
        #expect(conventions.items == JSONKey("rows"))
        #expect(conventions.total == JSONKey("all"))
        #expect(conventions.pageParameter == "p")
        #expect(conventions.perPageParameter == "n")
        #expect(conventions.maximumPerPage == 50)
        #expect(conventions.defaultPerPage == 10)
        #expect(conventions.message == JSONKey("message"))
        #expect(conventions.error == JSONKey("error"))
        #expect(conventions.isPaged)
    }

    @Test func schemaWithoutConventionsHasPlainListsAndNoPages() throws {
        let conventions = try BoundSchema("type Query { a: String }").table.conventions
        #expect(conventions.items == nil)
        #expect(conventions.total == nil)
        #expect(!conventions.isPaged)
        #expect(conventions.maximumPerPage == 100)
        #expect(conventions.defaultPerPage == 25)
    }
}
