import JSON
import Testing

@testable import Upstream

@Suite struct ListSelectionTests {
    private static let meanings: ListParameters = {
        var meanings = ListParameters()
        meanings.equalities = ["shelf_id": "shelf_id", "color": "color", "state": "status"]
        meanings.sort = "sort"
        meanings.order = "order"
        meanings.paging = ["page", "per_page"]
        return meanings
    }()

    private func selection(_ path: String) -> ListSelection { ListSelection(path: path, Self.meanings) }

    @Test func splitsAPathIntoFiltersAndOrder() {
        let list = selection("/books?shelf_id=s%201&state=on&sort=title&order=asc&page=2&per_page=100")
        #expect(list.filters.map(\.parameter) == ["shelf_id", "state"])
        #expect(list.filters.map(\.member) == ["shelf_id", "status"])
        #expect(list.filters.map(\.value) == ["s 1", "on"])
        #expect(list.sort == "title")
        #expect(list.order == "asc")
        #expect(!list.hasOtherFilters)
    }

    @Test(arguments: [("%2B1", "+1"), ("%+1", "%+1"), ("%-1", "%-1"), ("%4", "%4"), ("%4g", "%4g"), ("%c3%A9", "é")])
    func decodesPercentEncodedValues(encoded: String, value: String) {
        #expect(selection("/books?color=\(encoded)").filters.map(\.value.name) == [value])
    }

    @Test(arguments: ["/books?overdue=true", "/books?color="])
    func parametersOfUnknownMeaningAreFilters(path: String) {
        #expect(selection(path).hasOtherFilters)
        #expect(selection(path).filters == [])
    }

    @Test(arguments: [
        (["color"], "/books?shelf_id=1&sort=x"), (["color", "shelf_id"], "/books?sort=x"),
        ([], "/books?shelf_id=1&color=red&sort=x"), (["color", "shelf_id", "sort"], "/books?sort=x"),
    ])
    func leavesOutEqualityFilters(removed: [String], path: String) {
        #expect(selection("/books?shelf_id=1&color=red&sort=x").path(without: removed) == path)
    }

    /// What the upstream makes of a parameter without a value is not known: rows of the list without it may not be in the list.
    @Test func parametersWithoutAValueStay() {
        #expect(selection("/books?shelf_id=1&color=").path(without: ["color", "shelf_id"]) == "/books?color=")
    }

    @Test(arguments: [
        (#"{"shelf_id":"1","color":"red"}"#, ListSelection.Match.yes),
        (#"{"shelf_id":1,"color":"red"}"#, .yes),
        (#"{"shelf_id":"1","color":"green"}"#, .no),
        (#"{"shelf_id":null,"color":"red"}"#, .no),
        (#"{"color":"green"}"#, .no),
        (#"{"color":"red"}"#, .unknown),
        (#"{"shelf_id":"1","color":["red"]}"#, .unknown),
    ])
    func matchesRowsByTheirMembers(row: String, match: ListSelection.Match) throws {
        let json = try JSONDocument(parsing: Array(row.utf8))
        #expect(selection("/books?shelf_id=1&color=red").matches(0, of: json) == match)
    }

    @Test func textsOfOtherBytesDiffer() throws {
        let json = try JSONDocument(parsing: Array(#"{"color":"é"}"#.utf8))
        #expect(selection("/books?color=%C3%A9").matches(0, of: json) == .yes)
        #expect(selection("/books?color=e%CC%81").matches(0, of: json) == .no)
    }
}
