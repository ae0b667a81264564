/// Many fields of one response key, distinguished by their text and the type that they are selected from.
///
/// Pairs of the same two classes conflict alike, so that one comparison that finds nothing spares the others. Not so for
/// fields with fragments inside: of these, comparisons are left out that were made elsewhere.
struct FieldClasses {
    /// The class of each field.
    private var classes: [Int] = []
    private var count = 0
    /// Whether fields of a class may have fragments inside.
    private var haveFragments: [Bool] = []
    /// Whether a comparison of two classes found nothing, class by class; empty if there are too many classes.
    private var areConflictFree: [Bool] = []

    private struct Identity: Hashable {
        let text: ArraySlice<UInt8>
        let parent: TypeID?
    }

    /// Sorts fields whose ranges refer to a text.
    init(_ fields: [SelectedField], in text: [UInt8]) {
        var known: [Identity: Int] = [:]
        for field in fields {
            let range = field.node.range
            let bytes = text.prefix(Int(range.end)).dropFirst(Int(range.start))
            let identity = Identity(text: bytes, parent: field.parent?.id)
            if let known = known[identity] {
                classes.append(known)
            } else {
                classes.append(known.count)
                known[identity] = known.count
                haveFragments.append(bytes.contains(UInt8(ascii: ".")))
            }
        }
        count = known.count
        if count <= 256 { areConflictFree = Array(repeating: false, count: count * count) }
    }

    /// Whether a comparison like that of two fields, by position, found nothing.
    func areKnownToAgree(_ a: Int, _ b: Int) -> Bool {
        !areConflictFree.isEmpty && areConflictFree[classes[a] * count + classes[b]]
    }

    /// Notes that a comparison of two fields, by position, found nothing.
    mutating func noteAgreement(_ a: Int, _ b: Int) {
        if areConflictFree.isEmpty || haveFragments[classes[a]] || haveFragments[classes[b]] { return }
        areConflictFree[classes[a] * count + classes[b]] = true
    }
}
