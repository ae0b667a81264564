import JSON
import TestSupport
import Testing

@testable import Gateway

/// Differences between results, by RFC 6902.
@Suite struct JSONPatchTests {
    private static let cases: [(old: String, new: String, patch: String)] = [
        (#"{"a":1}"#, #"{"a":1}"#, "[]"),
        (#"{"a":1}"#, #"{"a":2}"#, #"[{"op":"replace","path":"/a","value":2}]"#),
        (#"{"a":1,"b":2}"#, #"{"b":2}"#, #"[{"op":"remove","path":"/a"}]"#),
        (#"{"a":1}"#, #"{"a":1,"b/c~d":[]}"#, #"[{"op":"add","path":"/b~1c~0d","value":[]}]"#),
        // A mark that combines with the sign before it.
        (
            "{\"a\":1}", "{\"a\":1,\"b/\u{301}~\u{FE0F}\":2}",
            "[{\"op\":\"add\",\"path\":\"/b~1\u{301}~0\u{FE0F}\",\"value\":2}]"
        ),
        (#"{"l":[1,2,3]}"#, #"{"l":[1,3]}"#, #"[{"op":"remove","path":"/l/1"}]"#),
        (#"{"l":[1,3]}"#, #"{"l":[1,2,3]}"#, #"[{"op":"add","path":"/l/1","value":2}]"#),
        (#"{"l":[{"t":"x"},2]}"#, #"{"l":[{"t":"y"},2]}"#, #"[{"op":"replace","path":"/l/0/t","value":"y"}]"#),
        ("[1]", #"{"a":1}"#, #"[{"op":"replace","path":"","value":{"a":1}}]"#),
        ("[1,2]", "[]", #"[{"op":"remove","path":"/1"},{"op":"remove","path":"/0"}]"#),
    ]

    @Test(arguments: cases)
    func patchesAreShort(old: String, new: String, patch: String) throws {
        let (old, new) = (try JSONValue(parsing: Array(old.utf8)), try JSONValue(parsing: Array(new.utf8)))
        let operations = JSONValue.array(JSONPatch(from: old, to: new).operations)
        #expect(operations == (try JSONValue(parsing: Array(patch.utf8))))
    }

    @Test func aPatchMakesOneValueTheOther() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let (old, new) = (Self.value(&random, depth: 0), Self.value(&random, depth: 0))
            var patched = old
            for operation in JSONPatch(from: old, to: new).operations {
                patched = try Self.apply(operation, to: patched)
            }
            #expect(patched == new)
        }
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch random.below(depth > 3 ? 2 : 6) {
        case 0: return .integer(random.below(3))
        case 1: return .string(["a", "b"][random.below(2)])
        case 2, 3: return .array((0..<random.below(4)).map { _ in value(&random, depth: depth + 1) })
        default:
            let names = ["a", "b/c", "~"].filter { _ in random.below(3) > 0 }
            return .object(JSONObject(names.map { ($0, value(&random, depth: depth + 1)) }))
        }
    }

    private static func apply(_ operation: JSONValue, to value: JSONValue) throws -> JSONValue {
        let path = try #require(operation["path"]?.stringValue)
        let names = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        return try apply(try #require(operation["op"]?.stringValue), operation["value"], names[...], value)
    }

    private static func apply(
        _ name: String,
        _ added: JSONValue?,
        _ path: ArraySlice<String>,
        _ value: JSONValue
    ) throws -> JSONValue {
        guard let first = path.first else { return try #require(added) }
        let isLast = path.count == 1
        switch value {
        case .object(var members):
            members[first] = isLast ? added : try apply(name, added, path.dropFirst(), try #require(members[first]))
            return .object(members)
        case .array(var items):
            let index = try #require(Int(first))
            switch (isLast, name) {
            case (false, _): items[index] = try apply(name, added, path.dropFirst(), items[index])
            case (true, "remove"): items.remove(at: index)
            case (true, "add"): items.insert(try #require(added), at: index)
            default: items[index] = try #require(added)
            }
            return .array(items)
        case .null, .bool, .number, .string:
            Issue.record("There is nothing in \(value).")
            return value
        }
    }
}
