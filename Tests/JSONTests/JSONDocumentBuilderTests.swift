import JSON
import Testing

@Suite struct JSONDocumentBuilderTests {
    @Test func writesValuesAsTheyAreAdded() {
        var builder = JSONDocumentBuilder()
        let root = builder.beginObject()
        builder.key("a")
        let list = builder.beginArray()
        let one = builder.integer(1)
        builder.string("x\n")
        builder.bool(true)
        builder.bool(false)
        builder.null()
        builder.beginArray()
        builder.endArray()
        builder.endArray()
        builder.key("b\"")
        builder.value(["c": [1.5]])
        builder.endObject()
        let document = builder.finish()
        #expect(
            String(decoding: document.bytes, as: UTF8.self) == #"{"a":[1,"x\n",true,false,null,[]],"b\"":{"c":[1.5]}}"#
        )
        #expect([root, list, one] == [0, 2, 4])
        #expect(document.member("b\"", of: root).map { document.value(at: $0) } == ["c": [1.5]])
        #expect(!document.containsLinks)
    }

    @Test func makesNullOfNothing() {
        let document = JSONDocumentBuilder().finish()
        #expect(document.value(at: 0) == .null)
        #expect(document.bytes == Array("null".utf8))
    }

    @Test func followsLinksWhereverTheyStand() throws {
        let document = ring()
        #expect(document.containsLinks)
        let types = try #require(document.member("types", of: 0))
        let elements = Array(document.elements(of: types))
        #expect(document.count(of: types) == 3)
        #expect(elements.map { document.kind(of: $0) } == [.object, .object, .string])
        #expect(elements[0] == elements[1])
        #expect(document.stringValue(of: elements[2]) == "T")

        var index = elements[0]
        for _ in 0..<10 { index = try #require(document.member("self", of: index)) }
        #expect(index == elements[0])
        #expect(document.members(of: index).map(\.value).last == index)
        var hint = 0
        #expect(document.member("self", of: index, hint: &hint) == index)
        #expect(document.member("self", of: index, hint: &hint) == index)
    }

    @Test func showsTheTargetOfALinkAndNullForLinksWithin() throws {
        let document = ring()
        let types = try #require(document.member("types", of: 0))
        let link = document.next(after: types + 2)
        #expect(document.node(link).kind == .link)
        #expect(document.resolve(link) == types + 2)
        #expect(document.kind(of: link) == .object)
        #expect(document.value(at: link) == ["name": "T", "self": nil])
        #expect(Array(document.rawBytes(of: link)) == Array(#"{"name":"T","self":null}"#.utf8))
        var output = OutputBuffer()
        document.write(link, into: &output)
        #expect(output.array() == Array(#"{"name":"T","self":null}"#.utf8))
        #expect(document.value(at: 0) == ["types": [["name": "T", "self": nil], nil, nil]])
    }

    @Test func keepsReferencesIntoOtherDocuments() throws {
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        let object = builder.beginObject()
        builder.key("other")
        let reference = builder.reference(to: 70, in: 3)
        builder.endObject()
        builder.link(to: reference)
        builder.endArray()
        let document = builder.finish()
        #expect(document.member("other", of: object) == reference)
        #expect(Array(document.elements(of: 0)) == [object, reference])
        #expect(document.kind(of: reference) == .reference)
        #expect(document.reference(of: document.node(reference)).node == 70)
        #expect(document.reference(of: document.node(reference)).document == 3)
        #expect(document.name(of: reference) == "other")
        #expect(document.value(at: 0) == [["other": nil], nil])
        #expect(Array(document.rawBytes(of: reference)) == Array("null".utf8))
        var output = OutputBuffer()
        document.write(reference, into: &output)
        #expect(output.array() == Array("null".utf8))
    }

    @Test func whatACopyRefersToIsCopiedIntoIt() throws {
        let document = ring()
        let types = try #require(document.member("types", of: 0))
        let name = try #require(Array(document.elements(of: types)).last)
        #expect(JSONDocument(copying: name, of: document).value(at: 0) == "T")
        let link = document.next(after: types + 2)
        let inner = try #require(document.member("name", of: link))
        #expect(JSONDocument(copying: inner, of: document).bytes == Array(#""T""#.utf8))
    }

    /// A document whose type refers to itself, listed twice and followed by its name, the latter two by links.
    private func ring() -> JSONDocument {
        var builder = JSONDocumentBuilder()
        builder.beginObject()
        builder.key("types")
        builder.beginArray()
        let type = builder.beginObject()
        builder.key("name")
        let name = builder.string("T")
        builder.key("self")
        builder.link(to: type)
        builder.endObject()
        let later = builder.link()
        builder.patchLink(later, to: type)
        builder.link(to: name)
        builder.endArray()
        builder.endObject()
        return builder.finish()
    }
}
