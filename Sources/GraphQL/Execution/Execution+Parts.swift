package import JSON

extension Execution {
    /// Writes the response with the parts that are complete.
    ///
    /// If a part applies and is not complete, its key has `true` instead of data; if it does not apply, its key is left out
    /// or has `false`. In the rest of a streamed list, a null item in a non-null position ends the part.
    ///
    /// - Parameters:
    ///   - output: the buffer for the response.
    ///   - reported: the parts whose errors are listed; nil in the set stands for the initial response.
    ///   - limits: the limits of the response.
    ///   - codes: the codes of errors without a code of their own.
    /// - Throws: the reason why there is no response; written bytes have been removed.
    package func writeParts(
        into output: inout OutputBuffer,
        reporting reported: Set<Int?>,
        limits: ResponseLimits,
        codes: FieldErrorCodes
    ) throws(ResponseFailure) {
        let start = output.count
        var writer = ResponseWriter(execution: self, codes: codes, limits: limits)
        writer.reportedParts = reported
        output.append("{\"data\":")
        let data = output.count
        let isComplete = writer.writeRoot(into: &output)
        if let failure = writer.failure {
            output.truncate(to: start)
            throw failure
        }
        if !isComplete {
            output.truncate(to: data)
            output.append("null")
        }
        output.append(errors: writer.errors.listed(atMost: limits.maximumErrors, of: writer.reportedErrorCount))
        output.append(UInt8(ascii: "}"))
    }
}
