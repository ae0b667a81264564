internal import JSON

/// A leaf field whose value can be copied from the parent's JSON as raw bytes, as plain numbers.
///
/// What does not fit (a value of another kind, a null in a non-null place) is left to full completion.
// PERF: most fields of most responses.
struct LeafCopy: Sendable {
    /// The member that holds the value.
    let member: KeyDigest
    /// Where the field's encoded key lies in the plan's table of keys, with its comma.
    let key: Range<Int>
    /// The kinds of value that are valid as they stand, one bit each.
    private let kinds: UInt16

    /// Describes a field; one that is no member has no name to look for, and one that is no such leaf fits no value.
    init(of field: PlanField, key: Range<Int>, strictness: Strictness) {
        self.key = key
        guard case .member(let member) = field.source else {
            self.member = JSONKey("").digest
            kinds = 0
            return
        }
        self.member = member.digest
        guard field.shape.listDepth == 0, case .constant = field.arguments else {
            kinds = 0
            return
        }
        var kinds = Self.verbatimKinds(of: field.shape.leaf, strictness: strictness)
        if !field.shape.isNonNull(level: 0), !kinds.isEmpty { kinds.append(.null) }
        self.kinds = kinds.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    }

    /// Whether a value of that kind can be copied.
    func copies(_ kind: JSONNode.Kind) -> Bool {
        kinds & (1 << UInt16(kind.rawValue)) != 0
    }

    /// Whether any value can be copied.
    var copiesAny: Bool { kinds != 0 }

    private static func verbatimKinds(of leaf: TypeShape.Leaf, strictness: Strictness) -> [JSONNode.Kind] {
        switch leaf {
        case .string, .id: [.string]
        case .boolean: [.true, .false]
        case .float: [.integer, .number]
        case .customScalar:
            // In local data an object can be a marker.
            [.true, .false, .integer, .number, .string, .array] + (strictness == .upstream ? [.object] : [])
        case .int, .enumeration, .composite: []
        }
    }
}
