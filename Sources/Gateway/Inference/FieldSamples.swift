internal import GraphQL
internal import JSON

/// The values that the keys of free-form objects were seen with.
struct FieldSamples {
    /// What was seen of one key.
    struct Key {
        let name: String
        var integers = 0
        var numbers = 0
        var booleans = 0
        var texts = 0
        var textLists = 0
        var others = 0

        /// In how many objects it had a value.
        var count: Int { integers + numbers + booleans + texts + textLists + others }
    }

    private(set) var keys: [Key] = []
    /// How many objects there were.
    private(set) var count = 0
    private var positions: [String: Int] = [:]

    /// Looks at one object.
    mutating func add(_ object: JSONObject) {
        count += 1
        for (name, value) in object {
            let position = positions[name] ?? keys.count
            if position == keys.count {
                positions[name] = position
                keys.append(Key(name: name))
            }
            keys[position].add(value)
        }
    }
}

extension FieldSamples.Key {
    fileprivate mutating func add(_ value: JSONValue) {
        switch value {
        case .null: break
        case .bool: booleans += 1
        case .string: texts += 1
        case .number(let number):
            if number.isInteger, number.intValue.map({ Int32(exactly: $0) != nil }) ?? false {
                integers += 1
            } else {
                numbers += 1
            }
        case .array(let items):
            if items.allSatisfy({ $0.stringValue != nil }) { textLists += 1 } else { others += 1 }
        case .object: others += 1
        }
    }

    /// The type that all values are of, in SDL; `any` if there is no better one.
    func type(orElse any: String) -> String {
        switch count {
        case 0: any
        case integers: "Int"
        case integers + numbers: "Float"
        case booleans: "Boolean"
        case texts: "String"
        case textLists: "[String!]"
        default: any
        }
    }

    /// What was seen, in words.
    func description(of total: Int) -> String {
        guard count > 0 else { return "No value in \(total) samples." }
        let kinds = [
            (integers, "an integer"), (numbers, "a number"), (booleans, "a boolean"), (texts, "a text"),
            (textLists, "a list of texts"), (others, "something else"),
        ].filter { $0.0 > 0 }
        guard kinds.count > 1 else { return "In \(count) of \(total) samples \(kinds[0].1)." }
        return "A value in \(count) of \(total) samples: \(kinds.map { "\($0.1) in \($0.0)" }.joined(separator: ", "))."
    }
}
