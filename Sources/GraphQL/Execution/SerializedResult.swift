package import JSON

/// The data of a response, to be written again under other keys.
///
/// Values are the same whatever they are called, so that operations of one `OperationSignature` share them.
// PERF: a class: requests of several threads take it from the cache, and count one reference in place of a handful.
package final class SerializedResult: Sendable {
    /// The values of root fields, one after the other, with the keys that stood between them.
    private let bytes: [UInt8]
    /// Where the value of each root field lies.
    private let values: [Range<Int>]
    /// Where the keys below the root lie, in this order.
    private let positions: [KeyPosition]
    /// These keys, in the order of the plan.
    private let keys: KeysBelowRoot

    /// How many bytes the values and the keys between them have.
    package var byteCount: Int { bytes.count }

    /// The memory that it takes up.
    package var memoryFootprint: Int {
        bytes.capacity + positions.capacity * MemoryLayout<KeyPosition>.stride + keys.memoryFootprint
            + values.capacity * MemoryLayout<Range<Int>>.stride + 3 * KeysBelowRoot.arrayOverhead
    }

    /// Takes data from a response.
    ///
    /// - Parameters:
    ///   - values: where the value of each root field of the plan lies.
    ///   - output: the response.
    ///   - execution: what was executed.
    package init(_ values: [Range<Int>], in output: borrowing OutputBuffer, of execution: Execution) {
        let start = values.first?.lowerBound ?? 0
        bytes = output.array(start..<(values.last?.upperBound ?? start))
        self.values = values.map { $0.lowerBound - start..<$0.upperBound - start }
        let (plan, steps) = (execution.plan, execution.context.steps)
        keys =
            execution.context.renaming.map { renaming in KeysBelowRoot(plan) { renaming.key($0) } }
            ?? plan.responseKeys.belowRoot
        positions = plan.hasStaticKeys ? KeyPosition.all(in: bytes, values: self.values, of: plan, steps) : []
    }

    /// Takes the value of an operation's only root field.
    package init(only value: [UInt8], of plan: Plan) {
        bytes = value
        values = [0..<value.count]
        keys = plan.responseKeys.belowRoot
        positions = plan.hasStaticKeys ? KeyPosition.all(in: bytes, values: values, of: plan, plan.steps) : []
    }

    /// Takes the value of one root field, to be used again under the same keys.
    package init(sameKeys value: [UInt8]) {
        bytes = value
        values = [0..<value.count]
        keys = KeysBelowRoot()
        positions = []
    }

    /// The values of root fields, one after the other.
    package var valueBytes: [UInt8] { bytes }

    /// Writes a response of these values under other keys.
    ///
    /// - Precondition: the keys are for the fields of a plan that has the signature of the one whose data this is.
    package func write(under keys: ResponseKeys, extensions: JSONObject, into output: inout OutputBuffer) {
        output.append("{\"data\":")
        let start = output.count
        precondition(keys.rootCount == values.count, "The data belongs to another operation.")
        var nextPosition = 0
        for ordinal in values.indices {
            keys.append(root: ordinal, to: &output)
            append(value: ordinal, under: keys.belowRoot, nextPosition: &nextPosition, to: &output)
        }
        // Every key is written with its comma; the brace takes the place of the first one.
        if values.isEmpty { output.append(UInt8(ascii: "{")) }
        output.replaceByte(at: start, with: UInt8(ascii: "{"))
        output.append(UInt8(ascii: "}"))
        output.append(extensions: extensions)
        output.append(UInt8(ascii: "}"))
    }

    /// How many bytes the data would have under other keys, at most.
    package func byteCount(under newKeys: ResponseKeys) -> Int {
        let rootKeys = 2 + newKeys.rootByteCount
        guard newKeys.belowRoot != keys else { return rootKeys + bytes.count }
        return positions.reduce(rootKeys + bytes.count) { count, key in
            count + newKeys.belowRoot.count(of: Int(key.ordinal)) - Int(key.end - key.start)
        }
    }

    /// The value of the only root field under other keys below it.
    ///
    /// - Precondition: the keys are for the fields of a plan that has the signature of the one whose data this is.
    package func onlyValue(under responseKeys: ResponseKeys) -> [UInt8] {
        let newKeys = responseKeys.belowRoot
        // PERF: what is not changed is not copied either.
        guard newKeys != keys else { return bytes }
        var output = OutputBuffer(minimumCapacity: bytes.count + 64)
        var nextPosition = 0
        append(value: 0, under: newKeys, nextPosition: &nextPosition, to: &output)
        return output.array()
    }

    /// Appends a root field's value; the keys in it are those from a place on.
    private func append(
        value ordinal: Int,
        under newKeys: KeysBelowRoot,
        nextPosition: inout Int,
        to output: inout OutputBuffer
    ) {
        let value = values[ordinal]
        guard newKeys != keys else {
            output.append(contentsOf: bytes, in: value)
            return
        }
        var position = value.lowerBound
        while nextPosition < positions.count, case let key = positions[nextPosition], Int(key.start) < value.upperBound
        {
            nextPosition += 1
            output.append(contentsOf: bytes, in: position..<Int(key.start))
            newKeys.append(Int(key.ordinal), to: &output)
            position = Int(key.end)
        }
        output.append(contentsOf: bytes, in: position..<value.upperBound)
    }
}

extension OutputBuffer {
    /// Appends the member `extensions` of a response, with a comma before it; nothing if there are none.
    package mutating func append(extensions: JSONObject) {
        guard !extensions.isEmpty else { return }
        append(",\"extensions\":")
        JSONValue.object(extensions).write(into: &self)
    }
}
