/// Decides whether some selection sets of a document have fields that cannot be merged.
///
/// Fields are compared by groups rather than by pairs: all those of one response key are compared with the first, and
/// what they select is merged and checked as one set. A set that was checked once is not checked again.
struct FieldMergeCheck {
    private let context: ValidationContext
    /// The number of further fields that may be visited.
    ///
    /// Crafted documents can have exponentially many sets to merge.
    private(set) var remainingFields: Int
    /// Whether the result depends on more than is looked at here.
    ///
    /// A field that repeats an argument does not even have the same arguments as itself.
    private var isUndecided = false
    private var argumentTexts = ArgumentTexts()
    private var pending: [MergedSet] = []
    /// Sets that are not merged with others and that nothing else is likely to reach.
    private var pendingParts: [Part] = []
    private var known: Set<[ObjectIdentifier]> = []
    private var knownShapes: Set<[ObjectIdentifier]> = []
    private var expandedFragments: Set<ObjectIdentifier> = []
    /// Combinations of fragments, by ordinal, whose fields were compared with each other.
    private var spread: Set<[Int]> = []
    private var spreadShapes: Set<[Int]> = []
    /// Fragments, by ordinal, whose fields and those of fragments in them were compared with each other.
    private var comparedFragments: Set<Int> = []
    private var fieldsOfSpreads: [[Int]: [String: [SelectedField]]] = [:]

    init(_ context: ValidationContext, maximumFields: Int? = nil) {
        self.context = context
        remainingFields = maximumFields ?? 20_000 + 16 * context.document.tokenCount
    }

    private struct Part {
        let selectionSet: SelectionSetNode
        let parent: NamedType?
    }

    /// Selection sets whose fields end up in one object of the response.
    private struct MergedSet {
        let parts: [Part]
        /// Whether only shapes matter, because the sets belong to objects of distinct types.
        let isOfDistinctObjects: Bool
    }

    /// Whether there is a conflict in the document, or there may be one but finding it would take too long.
    mutating func findsConflict() -> Bool {
        for case .operation(let node) in context.document.definitions {
            pendingParts.append(
                Part(selectionSet: node.selectionSet, parent: context.schema.rootType(of: node.operation))
            )
        }
        if pendingSetsConflict() { return true }
        // The unused fragments, and those that share the name of a used one.
        for case .fragment(let node) in context.document.definitions
        where !expandedFragments.contains(ObjectIdentifier(node)) {
            schedule([Part(selectionSet: node.selectionSet, parent: context.schema[node.typeCondition.name.value])])
        }
        return pendingSetsConflict()
    }

    /// Whether there is a conflict between any of some fields of one response key.
    mutating func findsConflict(among fields: [SelectedField], ofDistinctObjects: Bool) -> Bool {
        hasConflict(fields, ofDistinctObjects: ofDistinctObjects) || pendingSetsConflict()
    }

    private mutating func pendingSetsConflict() -> Bool {
        while true {
            if let part = pendingParts.popLast() {
                if !openPlainSet(part) { schedule([part]) }
            } else if let set = pending.popLast() {
                if set.parts.count == 1, openPlainSet(set.parts[0]) { continue }
                for group in groups(of: set) where hasConflict(group, ofDistinctObjects: set.isOfDistinctObjects) {
                    return true
                }
            } else {
                return false
            }
            if remainingFields < 0 || isUndecided { return true }
        }
    }

    /// The short way for a set without fragments whose response keys all differ; false if it is another one.
    private mutating func openPlainSet(_ part: Part) -> Bool {
        let selections = part.selectionSet.selections
        guard selections.count <= 16 else { return false }
        for (index, selection) in selections.enumerated() {
            guard case .field(let field) = selection else { return false }
            for case .field(let earlier) in selections[..<index]
            where earlier.responseKey.value == field.responseKey.value {
                return false
            }
        }
        remainingFields -= selections.count
        for case .field(let field) in selections {
            if field.repeatsArgument { isUndecided = true }
            guard let selectionSet = field.selectionSet else { continue }
            let type = returnType(of: SelectedField(field, parent: part.parent))
            pendingParts.append(Part(selectionSet: selectionSet, parent: type))
        }
        return true
    }

