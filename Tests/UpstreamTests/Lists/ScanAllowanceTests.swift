import Testing

@testable import Upstream

@Suite struct ScanAllowanceTests {
    /// How many keys are looked for, and the pages that may be read in vain at first and with all grants.
    @Test(arguments: [
        (0, 0, 0), (1, 0, 0), (2, 1, 1), (7, 1, 1), (8, 1, 2), (19, 1, 4), (20, 2, 5), (100, 2, 25),
    ])
    func fewKeysAllowFewPages(keys: Int, first: Int, most: Int) {
        var allowance = ScanAllowance(keys: keys)
        #expect(allowance.granted == first)
        var grants = 0
        while allowance.grant(1) { grants += 1 }
        #expect(allowance.granted == most)
        #expect(grants == most - first)
        #expect(allowance.isExhausted)
    }

    @Test func grantIsBetweenOnePageAndTheLimit() {
        var allowance = ScanAllowance(keys: 40)
        let grants = [0, -5, 100, 1].map { pages in
            let isGranted = allowance.grant(pages)
            return "\(isGranted) \(allowance.granted)"
        }
        #expect(grants == ["true 3", "true 4", "true 10", "false 10"])
    }
}
