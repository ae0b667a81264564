/// Finds conflicts between fields, pair by pair, in the order in which graphql-js finds them.
///
/// It ends when it has found more than may still be reported; its work counts towards that of the whole validation:
/// documents that have conflicts are refused anyway.
final class FieldConflictSearch {
    private let context: ValidationContext
    private var isEnded = false
    private var depth = 0
    /// The number of comparisons in progress that collect conflicts for an error.
    private var collectors = 0
    private var collections: [ObjectIdentifier: FieldCollection] = [:]
    private var fragmentPairs = ComparedPairs<FragmentPair>()
    private var fieldsAndFragments = ComparedPairs<FieldsAndFragment>()
    private var argumentTexts = ArgumentTexts()
    private var found: [FieldConflict] = []

    init(_ context: ValidationContext) {
        self.context = context
    }

    /// The conflicts between fields that a selection set selects, itself or through fragments.
    func conflicts(within selectionSet: SelectionSetNode, parent: NamedType?) -> [FieldConflict] {
        collecting {
            let fields = collection(of: selectionSet, parent: parent)
            compareWithin(fields)
            for (index, name) in fields.fragmentNames.enumerated() {
                compare(fields, withFragment: name, ofDistinctObjects: false)
                for other in fields.fragmentNames[(index + 1)...] {
                    compareFragments(name, other, ofDistinctObjects: false)
                }
            }
        }
    }

    /// The findings of a comparison, without earlier ones.
    private func collecting(_ comparison: () -> Void) -> [FieldConflict] {
        let outer = found
        found = []
        collectors += 1
        comparison()
        collectors -= 1
        let inner = found
        found = outer
        return inner
    }

    /// Whether the search was aborted before it had found what can be reported.
    private(set) var isExhausted = false

    /// Counts work; false if the search has ended.
    private func spend(_ work: Int = 1) -> Bool {
        if isEnded { return false }
        if depth > Self.maximumDepth || !context.canSpend(work) {
            isEnded = true
            isExhausted = true
        }
        return !isEnded
    }

    private static let maximumDepth = 600

    private func compareWithin(_ collection: FieldCollection) {
        for group in collection.groups where group.fields.count > 1 {
            if group.fields.count > 8 {
                compareMany(group, with: nil, ofDistinctObjects: false)
                continue
            }
            for (index, field) in group.fields.enumerated() {
                for other in group.fields[(index + 1)...] {
                    guard spend() else { return }
                    compare(field, other, responseKey: group.responseKey, ofDistinctObjects: false)
                }
            }
        }
    }

    private func compare(_ a: FieldCollection, _ b: FieldCollection, ofDistinctObjects: Bool) {
        for group in a.groups {
            guard spend() else { return }
            guard let others = b[group.responseKey] else { continue }
            if group.fields.count * others.count > 64 {
                compareMany(group, with: others, ofDistinctObjects: ofDistinctObjects)
                continue
            }
            for field in group.fields {
                for other in others {
                    guard spend() else { return }
                    compare(field, other, responseKey: group.responseKey, ofDistinctObjects: ofDistinctObjects)
                }
            }
        }
    }

    /// Compares many fields with many others, or with each other if these are nil; pairs that cannot conflict are left out.
    private func compareMany(_ group: FieldCollection.Group, with others: [SelectedField]?, ofDistinctObjects: Bool) {
        let fields = group.fields + (others ?? [])
        guard mayConflict(fields, ofDistinctObjects: ofDistinctObjects) else { return }
        var classes = FieldClasses(fields, in: context.document.source.text)
        var leftOut = 0
        for index in group.fields.indices {
            for other in (others == nil ? index + 1 : group.fields.count)..<fields.count {
                if classes.areKnownToAgree(index, other) {
                    leftOut += 1
                    if leftOut.isMultiple(of: 16), !spend() { return }
                    continue
                }
                guard spend() else { return }
                let before = found.count
                compare(
                    fields[index],
                    fields[other],
                    responseKey: group.responseKey,
                    ofDistinctObjects: ofDistinctObjects
                )
                if found.count == before { classes.noteAgreement(index, other) }
            }
        }
    }

    /// Whether it is worth comparing many fields pair by pair.
    private func mayConflict(_ fields: [SelectedField], ofDistinctObjects: Bool) -> Bool {
        guard spend(fields.count) else { return false }
        // Enough for sets that are merged once or twice; where combinations of fragments multiply, pairs are fewer.
        let maximum = 2 * context.document.source.text.count
        var check = FieldMergeCheck(context, maximumFields: maximum)
        let result = check.findsConflict(among: fields, ofDistinctObjects: ofDistinctObjects)
        return spend((maximum - check.remainingFields) / 4) && result
    }

    /// Whether two selection sets are so large that a look at all of their fields pays before they are compared in pairs.
    private func areLarge(_ set: SelectionSetNode, _ other: SelectionSetNode) -> Bool {
        min(set.range.end - set.range.start, other.range.end - other.range.start) > 256
    }

