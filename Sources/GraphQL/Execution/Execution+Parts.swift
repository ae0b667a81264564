package import JSON

extension Execution {
    /// Writes the response with the parts that are complete.
    ///
    /// Where a part applies that is not complete, its key stands with `true` in place of data; where it does not apply, its key is left out
    /// or stands with `false`. Of a list that continues, an item that must not be null but is ends the part.
    ///
    /// - Parameters:
    ///   - output: where the response goes.
    ///   - reported: the parts whose errors are listed; nil among them stands for what comes first.
    ///   - limits: how large it may be.
    ///   - codes: the codes of errors that have none of their own.
    /// - Throws: why there is no response; what was written until then has been removed.
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
