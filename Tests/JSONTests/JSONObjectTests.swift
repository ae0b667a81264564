import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test(arguments: [0, 1, 8, 15, 16, 17, 18, 40])
    func keepsTheOrderOfItsMembers(_ count: Int) {
        var object = JSONObject()
        let keys = (0..<count).map { "key\($0 * 7 % 41)" }
        for (index, key) in keys.enumerated() { #expect(object.updateValue(.integer(index), forKey: key) == nil) }
        #expect(object.keys == keys)
        #expect(object.values == (0..<count).map { .integer($0) })
        for (index, key) in keys.enumerated() {
            #expect(object[key] == .integer(index))
            #expect(object.updateValue(.null, forKey: key) == .integer(index))
        }
        #expect(object.count == count)
        #expect(object.keys == keys)
        #expect(object["other"] == nil)
    }

    @Test(arguments: [1, 16, 17, 18, 40])
    func removesMembers(_ count: Int) {
        let keys = (0..<count).map { "key\($0)" }
        for removed in keys {
            var object = JSONObject(keys.map { ($0, .string($0)) })
            #expect(object.removeValue(forKey: removed) == .string(removed))
            #expect(object.removeValue(forKey: removed) == nil)
            #expect(object.keys == keys.filter { $0 != removed })
            for key in keys { #expect(object[key] == (key == removed ? nil : .string(key))) }
        }
    }

    @Test func setsAndRemovesBySubscript() {
        var object: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(Array(object.keys) == ["a", "b"])
        object["a"] = nil
        object["c"] = .null
        #expect(object == ["b": 2, "c": nil])
        #expect(object["c"] == JSONValue.null)
        #expect(!object.isEmpty)
        #expect(JSONObject().isEmpty)
    }

    @Test func distinguishesKeysThatLookAlike() {
        for padding in [0, 20] {
            var object = JSONObject((0..<padding).map { ("\($0)", .null) })
            object["\u{E9}"] = 1
            object["e\u{301}"] = 2
            #expect(object.count == padding + 2)
            #expect(object["\u{E9}"] == 1)
            #expect(object["e\u{301}"] == 2)
        }
    }
}
