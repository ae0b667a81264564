internal import JSON

/// A plan as plain numbers: what is read of it at every row of a list.
// PERF: measured: with classes and structs of arrays alone, 40 % of the time of a response from memory went to counting
// references, which threads that share a plan's documents contend for.
struct PlanSteps: Sendable {
    /// One field.
    struct Step: Sendable {
        fileprivate(set) var leaf: LeafCopy
        let shape: TypeShape
        let source: Source
        /// The index of the selection, -1 for leaves.
        let selection: Int
        let leadsToBound: Bool
        /// Whether a field below is bound, so that equal values may be written differently.
        let leadsToBoundBelow: Bool
        /// Whether arguments have to be looked at, as they may be wrong.
        let hasVariableArguments: Bool

        /// The source of the value, as far as it matters at every row.
        enum Source: Sendable {
            case member
            case bound
            case typename
            case other
            /// A part of a response in parts.
            case part
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

    private(set) var steps: [Step]
    let selections: [Selection]
    /// The range of each variant's fields in `fields`.
    let variants: [Range<Int>]
    let fields: [PlanFieldID]
    /// The encoded keys of all fields, one after the other, each with its comma.
    private(set) var encodedKeys: [UInt8]
    /// Whether fields have some items of their lists.
    let hasSlices: Bool

    init(_ tree: PlanTree, executable: ExecutableSchema) {
        encodedKeys = []
        hasSlices = !tree.continuations.isEmpty
        steps = tree.fields.map { field in
            Step(field, leadsToBoundBelow: field.selection.map { tree.selections[$0.index].containsBound } ?? false)
        }
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
        encodeKeys(tree.fields.lazy.map(\.responseKey))
    }

    /// Encodes the response keys of all fields.
    mutating func encodeKeys(_ responseKeys: some Sequence<String>) {
        var keys: [UInt8] = []
        keys.reserveCapacity(steps.count * 12 + Self.readableBytes)
        for (index, key) in responseKeys.enumerated() {
            let start = keys.count
            keys.append(encodedKey: key)
            steps[index].leaf.key = start..<keys.count
        }
        keys.append(contentsOf: repeatElement(0, count: Self.readableBytes))
        encodedKeys = keys
    }

    // PERF: so many bytes can be read from the start of the last key on: see `OutputBuffer.append(_:in:quoted:)`.
    private static let readableBytes = 16
}

extension PlanSteps {
    /// The steps of one execution, of which the arguments are known that use variables; one whose arguments are wrong stays as
    /// it is.
    // PERF: called once for each execution, instead of once for each row.
    mutating func resolve(_ arguments: [PlanFieldID: Result<JSONObject, GraphQLError>], in plan: Plan) {
        for id in plan.fieldsWithVariables where plan[id].source.isMember {
            guard case .success(let values)? = arguments[id] else { continue }
            let step = steps[id.index]
            steps[id.index] = Step(plan[id], arguments: values, leadsToBoundBelow: step.leadsToBoundBelow)
            steps[id.index].leaf.key = step.leaf.key
        }
    }
}

extension PlanSteps.Step {
    init(_ field: PlanField, leadsToBoundBelow: Bool) {
        var arguments: JSONObject?
        if case .constant(let values) = field.arguments { arguments = values }
        self.init(field, arguments: arguments, leadsToBoundBelow: leadsToBoundBelow)
    }

    /// Describes a field whose arguments are known; nil: they are not, or are wrong.
    fileprivate init(_ field: PlanField, arguments: JSONObject?, leadsToBoundBelow: Bool) {
        self.leadsToBoundBelow = leadsToBoundBelow
        let prototype = field.prototype
        let isPart = field.position.begun != nil
        // The list that it continues fails already if its arguments are wrong.
        hasVariableArguments = arguments == nil && !isPart
        let member = arguments.flatMap { field.source.member($0) }
        leaf = prototype.leaf.inPlan(member)
        shape = prototype.shape
        selection = field.selection?.index ?? -1
        leadsToBound = field.leadsToBound
        source = isPart ? .part : member == nil ? prototype.stepSource : .member
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
    /// Appends `,"key":`; a response key is a name, whose characters need no escape.
    mutating func append(encodedKey key: String, withComma: Bool = true) {
        if withComma { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\""))
        append(contentsOf: key.utf8)
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }
}
