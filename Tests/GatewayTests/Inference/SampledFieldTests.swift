import JSON
import Testing

@testable import Gateway

/// Which types and names are made of what was seen.
@Suite struct SampledFieldTests {
    static let samples: [(values: JSONValue, inference: SampledField.Inference)] = [
        ([1, 2], .type("Int")), ([1, .null], .type("Int")), ([2_147_483_647, -2_147_483_648], .type("Int")),
        ([2_147_483_648], .type("Float")), ([1, 2.5], .type("Float")), ([0.5], .type("Float")),
        ([9_007_199_254_740_992], .type("Float")), ([9_007_199_254_740_993], .any),
        ([true, false], .type("Boolean")), ([true, 1], .any), (["a", ""], .type("String")), (["a", 1], .any),
        ([["a"], []], .type("[String!]")), ([[]], .any), ([["a", .null]], .any), ([[1]], .any), ([["a"], "b"], .any),
        ([["amount": 1]], .any), ([.null], .none), ([], .none),
    ]

    @Test(arguments: samples)
    func theTypeIsTheNarrowestThatAllValuesHave(values: JSONValue, inference: SampledField.Inference) throws {
        var field = SampledField()
        for value in try #require(values.arrayValue) { field.add(value) }
        #expect(field.inference == inference)
    }

    @Test func theSummaryCountsWhatWasSeen() {
        var field = SampledField()
        let values: [JSONValue] = [1, 2.5, "a", .null, .null, ["a"], [], [1], ["a": 1], true]
        for value in values { field.add(value) }
        #expect(
            field.summary(of: 12)
                == "In 10 of 12 objects: 1 Int, 1 Float, 1 Boolean, 1 String, 1 list of strings, 1 empty list, "
                + "1 other list, 1 object, 2 null."
        )
    }

    @Test func namesAreOfGraphQLAndDifferent() {
        var names = FieldNames(taken: ["all", "value"])
        let keys = [
            "risk_score", "riskScore", "risk-score", "all", "all2", "2nd line", "__type", "SLA", "SLA tier", "größe",
            "",
            "日本", "a_1",
        ]
        #expect(
            keys.map { names.name(for: $0) } == [
                "riskScore", "riskScore2", "riskScore3", "all2", "all22", "_2ndLine", "type", "sla", "slaTier", "grE",
                "field", "field2", "a1",
            ]
        )
    }
}
