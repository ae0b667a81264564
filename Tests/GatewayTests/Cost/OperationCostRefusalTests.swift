import JSON
import Testing
import Upstream

@testable import Gateway

@Suite struct OperationCostRefusalTests {
    @Test(arguments: [(CostRange(0, 7), "up to 7"), (CostRange(0, .max), "1000000000 or more")])
    func theMostIsPutInWords(range: CostRange, text: String) {
        #expect(range.mostText == text)
        #expect(range.json == ["min": 0, "max": .integer(min(range.max, 1_000_000_000))])
    }
}
