package import JSON

extension Execution {
    /// Writes the response of a complete execution: `{"data":…,"errors":[…],"extensions":{…}}`.
    ///
    /// - Returns: the ranges of root fields' values in the output, in bytes; nil: there are errors or no data.
    /// - Throws: the reason why there is no response; written bytes have been removed.
    ///
    /// https://spec.graphql.org/September2025/#sec-Response-Format
    @discardableResult
    package func write(
        into output: inout OutputBuffer,
        extensions: JSONObject = JSONObject(),
        limits: ResponseLimits,
        codes: FieldErrorCodes = FieldErrorCodes()
    ) throws(ResponseFailure) -> [Range<Int>]? {
        try writeResponse(into: &output, extensions: extensions, limits: limits, codes: codes).rootRanges
    }

    /// Writes the response as `write(into:extensions:limits:codes:)` does.
    ///
    /// - Parameters:
    ///   - output: the buffer for the response.
    ///   - extensions: the extensions of the response.
    ///   - limits: the limits of the response.
    ///   - codes: the codes of errors without a code of their own.
    /// - Returns: a summary of the response.
    /// - Throws: the reason why there is no response.
    package func writeResponse(
        into output: inout OutputBuffer,
        extensions: JSONObject,
        limits: ResponseLimits,
        codes: FieldErrorCodes
    ) throws(ResponseFailure) -> ResponseContents {
        let start = output.count
        output.append(UInt8(ascii: "{"))
        let contents: ResponseContents
        do {
            contents = try writeMembers(into: &output, limits: limits, codes: codes)
        } catch {
            output.truncate(to: start)
            throw error
        }
        output.append(extensions: extensions)
        output.append(UInt8(ascii: "}"))
        return contents
    }

    /// Writes the response as `write(into:extensions:limits:codes:)` does, however large it is.
    @discardableResult
    package func write(into output: inout OutputBuffer, maximumErrors: Int = .max) -> [Range<Int>]? {
        // There are no limits, so that nothing is thrown.
        (try? write(into: &output, limits: ResponseLimits(maximumErrors: maximumErrors))) ?? nil
    }

    /// Writes the members `data` and, if there are any, `errors` of the response, however large it is.
    package func writeMembers(into output: inout OutputBuffer) {
        // There are no limits, so that nothing is thrown.
        _ = try? writeMembers(into: &output, limits: .none, codes: FieldErrorCodes())
    }

    private func writeMembers(
        into output: inout OutputBuffer,
        limits: ResponseLimits,
        codes: FieldErrorCodes
    ) throws(ResponseFailure) -> ResponseContents {
        var writer = ResponseWriter(execution: self, codes: codes, limits: limits)
        output.append("\"data\":")
        let start = output.count
        let isComplete = writer.writeRoot(into: &output)
        if let failure = writer.failure { throw failure }
        if !isComplete {
            output.truncate(to: start)
            output.append("null")
        }
        let hasValues = isComplete && (writer.errorCount == 0 || output.hasValue(in: writer.rootRanges))
        let errors = writer.errors.listed(atMost: limits.maximumErrors, of: writer.errorCount)
        output.append(errors: errors)
        return ResponseContents(
            rootRanges: isComplete && writer.errorCount == 0 ? writer.rootRanges : nil,
            errors: errors,
            hasData: isComplete,
            hasValues: hasValues
        )
    }

    /// Writes the value of the only root field, `null` if it has none, and returns the errors.
    ///
    /// The operation must select just this field.
    ///
    /// - Throws: the reason why there is no response.
    package func writeRootField(
        into output: inout OutputBuffer,
        limits: ResponseLimits = .none,
        codes: FieldErrorCodes = FieldErrorCodes()
    ) throws(ResponseFailure) -> [GraphQLError] {
        var writer = ResponseWriter(execution: self, codes: codes, limits: limits)
        var data = OutputBuffer(minimumCapacity: 4096, expectedMaximum: limits.maximumBytes)
        let isComplete = writer.writeRoot(into: &data)
        if let failure = writer.failure { throw failure }
        let errors = Array(writer.errors.prefix(limits.maximumErrors))
        guard isComplete, let field = plan[plan.root].variants.first?.fields.first else {
            output.append("null")
            return errors
        }
        // The rest of `{"key":value}` without the key. The key is encoded with a comma, which is removed as well.
        let start = context.steps.steps[field.index].leaf.key.count
        output.append(contentsOf: data.array(), in: start..<data.count - 1)
        return errors
    }
}

extension OutputBuffer {
    /// Whether one of the ranges has a value other than null.
    fileprivate func hasValue(in ranges: [Range<Int>]) -> Bool {
        let null = Array("null".utf8)
        return ranges.contains { $0.count != null.count || array($0) != null }
    }
}
