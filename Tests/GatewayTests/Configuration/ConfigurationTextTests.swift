import JSON
import Testing

@testable import Gateway

@Suite struct ConfigurationTextTests {
    @Test func aMistakeIsNamedByFileLineAndColumn() throws {
        let text = try ConfigurationText(Array("{\n  \"a\": {\"b\": 1}\n}".utf8), name: "c.json")
        let inner = try #require(text.document.member(named: "a", of: 0))
        #expect(text.location(of: 0) == "c.json:1:1")
        #expect(text.location(of: inner) == "c.json:2:8")
        #expect(text.invalid(at: inner, "wrong").description == "c.json:2:8: wrong")
    }

    @Test(arguments: [("{\n\"a\": x}", "c.json:2:6: "), ("{\"a\":1,\n \"a\":2}", "c.json:2:2: ")])
    func whatIsNoJSONIsRefusedWithItsLocation(text: String, location: String) {
        let invalid = #expect(throws: ConfigurationFile.Invalid.self) {
            try ConfigurationText(Array(text.utf8), name: "c.json")
        }
        #expect(invalid?.description.hasPrefix(location) == true, "\(invalid?.description ?? "")")
    }
}
