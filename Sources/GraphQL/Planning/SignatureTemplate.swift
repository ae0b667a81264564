internal import JSON

/// The common part of the signatures of a plan's executions, with the positions of arguments that depend on variables.
// PERF: most operations have few such arguments; the rest of a signature is copied.
struct SignatureTemplate: Sendable {
    /// The response keys in a signature.
    enum Keys {
        /// No keys.
        case none
        /// All keys below the field or selection, in the spelling that a function returns.
        case spelled((String) -> String)
    }

    /// The arguments of a field, which each execution has its own of.
    private struct Place: Sendable {
        let offset: Int
        let field: PlanFieldID
    }

    /// The longest signature that is made: what is larger is not worth comparing.
    private static let maximumSize = 16 << 10

    private var bytes: [UInt8] = []
    private var places: [Place] = []

    /// The template for a selection set and all below it; nil: an argument cannot be coerced, or it is too long.
    init?(ofSelection id: PlanSelectionID, in plan: Plan, keys: Keys) {
        var output = OutputBuffer(minimumCapacity: 512)
        guard append(id, of: plan, keys, to: &output) else { return nil }
        bytes = output.array()
    }

    /// The template for one field and all below it; nil as for a selection set.
    init?(ofField id: PlanFieldID, in plan: Plan, keys: Keys) {
        var output = OutputBuffer(minimumCapacity: 256)
        guard append(id, of: plan, keys, to: &output) else { return nil }
        bytes = output.array()
    }

    /// The template for all that a query selects, without the keys of its response; nil as for a selection set.
    init?(ofQuery plan: Plan) {
        var output = OutputBuffer(minimumCapacity: 512)
        guard plan.operation == .query, append(plan.root, of: plan, .none, to: &output) else { return nil }
        // Without declared types, keys cannot be derived from the shape of the data.
        if !plan.hasStaticKeys { plan.responseKeys.belowRoot.append(to: &output) }
        bytes = output.array()
    }

    /// Inserts arguments at their positions.
    ///
    /// - Parameter argumentValues: the coerced arguments of a field.
    /// - Returns: the bytes of the signature; nil: an argument cannot be coerced, or they are too many.
    func bytes(argumentValues: (PlanFieldID) -> Result<JSONObject, GraphQLError>) -> [UInt8]? {
        guard !places.isEmpty else { return bytes }
        var output = OutputBuffer(minimumCapacity: bytes.count + 64 * places.count)
        var start = 0
        for place in places {
            output.append(contentsOf: bytes[start..<place.offset])
            start = place.offset
            guard case .success(let arguments) = argumentValues(place.field) else { return nil }
            if !arguments.isEmpty { JSONValue.object(arguments).write(into: &output) }
        }
        output.append(contentsOf: bytes[start...])
        return output.count <= Self.maximumSize ? output.array() : nil
    }

    private mutating func append(
        _ id: PlanSelectionID,
        of plan: Plan,
        _ keys: Keys,
        to output: inout OutputBuffer
    ) -> Bool {
        let selection = plan[id]
        output.append(number: Int(selection.type.index))
        if !selection.isConcrete {
            output.append(number: selection.variantOfType.count)
            for (type, variant) in selection.variantOfType.sorted(by: { $0.key.index < $1.key.index }) {
                output.append(number: Int(type.index))
                output.append(number: variant)
            }
        }
        for variant in selection.variants {
            guard variant.failure == nil else { return false }
            output.append(UInt8(ascii: "{"))
            for field in variant.fields {
                if case .spelled(let spell) = keys { output.appendJSONString(spell(plan[field].responseKey)) }
                guard append(field, of: plan, keys, to: &output) else { return false }
            }
            output.append(UInt8(ascii: "}"))
        }
        return output.count <= Self.maximumSize
    }

    private mutating func append(
        _ id: PlanFieldID,
        of plan: Plan,
        _ keys: Keys,
        to output: inout OutputBuffer
    ) -> Bool {
        // A prototype lives as long as the schema, and represents one field of one type.
        output.append(number: Int(bitPattern: ObjectIdentifier(plan[id].prototype)))
        switch plan[id].arguments {
        case .constant(let arguments):
            if !arguments.isEmpty { JSONValue.object(arguments).write(into: &output) }
        case .invalid:
            return false
        case .variable:
            places.append(Place(offset: output.count, field: id))
        }
        // Ends the arguments, which begin with a brace if there are any.
        output.append(UInt8(ascii: ";"))
        guard let selection = plan[id].selection else { return true }
        return append(selection, of: plan, keys, to: &output)
    }
}

extension OutputBuffer {
    /// Appends a number as eight bytes, so that none can be taken for two.
    fileprivate mutating func append(number: Int) {
        for shift in stride(from: 0, to: Int.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
