import JSON
import Testing

@testable import Upstream

@Suite struct CollectionCallPlanTests {
    private static let meanings: ListParameters = {
        var meanings = ListParameters()
        meanings.equalities = ["shelf": "shelf", "color": "color"]
        meanings.sort = "sort"
        return meanings
    }()

    /// Chooses for lists at these paths, given the calls that whole lists take where that is known.
    private func plan(
        _ paths: [String],
        sizes: [String: CollectionCallPlan.Size] = [:],
        unreadable: Set<String> = [],
        pagesOfOwnedList: Int = 1
    ) -> CollectionCallPlan {
        CollectionCallPlan(
            paths.map { ListSelection(path: $0, Self.meanings) },
            owner: "shelf",
            assumptions: CollectionCallPlan.Assumptions(pagesOfOwnedList: pagesOfOwnedList)
        ) { unreadable.contains($0) ? nil : sizes[$0] ?? .unknown(atLeast: 1) }
    }

    private static let colors = ["red", "green", "blue", "black", "white"]

    private static func lists(shelves: Int, colors: Int) -> [String] {
        (0..<shelves).flatMap { shelf in Self.colors.prefix(colors).map { "/books?shelf=\(shelf)&color=\($0)&sort=x" } }
    }

    @Test func listsOfOneParentAreCutFromItsWholeList() {
        let plan = plan(Self.lists(shelves: 1, colors: 5))
        #expect(plan.shared.map(\.path) == ["/books?shelf=0&sort=x"])
        #expect(plan.direct == [])
        #expect(plan.calls == 1)
    }

    @Test func listsOfFewParentsAreCutFromAListOfEachParent() {
        let plan = plan(Self.lists(shelves: 5, colors: 5))
        #expect(plan.shared.map(\.path) == (0..<5).map { "/books?shelf=\($0)&sort=x" })
        #expect(plan.calls == 5)
    }

    @Test func listsOfManyParentsAreCutFromTheWhole() {
        let plan = plan(Self.lists(shelves: 20, colors: 1))
        #expect(plan.shared.map(\.path) == ["/books?color=red&sort=x"])
        #expect(plan.shared.map(\.isSizeKnown) == [false])
    }

    @Test(arguments: [2, 6]) func listOfUnknownSizeIsNotReadForFewParents(shelves: Int) {
        let plan = plan(Self.lists(shelves: shelves, colors: 1))
        #expect(plan.shared == [])
        #expect(plan.direct == Array(0..<shelves))
    }

    @Test func oneListIsCutFromAWholeThatIsCached() {
        let plan = plan(Self.lists(shelves: 1, colors: 1), sizes: ["/books?color=red&sort=x": .known(calls: 0)])
        #expect(plan.shared.map(\.path) == ["/books?color=red&sort=x"])
        #expect(plan.calls == 0)
    }

    @Test func aWholeThatTakesMoreCallsIsNotRead() {
        let plan = plan(Self.lists(shelves: 20, colors: 1), sizes: ["/books?color=red&sort=x": .known(calls: 20)])
        #expect(plan.shared == [])
    }

    @Test func aListThatCannotBeReadIsNotTried() {
        let plan = plan(Self.lists(shelves: 20, colors: 1), unreadable: ["/books?color=red&sort=x"])
        #expect(plan.shared.map(\.path) != ["/books?color=red&sort=x"])
    }

    @Test func listsOfOtherOrdersAreNotCutFromEachOther() {
        let plan = plan(["/books?shelf=1&sort=x", "/books?shelf=1&sort=y", "/books?shelf=1&color=red&sort=y"])
        #expect(plan.shared.map(\.path) == ["/books?shelf=1&sort=y"])
        #expect(plan.shared.map(\.wanted) == [[1, 2]])
        #expect(plan.direct == [0])
    }
}
