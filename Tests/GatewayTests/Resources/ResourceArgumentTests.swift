import GatewayTestSupport
import GraphQL
import JSON
import Testing

@testable import Gateway

@Suite struct ResourceArgumentTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query {
          things(page: Int, share: Float, full: Boolean, name: String, id: ID): [Thing] @rest(list: "/things{?page,share,full,name,id}")
            @resource(uri: "shop://things{?page,share,full,name,id}")
        }
        type Thing { id: ID! }
        """

    @Test(
        arguments: [
            ("page=2", ["page": 2]), ("page=-2", ["page": -2]), ("share=0.5", ["share": 0.5]),
            ("full=true", ["full": true]),
            ("name=2&id=7", ["name": "2", "id": "7"]), ("name=true", ["name": "true"]), ("page=two", ["page": "two"]),
            ("page=null", ["page": "null"]), ("full=%22x%22", ["full": "\"x\""]),
        ] as [(String, JSONObject)]
    )
    func argumentsInTheQueryHaveTheirTypes(query: String, arguments: JSONObject) throws {
        let upstream = HeldTransport { _ in (200, "[]") }
        let service = GatewayService(try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream))
        let table = ResourceTable(RPCService(service: service).methods)
        #expect(table.resource(at: "shop://things?\(query)")?.1 == arguments)
    }
}
