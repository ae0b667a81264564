package import JSON

/// The data of a response in serialized form, which can be written again with other keys.
///
/// Values do not depend on response keys, so that operations with one `OperationSignature` share them.
// PERF: a class: requests of several threads read it from the cache, and count one reference instead of a handful.
package final class SerializedResult: Sendable {
    /// The values of root fields, one after the other, with the keys between them.
    private let bytes: [UInt8]
    /// The range of each root field's value.
    private let values: [Range<Int>]
    /// The positions of the keys below the root, in this order.
    private let positions: [KeyPosition]
    /// These keys, in the order of the plan.
    private let keys: KeysBelowRoot

    /// The bytes of the values and the keys between them.
    package var byteCount: Int { bytes.count }

    /// The bytes that it takes in memory.
    package var memoryFootprint: Int {
        bytes.capacity + positions.capacity * MemoryLayout<KeyPosition>.stride + keys.memoryFootprint
            + values.capacity * MemoryLayout<Range<Int>>.stride + 3 * KeysBelowRoot.arrayOverhead
    }

    /// Copies the data of a response.
    ///
    /// - Parameters:
    ///   - values: the ranges of the plan's root fields' values in the response, in bytes.
    ///   - output: the response.
    ///   - execution: the execution.
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

    /// Makes the data of an operation with one root field from its value.
    package init(only value: [UInt8], of plan: Plan) {
        bytes = value
        values = [0..<value.count]
        keys = plan.responseKeys.belowRoot
        positions = plan.hasStaticKeys ? KeyPosition.all(in: bytes, values: values, of: plan, plan.steps) : []
    }

    /// Makes the data of one root field from its value, to be used with the same keys.
    package init(sameKeys value: [UInt8]) {
        bytes = value
        values = [0..<value.count]
        keys = KeysBelowRoot()
        positions = []
    }

    /// The values of root fields, one after the other.
    package var valueBytes: [UInt8] { bytes }

    /// Writes a response with these values and other keys.
    ///
    /// - Precondition: the keys are those of a plan with the same signature as that of the data.
    package func write(under keys: ResponseKeys, extensions: JSONObject, into output: inout OutputBuffer) {
        output.append("{\"data\":")
        let start = output.count
        precondition(keys.rootCount == values.count, "The data belongs to another operation.")
        var nextPosition = 0
        for ordinal in values.indices {
            keys.append(root: ordinal, to: &output)
            append(value: ordinal, under: keys.belowRoot, nextPosition: &nextPosition, to: &output)
        }
        // Every key is written with its comma; the brace replaces the first comma.
        if values.isEmpty { output.append(UInt8(ascii: "{")) }
        output.replaceByte(at: start, with: UInt8(ascii: "{"))
        output.append(UInt8(ascii: "}"))
        output.append(extensions: extensions)
        output.append(UInt8(ascii: "}"))
    }

    /// The most bytes of the data with other keys.
    package func byteCount(under newKeys: ResponseKeys) -> Int {
        let rootKeys = 2 + newKeys.rootByteCount
        guard newKeys.belowRoot != keys else { return rootKeys + bytes.count }
        return positions.reduce(rootKeys + bytes.count) { count, key in
            count + newKeys.belowRoot.count(of: Int(key.ordinal)) - Int(key.end - key.start)
        }
    }

    /// The value of the only root field with other keys below it.
    ///
    /// - Precondition: the keys are those of a plan with the same signature as that of the data.
    package func onlyValue(under responseKeys: ResponseKeys) -> [UInt8] {
        let newKeys = responseKeys.belowRoot
        // PERF: unchanged bytes are not copied.
        guard newKeys != keys else { return bytes }
        var output = OutputBuffer(minimumCapacity: bytes.count + 64)
        var nextPosition = 0
        append(value: 0, under: newKeys, nextPosition: &nextPosition, to: &output)
        return output.array()
    }

    /// Appends a root field's value; `nextPosition` is the index of the first key in it.
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
    /// Appends the member `extensions` of a response, with a comma before it; appends nothing if there are none.
    package mutating func append(extensions: JSONObject) {
        guard !extensions.isEmpty else { return }
        append(",\"extensions\":")
        JSONValue.object(extensions).write(into: &self)
    }
}
