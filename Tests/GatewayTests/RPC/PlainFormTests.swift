import GatewayTestSupport
import JSON
import Testing
import Upstream

@testable import Gateway

/// The plain form of an object, in which a call without `select` shows it: enum values have the schema's names at every depth.
@Suite struct PlainFormTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query {
          thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get")
        }
        type Thing @entity(get: "/things/{id}") {
          id: ID!
          color: Color
          case: Case
          fields: Fields
          fieldsJSON: JSON @json(name: "fields")
          notes: [Note!]
          notesJSON: JSON @json(name: "notes")
        }
        type Case { color: Color }
        enum Color { RED @json(name: "r") BLUE }
        enum Size { LARGE @json(name: "r") SMALL }
        type Fields {
          color: Color
          coating: Coating
          layers: [Coating!]
          group: Group @self
          media: [Medium!]
          owners: [User!]
          label: String
          other: JSON
        }
        type User @entity(get: "/users/{id}") { id: ID! favorite: Color }
        type Coating { color: Color sizes: [Size!] @json(name: "all_sizes") below: Coating label: String }
        type Group { size: Size @json(name: "group_size") inner: Coating }
        interface Medium @discriminator(member: "kind") { color: Color }
        type Book implements Medium @json(name: "book") { color: Color size: Size }
        type Record implements Medium @json(name: "vinyl") { color: Color size: String }
        type Note { color: Color }
        scalar JSON
        """

    private static let fields = """
        {"color":"r","coating":{"color":"blue","all_sizes":["r","small","huge"],"label":"r","below":{"color":"r","below":{"color":"r"}}},\
        "layers":[{"color":"r"},null,{"color":"green"},"r"],"group_size":"r","inner":{"color":"r","own":"r"},\
        "media":[{"kind":"book","color":"r","size":"r"},{"kind":"vinyl","color":"r","size":"r"},{"kind":"film","color":"r"}],\
        "owners":[{"id":"u","favorite":"r"}],"label":"r","other":{"color":"r"},"unknown":{"color":"r"}}
        """

    private static let named = """
        {"color":"RED","coating":{"color":"BLUE","all_sizes":["LARGE","SMALL","huge"],"label":"r","below":{"color":"RED","below":{"color":"RED"}}},\
        "layers":[{"color":"RED"},null,{"color":"green"},"r"],"group_size":"LARGE","inner":{"color":"RED","own":"r"},\
        "media":[{"kind":"book","color":"RED","size":"LARGE"},{"kind":"vinyl","color":"RED","size":"r"},{"kind":"film","color":"r"}],\
        "owners":[{"id":"u","favorite":"RED"}],"label":"r","other":{"color":"r"},"unknown":{"color":"r"}}
        """

    private func call(_ params: String) async throws -> JSONValue? {
        let body = #"{"id":"a","color":"r","case":{"color":"r"},"fields":\#(Self.fields),"notes":[{"color":"r"}]}"#
        let upstream = HeldTransport { _ in (200, body) }
        upstream.open()
        let service = RPCService(service: GatewayService(try .oneWorkspace(Self.sdl, before: upstream)))
        let message = #"{"jsonrpc":"2.0","method":"things.get","params":\#(params),"id":1}"#
        let response = await service.respond(to: Array(message.utf8), caller: Caller()).value()
        return try JSONValue(parsing: response.body ?? [])["result"]
    }

    @Test func enumValuesHaveTheirNamesAtEveryDepth() async throws {
        let result = try #require(try await call(#"{"id":"a"}"#))
        #expect(result["fields"] == (try JSONValue(parsing: Array(Self.named.utf8))))
        #expect(result["notes"] == [["color": "RED"]])
        #expect(result["color"] == "RED")
        #expect(result["case"] == ["color": "RED"])
    }

    @Test func aSelectionShowsTheSameNames() async throws {
        let select = """
            fields { color coating { below { below { color } } } group { size inner { color } } } \
            notes { color }
            """
        let selected = try #require(try await call(#"{"id":"a","select":"\#(select)"}"#))
        let fields: JSONValue = [
            "color": "RED", "coating": ["below": ["below": ["color": "RED"]]],
            "group": ["size": "LARGE", "inner": ["color": "RED"]],
        ]
        #expect(selected == ["fields": fields, "notes": [["color": "RED"]]])
    }
}
