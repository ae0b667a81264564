internal import JSON

/// A leaf field whose value can be copied from the parent's JSON as raw bytes, as plain numbers.
///
/// A value that does not fit (of another kind, a null in a non-null position) is left to full completion.
// PERF: most fields of most responses.
struct LeafCopy: Sendable {
    /// The digest of the member's key.
    private(set) var member: KeyDigest
    /// The range of the field's encoded key in the plan's table of keys, with its comma.
    var key = 0..<0
    /// The kinds of JSON values that can be copied unchanged, one bit each.
    private var kinds: UInt16 = 0
    private let integers: Integers

    private static let noMember = JSONKey("").digest

    /// The way in which an integer is copied.
    fileprivate enum Integers {
        /// Unchanged, if it is certainly within the range of a double.
        case verbatim
        /// In quotes: it is an ID.
        ///
        /// https://spec.graphql.org/September2025/#sec-ID.Result-Coercion
        case quoted
        /// Unchanged, if it certainly fits into 32 bits.
        case verbatimIfSmall
    }

    /// Makes the description of a field in the schema; for a field that cannot be copied, it matches no value.
    ///
    /// A plan sets the member.
    init(of source: FieldSource, shape: TypeShape, strictness: Strictness) {
        integers = Integers(of: shape.leaf)
        if case .member(let key) = source { member = key.digest } else { member = Self.noMember }
        guard source.isMember, shape.listDepth == 0 else { return }
        var kinds = Self.verbatimKinds(of: shape.leaf, strictness: strictness)
        if !shape.isNonNull(level: 0), !kinds.isEmpty { kinds.append(.null) }
        self.kinds = kinds.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    }

    /// A copy for a field of a plan, with the member that its arguments select; nil: the arguments are unknown or invalid, so that it matches
    /// no value.
    func inPlan(_ member: JSONKey?) -> LeafCopy {
        var copy = self
        if let member { copy.member = member.digest } else { copy.kinds = 0 }
        return copy
    }

    /// Whether a value can be copied.
    // PERF: for each leaf of a response; only numbers need a second look.
    @inline(__always)
    func copies(_ node: JSONNode, in text: Span<UInt8>) -> Bool {
        guard kinds & (1 << UInt16(node.kind.rawValue)) != 0 else { return false }
        switch node.kind {
        case .null, .true, .false, .string, .array, .object, .link, .reference: return true
        case .integer: return copiesInteger(node, in: text)
        case .number: return node.isCertainlyFinite(in: text)
        }
    }

    private func copiesInteger(_ node: JSONNode, in text: Span<UInt8>) -> Bool {
        let length = node.end - node.start
        switch integers {
        case .verbatim: return length <= JSONNode.longestCertainlyFinite
        case .quoted: return true
        // Zero has no sign in a response.
        case .verbatimIfSmall: return length <= 9 && !(length == 2 && text[Int(node.start) + 1] == UInt8(ascii: "0"))
        }
    }

    /// Whether a value is copied in quotes that it does not have.
    @inline(__always)
    func quotes(_ kind: JSONNode.Kind) -> Bool { kind == .integer && integers == .quoted }

    /// Whether any value can be copied.
    var copiesAny: Bool { kinds != 0 }

    private static func verbatimKinds(of leaf: TypeShape.Leaf, strictness: Strictness) -> [JSONNode.Kind] {
        switch leaf {
        case .string: [.string]
        case .id: [.string, .integer]
        case .boolean: [.true, .false]
        case .float: [.integer, .number]
        case .customScalar:
            // In local data an object can be a marker.
            [.true, .false, .integer, .number, .string, .array] + (strictness == .upstream ? [.object] : [])
        case .int: [.integer]
        case .enumeration, .plainForm, .composite: []
        }
    }
}

extension LeafCopy.Integers {
    /// The way in which integers of a type are copied.
    fileprivate init(of leaf: TypeShape.Leaf) {
        switch leaf {
        case .id: self = .quoted
        case .int: self = .verbatimIfSmall
        case .float, .string, .boolean, .customScalar, .plainForm, .enumeration, .composite: self = .verbatim
        }
    }
}

extension JSONNode {
    /// The most digits of an integer that is certainly within the range of a double.
    fileprivate static let longestCertainlyFinite: UInt32 = 300

    /// Whether a number with a fraction or an exponent cannot be too large for a double.
    fileprivate func isCertainlyFinite(in text: Span<UInt8>) -> Bool {
        guard end - start <= Self.longestCertainlyFinite else { return false }
        var index = Int(start)
        while index < Int(end) {
            // Only an exponent makes a short number large: both letters differ in this bit alone.
            if text[index] | 0x20 == UInt8(ascii: "e") { return false }
            index += 1
        }
        return true
    }
}