    /// The fields of merged sets by response key, those left out that were compared with each other before.
    private mutating func groups(of set: MergedSet) -> [[SelectedField]] {
        var fields = MergedFields()
        for part in set.parts { collect(part.selectionSet, parent: part.parent, into: &fields) }
        guard !fields.spreads.isEmpty else { return fields.groups }
        if fields.groups.isEmpty, fields.spreads.count == 1, comparedFragments.contains(fields.spreads[0]) { return [] }
        let spreads = fields.spreads.sorted()
        let isNew = set.isOfDistinctObjects ? spreadShapes.insert(spreads).inserted : spread.insert(spreads).inserted
        guard isNew else {
            let known = knownFields(of: spreads)
            return fields.groups.map { group in group + (known[group[0].node.responseKey.value] ?? []) }
        }
        expandFragments(in: &fields)
        if !set.isOfDistinctObjects { comparedFragments.formUnion(fields.spreads) }
        return fields.groups
    }

    /// Collects the fields of a set, and the fragments that it spreads.
    private mutating func collect(_ set: SelectionSetNode, parent: NamedType?, into fields: inout MergedFields) {
        remainingFields -= set.selections.count
        for selection in set.selections {
            switch selection {
            case .field(let node):
                if node.repeatsArgument { isUndecided = true }
                fields.add(SelectedField(node, parent: parent))
            case .fragmentSpread(let node):
                if let ordinal = context.fragmentOrdinal(of: node.name.value) { fields.spread(ordinal) }
            case .inlineFragment(let node):
                let type = node.typeCondition.map { context.schema[$0.name.value] } ?? parent
                collect(node.selectionSet, parent: type, into: &fields)
            }
        }
    }

    /// Adds the fields of the fragments that are spread, and of those that these spread.
    private mutating func expandFragments(in fields: inout MergedFields) {
        var next = 0
        while next < fields.spreads.count {
            let fragment = context.fragment(at: fields.spreads[next])
            next += 1
            expandedFragments.insert(ObjectIdentifier(fragment))
            let parent = context.schema[fragment.typeCondition.name.value]
            collect(fragment.selectionSet, parent: parent, into: &fields)
        }
    }

    /// The fields of fragments that were compared with each other before; of leaf fields that are the same, only one.
    private mutating func knownFields(of spreads: [Int]) -> [String: [SelectedField]] {
        if let known = fieldsOfSpreads[spreads] { return known }
        var fields = MergedFields()
        for ordinal in spreads { fields.spread(ordinal) }
        expandFragments(in: &fields)
        var known: [String: [SelectedField]] = [:]
        for group in fields.groups {
            var leaves: Set<LeafIdentity> = []
            known[group[0].node.responseKey.value] = group.filter {
                $0.node.selectionSet != nil || leaves.insert(LeafIdentity($0)).inserted
            }
        }
        fieldsOfSpreads[spreads] = known
        return known
    }

    /// Whether fields of one response key conflict themselves; schedules what they select.
    private mutating func hasConflict(_ fields: [SelectedField], ofDistinctObjects: Bool) -> Bool {
        guard fields.count > 1 else {
            scheduleSelections(of: fields, ofDistinctObjects: ofDistinctObjects)
            return false
        }
        if haveDistinctShapes(fields) { return true }
        // Several fields of one list must not be streamed, not even in the same way.
        if fields.contains(where: { $0.node.stream != nil }) { return true }
        if ofDistinctObjects {
            scheduleSelections(of: fields, ofDistinctObjects: true)
            return false
        }
        let subsets = fields.selectedTogether
        if subsets.count > 1 {
            // graphql-js knows introspection types depending on the order in which it meets them.
            if fields.contains(where: \.isOfIntrospectionType) { return true }
            scheduleSelections(of: fields, ofDistinctObjects: true)
        }
        for subset in subsets {
            guard areSameField(subset) else { return true }
            scheduleSelections(of: subset, ofDistinctObjects: false)
        }
        return false
    }

    private func haveDistinctShapes(_ fields: [SelectedField]) -> Bool {
        guard let first = fields.first(where: { $0.definition != nil }) else { return false }
        return fields.contains { $0.hasOtherShape(than: first, in: context.schema) }
    }

