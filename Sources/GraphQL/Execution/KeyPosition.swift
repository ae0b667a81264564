/// The position of a key in serialized data, from its quote to its colon.
struct KeyPosition: Sendable {
    /// The index of the key in `KeysBelowRoot`.
    let ordinal: UInt32
    let start: UInt32
    let end: UInt32

    /// Finds all keys in the values of a plan's root fields.
    ///
    /// - Precondition: the plan has serialized the values, with the keys of these steps, and it `hasStaticKeys`.
    static func all(in bytes: [UInt8], values: [Range<Int>], of plan: Plan, _ steps: PlanSteps) -> [KeyPosition] {
        var search = KeySearch(bytes: bytes, plan: plan, steps: steps)
        var ordinal = 0
        for (field, value) in zip(plan[plan.root].variants[0].fields, values) {
            search.position = value.lowerBound
            search.value(of: field, firstOrdinal: ordinal)
            ordinal += search.keyCount(below: field)
        }
        return search.found
    }
}

/// Visits serialized data along the plan that produced it.
private struct KeySearch {
    let bytes: [UInt8]
    let plan: Plan
    let steps: PlanSteps
    var position = 0
    var found: [KeyPosition] = []
    /// The number of keys in the selection of each field, at all depths.
    private let keyCounts: [Int]

    init(bytes: [UInt8], plan: Plan, steps: PlanSteps) {
        self.bytes = bytes
        self.steps = steps
        self.plan = plan
        var counts = [Int](repeating: 0, count: plan.fields.count)
        Self.count(plan.root, of: plan, into: &counts)
        keyCounts = counts
    }

    @discardableResult
    private static func count(_ id: PlanSelectionID, of plan: Plan, into counts: inout [Int]) -> Int {
        var all = 0
        for field in plan[id].variants[0].fields {
            if let selection = plan[field].selection { counts[field.index] = count(selection, of: plan, into: &counts) }
            all += 1 + counts[field.index]
        }
        return all
    }

    /// The number of keys in a field's selection, at all depths.
    func keyCount(below id: PlanFieldID) -> Int { keyCounts[id.index] }

    /// Visits a field's value; the first key below the field has this index.
    mutating func value(of id: PlanFieldID, firstOrdinal: Int) {
        guard let selection = plan[id].selection else {
            skipValue()
            return
        }
        composite(plan[selection].variants[0].fields, firstOrdinal: firstOrdinal)
    }

    /// Visits null, an object or a list of these.
    private mutating func composite(_ fields: [PlanFieldID], firstOrdinal: Int) {
        switch bytes[position] {
        case UInt8(ascii: "["):
            position += 1
            while bytes[position] != UInt8(ascii: "]") {
                composite(fields, firstOrdinal: firstOrdinal)
                if bytes[position] == UInt8(ascii: ",") { position += 1 }
            }
            position += 1
        case UInt8(ascii: "{"):
            var ordinal = firstOrdinal
            for field in fields {
                // The brace or the comma.
                position += 1
                let end = position + steps.steps[field.index].leaf.key.count - 1
                found.append(KeyPosition(ordinal: UInt32(ordinal), start: UInt32(position), end: UInt32(end)))
                position = end
                value(of: field, firstOrdinal: ordinal + 1)
                ordinal += 1 + keyCount(below: field)
            }
            position += fields.isEmpty ? 2 : 1
        default:
            skipValue()
        }
    }

    /// Skips any JSON value.
    private mutating func skipValue() {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                return
            default:
                break
            }
            position += 1
        }
    }

    private mutating func skipString() {
        position += 1
        while bytes[position] != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        position += 1
    }
}
