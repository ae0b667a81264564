internal import JSON

/// A leaf field whose value can be copied from the parent's JSON as raw bytes, as plain numbers.
///
/// What does not fit (a value of another kind, a null in a non-null place) is left to full completion.
// PERF: most fields of most responses.
struct LeafCopy: Sendable {
    /// The member that holds the value.
    let member: KeyDigest
    /// Where the field's encoded key lies in the plan's table of keys, with its comma.
    private(set) var key = 0..<0
    /// The kinds of value that are valid as they stand, one bit each.
    private var kinds: UInt16 = 0

    private static let noMember = JSONKey("").digest

    /// Describes a field of the schema; one that is no member has no name to look for, and one that is no such leaf fits no
    /// value.
    init(of source: FieldSource, shape: TypeShape, strictness: Strictness) {
        guard case .member(let member) = source else {
            self.member = Self.noMember
            return
        }
        self.member = member.digest
        guard shape.listDepth == 0 else { return }
        var kinds = Self.verbatimKinds(of: shape.leaf, strictness: strictness)
        if !shape.isNonNull(level: 0), !kinds.isEmpty { kinds.append(.null) }
        self.kinds = kinds.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    }

    /// The same for a field of a plan: with its key; one whose arguments may be wrong fits no value.
    func inPlan(key: Range<Int>, hasConstantArguments: Bool) -> LeafCopy {
        var copy = self
        copy.key = key
        if !hasConstantArguments { copy.kinds = 0 }
        return copy
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
