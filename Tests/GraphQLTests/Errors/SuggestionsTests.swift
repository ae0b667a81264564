import GraphQL
import Testing

@Suite struct SuggestionsTests {
    @Test(arguments: [
        ("", ["a"], ["a"]),
        ("", ["ab"], []),
        ("a", [], []),
        ("ferry", ["ferry", "Ferry", "fery", "frery", "ferries"], ["ferry", "Ferry", "fery", "frery", "ferries"]),
        ("greenish", ["green", "purple"], ["green"]),
        ("abc", ["zzz", "abd", "acb", "ab", "abcd"], ["ab", "abcd", "abd", "acb"]),
        ("ab", ["b", "a"], ["a", "b"]),
        ("axb", ["ab", "ab", "axbc"], ["ab", "axbc"]),
        ("SAME", ["same", "samE"], ["samE", "same"]),
        ("value1", ["value10", "value2", "value0"], ["value0", "value2", "value10"]),
        ("verydeepname", ["verydeapnaem", "veridepnam", "deepname"], ["verydeapnaem", "veridepnam", "deepname"]),
    ])
    func sortsWhatIsNearEnoughByDistance(input: String, options: [String], expected: [String]) {
        #expect(suggestionList(input, options) == expected)
    }

    @Test(arguments: [
        ([], ""),
        (["A"], #" Did you mean "A"?"#),
        (["A", "B"], #" Did you mean "A" or "B"?"#),
        (["A", "B", "C"], #" Did you mean "A", "B", or "C"?"#),
        (["A", "B", "C", "D", "E", "F"], #" Did you mean "A", "B", "C", "D", or "E"?"#),
    ])
    func asksForUpToFive(suggestions: [String], expected: String) {
        #expect(didYouMean(suggestions) == expected)
    }

    @Test func namesTheKindOfTheSuggestion() {
        #expect(didYouMean(["A"], subMessage: "the enum value") == #" Did you mean the enum value "A"?"#)
        #expect(didYouMean([], subMessage: "the enum value").isEmpty)
    }

    @Test(arguments: [
        ("", "", 0), ("a", "a", 0), ("a", "b", -1), ("B", "a", -1), ("a", "ab", -1), ("ab", "a", 1),
        ("a2", "a10", -1), ("a10", "a10", 0), ("a10b", "a10a", 1), ("a01", "a1", -1), ("a00", "a0", 1),
        ("1", "a", -1), ("a1b2", "a1b10", -1), ("x99999999999999999999", "x100000000000000000000", 1),
    ])
    func comparesNumbersAsNumbers(first: String, second: String, expected: Int) {
        #expect(naturalOrder(first, second).signum() == expected)
        #expect(naturalOrder(second, first).signum() == -expected)
    }
}
