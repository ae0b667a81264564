/// A plan as plain numbers: what is read of it at every row of a list.
// PERF: measured: with classes and structs of arrays alone, 40 % of the time of a response from memory went to counting
// references, which threads that share a plan's documents contend for.
struct PlanSteps: Sendable {
    /// One field.
    struct Step: Sendable {
        let leaf: LeafCopy
        let shape: TypeShape
        let source: Source
        /// The index of the selection, -1 for leaves.
        let selection: Int
        let leadsToBound: Bool
        /// Whether a field below is bound, so that equal values are written differently.
        let leadsToBoundBelow: Bool
        /// Whether arguments have to be looked at, as they may be wrong.
        let hasVariableArguments: Bool

        /// Where the value comes from, as far as it matters at every row.
        enum Source: Sendable {
            case member
            case bound
            case typename
            case other
        }
    }

    /// One selection set.
    struct Selection: Sendable {
        let type: TypeID
        /// The first of its variants in `variants`.
        let firstVariant: Int
        /// Whether the type is an object type, so that there is one variant.
        let isConcrete: Bool
        let containsBound: Bool
        /// Whether objects of some types fail.
        let mayFail: Bool
    }

    let steps: [Step]
    let selections: [Selection]
    /// Where the fields of each variant lie in `fields`.
    let variants: [Range<Int>]
    let fields: [PlanFieldID]
    /// The encoded keys of all fields, one after the other, each with its comma.
    let encodedKeys: [UInt8]

    init(_ tree: PlanTree, executable: ExecutableSchema) {
        var keys: [UInt8] = []
        keys.reserveCapacity(tree.fields.count * 12)
        steps = tree.fields.map { field in
            let start = keys.count
            keys.append(encodedKey: field.responseKey)
            let leadsToBoundBelow = field.selection.map { tree.selections[$0.index].containsBound } ?? false
            return Step(field, key: start..<keys.count, leadsToBoundBelow: leadsToBoundBelow)
        }
        encodedKeys = keys
        var variants: [Range<Int>] = []
        variants.reserveCapacity(tree.selections.count)
        var fields: [PlanFieldID] = []
        fields.reserveCapacity(tree.fields.count)
        selections = tree.selections.map { selection in
            let firstVariant = variants.count
            for variant in selection.variants {
                variants.append(fields.count..<fields.count + variant.fields.count)
                fields.append(contentsOf: variant.fields)
            }
            return Selection(
                type: selection.type,
                firstVariant: firstVariant,
                isConcrete: executable.schema[selection.type].kind == .object,
                containsBound: selection.containsBound,
                mayFail: selection.variants.contains { $0.failure != nil }
            )
        }
        self.variants = variants
        self.fields = fields
    }
}

extension PlanSteps.Step {
    init(_ field: PlanField, key: Range<Int>, leadsToBoundBelow: Bool) {
        self.leadsToBoundBelow = leadsToBoundBelow
        if case .constant = field.arguments { hasVariableArguments = false } else { hasVariableArguments = true }
        let prototype = field.prototype
        leaf = prototype.leaf.inPlan(key: key, hasConstantArguments: !hasVariableArguments)
        shape = prototype.shape
        selection = field.selection?.index ?? -1
        leadsToBound = field.leadsToBound
        source = prototype.stepSource
    }
}

extension PlanSteps.Step.Source {
    init(_ source: FieldSource) {
        switch source {
        case .member: self = .member
        case .bound: self = .bound
        case .typename: self = .typename
        case .memberByDeprecation, .memberNamed, .parent, .introspectionSchema, .introspectionType: self = .other
        }
    }
}

extension [UInt8] {
    /// Appends `,"key":`; a response key is a name, of which no character needs an escape.
    mutating func append(encodedKey key: String, withComma: Bool = true) {
        if withComma { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\""))
        append(contentsOf: key.utf8)
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }
}
