package import JSON

extension Execution {
    /// Writes the response of a complete execution: `{"data":…,"errors":[…],"extensions":{…}}`.
    ///
    /// - Returns: where the values of root fields lie in the output; nil if there are errors or no data.
    /// - Throws: why there is no response; what was written until then has been removed.
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
    ///   - output: where the response goes.
    ///   - extensions: those of the response.
    ///   - limits: how large it may be.
    ///   - codes: the codes of errors that have none of their own.
    /// - Returns: what the response has.
    /// - Throws: why there is no response.
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
        // Nothing limits the response, so that nothing is thrown.
        (try? write(into: &output, limits: ResponseLimits(maximumErrors: maximumErrors))) ?? nil
    }

    /// Writes the members `data` and, if there are any, `errors` of the response, however large it is.
    package func writeMembers(into output: inout OutputBuffer) {
        // Nothing limits the response, so that nothing is thrown.
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

    /// Writes the value of a root field alone, `null` if it has none, and returns the errors.
    ///
    /// The operation selects just this field.
    ///
    /// - Throws: why there is no response.
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
        // The rest of `{"key":value}` without its frame. The key is encoded with a comma, which is not wanted here.
        let start = context.steps.steps[field.index].leaf.key.count
        output.append(contentsOf: data.array(), in: start..<data.count - 1)
        return errors
    }
}

extension OutputBuffer {
    /// Whether a value that lies in it is not null.
    fileprivate func hasValue(in ranges: [Range<Int>]) -> Bool {
        let null = Array("null".utf8)
        return ranges.contains { $0.count != null.count || array($0) != null }
    }
}
