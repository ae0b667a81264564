internal import JSON

/// All of a query that its values depend on beside the data: which fields, with which arguments.
///
/// Keys are left out, so that two queries that differ in aliases alone have the same form. A form is only compared with
/// those of the same `ExecutableSchema`.
package struct OperationSignature: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int

    /// The memory that it takes up, with what stands before the content of an array.
    package var memoryFootprint: Int { bytes.capacity + KeysBelowRoot.arrayOverhead }

    /// The longest form that is made: what is larger is not worth comparing.
    private static let maximumSize = 16 << 10

    /// The signature of an execution; nil if it is no query, if an argument cannot be coerced, or if it is too long.
    package init?(_ execution: Execution) {
        guard execution.plan.operation == .query else { return nil }
        var output = OutputBuffer(minimumCapacity: 512)
        guard Self.append(execution.plan.root, of: execution, isKeyed: false, to: &output) else { return nil }
        // Where types are not declared, keys cannot be derived from the shape of the data.
        if !execution.plan.hasStaticKeys { execution.plan.responseKeys.belowRoot.append(to: &output) }
        self.init(output)
    }

    /// The signature of all that the results of an execution depend on beside the data, their keys among it; nil if an argument cannot
    /// be coerced, or if it is too long.
    package init?(withKeysOf execution: Execution) {
        var output = OutputBuffer(minimumCapacity: 512)
        guard Self.append(execution.plan.root, of: execution, isKeyed: true, to: &output) else { return nil }
        self.init(output)
    }

    /// The signature of one root field with the keys below it, so that operations which agree on it have the same bytes there; nil as
    /// for the whole.
    package init?(of field: PlanFieldID, in execution: Execution) {
        guard execution.plan.operation == .query else { return nil }
        var output = OutputBuffer(minimumCapacity: 256)
        guard Self.append(field, of: execution, isKeyed: true, to: &output) else { return nil }
        self.init(output)
    }

    private init(_ output: borrowing OutputBuffer) {
        bytes = output.array()
        digest = unsafe bytes.withUnsafeBytes { unsafe KeyedDigest.of($0) }
    }

    package static func == (left: OperationSignature, right: OperationSignature) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    private static func append(
        _ id: PlanSelectionID,
        of execution: Execution,
        isKeyed: Bool,
        to output: inout OutputBuffer
    ) -> Bool {
        let plan = execution.plan
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
                if isKeyed {
                    let key = plan[field].responseKey
                    output.appendJSONString(execution.renaming?.key(key) ?? key)
                }
                guard append(field, of: execution, isKeyed: isKeyed, to: &output) else { return false }
            }
            output.append(UInt8(ascii: "}"))
        }
        return output.count <= maximumSize
    }

    private static func append(
        _ id: PlanFieldID,
        of execution: Execution,
        isKeyed: Bool,
        to output: inout OutputBuffer
    ) -> Bool {
        let plan = execution.plan
        // A prototype lives as long as the schema, and stands for one field of one type.
        output.append(number: Int(bitPattern: ObjectIdentifier(plan[id].prototype)))
        guard case .success(let arguments) = execution.argumentValues(of: id) else { return false }
        if !arguments.isEmpty { JSONValue.object(arguments).write(into: &output) }
        // Ends the arguments, which begin with a brace if there are any.
        output.append(UInt8(ascii: ";"))
        guard let selection = plan[id].selection else { return true }
        return append(selection, of: execution, isKeyed: isKeyed, to: &output)
    }
}

extension OutputBuffer {
    /// Appends a number as eight bytes, so that none can be taken for two.
    fileprivate mutating func append(number: Int) {
        for shift in stride(from: 0, to: Int.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