    private mutating func areSameField(_ fields: [SelectedField]) -> Bool {
        guard let first = fields.first?.node else { return true }
        // Others repeat no argument either if they have the same as the first.
        if fields.count > 1, first.repeatsArgument { return false }
        for field in fields.dropFirst() {
            guard field.node.name.value == first.name.value else { return false }
            guard argumentTexts.areEqual(first, field.node) else { return false }
        }
        return true
    }

    private mutating func scheduleSelections(of fields: [SelectedField], ofDistinctObjects: Bool) {
        var parts: [Part] = []
        for field in fields {
            guard let selectionSet = field.node.selectionSet else { continue }
            parts.append(Part(selectionSet: selectionSet, parent: returnType(of: field)))
        }
        schedule(parts, ofDistinctObjects: ofDistinctObjects)
    }

    /// The type that a field's selections are made from, also of `__schema` and `__type`.
    private func returnType(of field: SelectedField) -> NamedType? {
        let schema = context.schema
        let definition = field.definition ?? field.parent.flatMap { schema.field(named: field.node.name.value, on: $0) }
        return definition.map { schema.namedType(of: $0.type) }
    }

    private mutating func schedule(_ parts: [Part], ofDistinctObjects: Bool = false) {
        // A set alone is checked as that of one object.
        if parts.isEmpty || (ofDistinctObjects && parts.count == 1) { return }
        let key = parts.count == 1 ? [ObjectIdentifier(parts[0].selectionSet)] : key(of: parts)
        let isNew = ofDistinctObjects ? knownShapes.insert(key).inserted : known.insert(key).inserted
        if isNew { pending.append(MergedSet(parts: parts, isOfDistinctObjects: ofDistinctObjects)) }
    }

    private func key(of parts: [Part]) -> [ObjectIdentifier] {
        Array(Set(parts.map { ObjectIdentifier($0.selectionSet) })).sorted()
    }
}

/// Distinguishes fields without selections that were found to be the same field.
private struct LeafIdentity: Hashable {
    let objectType: TypeID?
    let definition: ObjectIdentifier?

    init(_ field: SelectedField) {
        objectType = field.objectType
        definition = field.definition.map { ObjectIdentifier($0) }
    }
}

/// Fields by response key, in order of each key's first field, and the fragments spread among them.
private struct MergedFields {
    private(set) var groups: [[SelectedField]] = []
    private(set) var spreads: [Int] = []
    private var ordinals: [String: Int] = [:]
    private var knownSpreads: Set<Int> = []

    /// Up to how many things are found by looking at one after the other.
    // PERF: most sets are small, and hashing a name takes as long as a dozen comparisons.
    private static let searchLimit = 12

    mutating func add(_ field: SelectedField) {
        let key = field.node.responseKey.value
        if let known = ordinal(of: key) {
            groups[known].append(field)
        } else {
            if groups.count >= Self.searchLimit { ordinals[key] = groups.count }
            groups.append([field])
        }
    }

    private mutating func ordinal(of key: String) -> Int? {
        if groups.count < Self.searchLimit { return groups.firstIndex { $0[0].node.responseKey.value == key } }
        if ordinals.isEmpty {
            for (index, group) in groups.enumerated() { ordinals[group[0].node.responseKey.value] = index }
        }
        return ordinals[key]
    }

    mutating func spread(_ fragment: Int) {
        if spreads.count < Self.searchLimit {
            if !spreads.contains(fragment) { spreads.append(fragment) }
            return
        }
        if knownSpreads.isEmpty { knownSpreads.formUnion(spreads) }
        if knownSpreads.insert(fragment).inserted { spreads.append(fragment) }
    }
}

extension [SelectedField] {
    /// Subsets whose fields can be selected for the same object: by object type, fields of other types in each.
    fileprivate var selectedTogether: [[SelectedField]] {
        var types: [TypeID] = []
        var known: Set<TypeID> = []
        for field in self {
            if let type = field.objectType, known.insert(type).inserted { types.append(type) }
        }
        guard types.count > 1 else { return [self] }
        return types.map { type in filter { $0.objectType == nil || $0.objectType == type } }
    }
}
