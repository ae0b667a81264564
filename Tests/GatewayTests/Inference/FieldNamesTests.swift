import Testing

@testable import Gateway

@Suite struct FieldNamesTests {
    @Test(arguments: [
        ("risk_score", "riskScore"), ("RISK", "risk"), ("RiskScore", "riskScore"), ("2nd Line", "_2ndLine"),
        ("a.b-c", "aBC"), ("", "field"), ("é", "field"), ("_a__b_", "aB"),
    ])
    func aKeyBecomesANameInCamelCase(key: String, name: String) {
        var names = FieldNames(taken: [])
        #expect(names.name(for: key) == name)
    }

    @Test func equalNamesGetANumber() {
        var names = FieldNames(taken: ["all"])
        #expect(["all", "a_b", "aB", "a b"].map { names.name(for: $0) } == ["all2", "aB", "aB2", "aB3"])
    }
}
