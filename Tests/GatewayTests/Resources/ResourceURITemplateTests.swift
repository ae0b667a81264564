import JSON
import Testing

@testable import Gateway

/// The form of the URIs of resources, read backwards.
@Suite struct ResourceURITemplateTests {
    static let template = "shop://books/{id}{?language,edition}"

    @Test(arguments: [
        ("shop://books/1", ["id": "1"]),
        ("shop://books/a%2Fb%20c+d", ["id": "a/b c+d"]),
        ("shop://books/1?language=de", ["id": "1", "language": "de"]),
        ("shop://books/1?edition=2&language=", ["id": "1", "edition": "2", "language": ""]),
    ])
    func aURIHasTheValuesOfVariables(uri: String, values: [String: String]) throws {
        let template = try #require(ResourceURITemplate(Self.template))
        let found = try #require(template.values(in: uri))
        #expect(Dictionary(uniqueKeysWithValues: zip(found.keys, found.values.map(\.stringValue))) == values)
    }

    @Test(arguments: [
        "shop://books/", "shop://books/1/2", "shop://book/1", "shop://books/1?title=x", "shop://books/%zz", "", "1",
        "SHOP://books/1x/", "shop://books/1?%language=1",
    ])
    func uriThatDoesNotMatchHasNoValues(uri: String) throws {
        #expect(try #require(ResourceURITemplate(Self.template)).values(in: uri) == nil)
    }

    @Test func literalTextMayFollowAVariable() throws {
        let template = try #require(ResourceURITemplate("shop://{shop}/books/{id}/text"))
        #expect(template.values(in: "shop://a/books/b/text") == ["shop": "a", "id": "b"])
        #expect(template.pathNames == ["shop", "id"])
        #expect(template.values(in: "shop://a/books/b") == nil)
        let file = try #require(ResourceURITemplate("shop://books/{id}.json"))
        #expect(file.values(in: "shop://books/a.b.json") == ["id": "a.b"])
        #expect(file.values(in: "shop://books/a") == nil)
        #expect(file.values(in: "shop://books/.json") == nil)
        let pair = try #require(ResourceURITemplate("shop://{from}-{to}-x/y"))
        #expect(
            pair.values(in: "shop://a-b-x/y") == ["from": "a-b", "to": ""] || pair.values(in: "shop://a-b-x/y") == nil
        )
    }

    @Test(arguments: [
        "books/{id}", "shop://{id", "shop://id}", "shop://{}", "shop://{a}{b}", "shop://{?a}{b}", "shop://{?a}x",
    ])
    func malformedTemplateIsRefused(text: String) {
        #expect(ResourceURITemplate(text) == nil)
    }
}