    private func compare(_ collection: FieldCollection, withFragment name: String, ofDistinctObjects: Bool) {
        let pair = FieldsAndFragment(collection, name)
        guard spend(), fieldsAndFragments.insert(pair, ofDistinctObjects: ofDistinctObjects) else { return }
        guard let fragment = context.fragment(named: name) else { return }
        let fragmentFields = self.collection(of: fragment)
        guard fragmentFields !== collection else { return }
        depth += 1
        defer { depth -= 1 }
        compare(collection, fragmentFields, ofDistinctObjects: ofDistinctObjects)
        for inner in fragmentFields.fragmentNames {
            compare(collection, withFragment: inner, ofDistinctObjects: ofDistinctObjects)
        }
    }

    private func compareFragments(_ name: String, _ other: String, ofDistinctObjects: Bool) {
        guard name != other, spend() else { return }
        guard fragmentPairs.insert(FragmentPair(name, other), ofDistinctObjects: ofDistinctObjects) else { return }
        guard let fragment = context.fragment(named: name), let otherFragment = context.fragment(named: other) else {
            return
        }
        depth += 1
        defer { depth -= 1 }
        let fields = collection(of: fragment)
        let otherFields = collection(of: otherFragment)
        compare(fields, otherFields, ofDistinctObjects: ofDistinctObjects)
        for inner in otherFields.fragmentNames { compareFragments(name, inner, ofDistinctObjects: ofDistinctObjects) }
        for inner in fields.fragmentNames { compareFragments(inner, other, ofDistinctObjects: ofDistinctObjects) }
    }

    private func compare(
        _ field: SelectedField,
        _ other: SelectedField,
        responseKey: String,
        ofDistinctObjects: Bool
    ) {
        let areOfDistinctObjects = ofDistinctObjects || field.isNeverSelected(with: other)
        if let reason = reason(field, other, ofDistinctObjects: areOfDistinctObjects) {
            add(FieldConflict(responseKey, reason, field, other))
        } else if let selectionSet = field.node.selectionSet, let otherSet = other.node.selectionSet {
            if areLarge(selectionSet, otherSet),
                !mayConflict([field, other], ofDistinctObjects: areOfDistinctObjects)
            {
                return
            }
            let fields = collection(of: selectionSet, parent: returnType(of: field))
            let otherFields = collection(of: otherSet, parent: returnType(of: other))
            let inner = conflicts(between: fields, otherFields, ofDistinctObjects: areOfDistinctObjects)
            FieldConflict(responseKey, because: inner, field, other).map(add)
        }
    }

    /// The reason why two fields conflict, apart from their selections.
    private func reason(_ field: SelectedField, _ other: SelectedField, ofDistinctObjects: Bool) -> String? {
        if !ofDistinctObjects {
            let name = field.node.name.value
            let otherName = other.node.name.value
            if name != otherName { return "\"\(name)\" and \"\(otherName)\" are different fields" }
            if !argumentTexts.areEqual(field.node, other.node) { return "they have differing arguments" }
        }
        if let reason = reasonOfStreams(field.node, other.node) { return reason }
        guard let type = field.definition?.type, let otherType = other.definition?.type else { return nil }
        guard field.hasOtherShape(than: other, in: context.schema) else { return nil }
        let text = context.schema.text(of: type)
        return "they return conflicting types \"\(text)\" and \"\(context.schema.text(of: otherType))\""
    }

    private func reasonOfStreams(_ field: FieldNode, _ other: FieldNode) -> String? {
        let reason = "they have overlapping stream directives"
        guard let stream = field.stream else { return other.stream == nil ? nil : reason }
        guard let otherStream = other.stream, ArgumentTexts.areEqual(stream.arguments, otherStream.arguments) else {
            return reason
        }
        return reason + ". See https://github.com/graphql/defer-stream-wg/discussions/100"
    }

    private func conflicts(
        between fields: FieldCollection,
        _ otherFields: FieldCollection,
        ofDistinctObjects: Bool
    ) -> [FieldConflict] {
        depth += 1
        defer { depth -= 1 }
        return collecting {
            compare(fields, otherFields, ofDistinctObjects: ofDistinctObjects)
            for name in otherFields.fragmentNames {
                compare(fields, withFragment: name, ofDistinctObjects: ofDistinctObjects)
            }
            for name in fields.fragmentNames {
                compare(otherFields, withFragment: name, ofDistinctObjects: ofDistinctObjects)
            }
            for name in fields.fragmentNames {
                for other in otherFields.fragmentNames {
                    compareFragments(name, other, ofDistinctObjects: ofDistinctObjects)
                }
            }
        }
    }

    private func add(_ conflict: FieldConflict) {
        // Each error lists all conflicts within its own, so long texts are expensive.
        guard spend(8 + conflict.reason.utf8.count / 32) else { return }
        found.append(conflict)
        // One more than can be listed, which ends the validation.
        if collectors == 1, found.count > context.remainingErrors { isEnded = true }
    }

    private func returnType(of field: SelectedField) -> NamedType? {
        field.definition.map { context.schema.namedType(of: $0.type) }
    }

    private func collection(of fragment: FragmentDefinitionNode) -> FieldCollection {
        collection(of: fragment.selectionSet, parent: context.schema[fragment.typeCondition.name.value])
    }

    private func collection(of selectionSet: SelectionSetNode, parent: NamedType?) -> FieldCollection {
        let key = ObjectIdentifier(selectionSet)
        if let known = collections[key] { return known }
        let collection = FieldCollection(selectionSet, parent: parent, schema: context.schema)
        collections[key] = collection
        return collection
    }
}
