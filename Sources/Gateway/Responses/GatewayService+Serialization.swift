internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// Serializes an execution as a GraphQL response, and shares its result with equal operations.
    ///
    /// Serialization stops at the deadline.
    ///
    /// - Parameters:
    ///   - executed: the execution.
    ///   - caller: the caller of the request.
    ///   - events: the calls of the execution, if the caller requests a plan; nil: it does not.
    ///   - maximumBytes: the most bytes of the result that are written, if the limits of responses allow more.
    /// - Returns: the response; nil: the result has more bytes, and nothing has been done with it.
    func response(
        _ executed: ExecutedOperation,
        caller: Caller,
        events: [CallEvent]? = nil,
        maximumBytes: Int = .max
    ) -> GraphQLResponse? {
        var output = OutputBuffer(minimumCapacity: 16 << 10, expectedMaximum: limits.maximumResponseBytes)
        let extensions = executed.report.extensions(
            estimated: executed.estimate.calls,
            caller: caller,
            events: events ?? []
        )
        var responseLimits = responseLimits(until: executed.deadline)
        let isCut = maximumBytes < responseLimits.maximumBytes
        if isCut { responseLimits.maximumBytes = maximumBytes }
        let contents: ResponseContents
        var outcome = RequestOutcome()
        outcome.calls = executed.report
        do {
            contents = try executed.execution.writeResponse(
                into: &output,
                extensions: extensions,
                limits: responseLimits,
                codes: .gateway(caller.errorReference)
            )
        } catch {
            if isCut, error == .tooLarge { return nil }
            executed.followers?.end(with: nil)
            return .withoutData(limits.error(error), extensions: extensions).with(outcome)
        }
        outcome.errorCodes = contents.errors.codes
        let ranges = contents.rootRanges
        share(executed, ranges, in: output)
        var response = response(output.array(), executed.report).with(outcome)
        // A field that failed may succeed in the next request.
        if ranges == nil { response.maxAge = 0 }
        response.isComplete = ranges != nil
        if !contents.hasData { response.failure = contents.errors }
        if !contents.hasValues { response.errorsOfNulls = contents.errors }
        return response
    }

    /// Shares the values of root fields, whose ranges in a response are given, with other requests; nil: a field has failed.
    private func share(_ executed: ExecutedOperation, _ ranges: [Range<Int>]?, in output: borrowing OutputBuffer) {
        guard let ranges else { return finish(executed, with: nil) }
        if !executed.fieldKeys.isEmpty {
            fieldResults.store(executed.fieldKeys, ranges, in: output, of: executed.execution, report: executed.report)
        }
        let isWanted = isWanted(executed)
        finish(executed, with: isWanted ? SerializedResult(ranges, in: output, of: executed.execution) : nil)
    }

    /// Serializes an execution as a GraphQL response, however many bytes within the limits of responses it has.
    func wholeResponse(_ executed: ExecutedOperation, caller: Caller) -> GraphQLResponse {
        response(executed, caller: caller) ?? tooLargeResponse
    }

    /// The response in place of one that exceeds the size limit.
    var tooLargeResponse: GraphQLResponse { .withoutData(limits.responseTooLarge, extensions: JSONObject()) }

    /// Serializes the result of an equal operation with the response keys of an operation.
    func response(_ result: ReusedResult, to operation: PreparedOperation, caller: Caller) -> GraphQLResponse {
        let extensions = result.report.extensions(estimated: result.estimate.calls, caller: caller)
        // With other aliases it can be larger.
        var outcome = RequestOutcome()
        outcome.calls = result.report
        outcome.isCachedResult = true
        let keys = operation.responseKeys
        guard result.data.byteCount(under: keys) <= limits.maximumResponseBytes else {
            return .withoutData(limits.responseTooLarge, extensions: extensions).with(outcome)
        }
        var output = OutputBuffer(minimumCapacity: result.data.byteCount + 512)
        result.data.write(under: keys, extensions: extensions, into: &output)
        var response = response(output.array(), result.report).with(outcome)
        // The plan in the report is of this request alone.
        response.validity = caller.wantsPlan ? nil : result.validity
        return response
    }

    /// Whether a result is to be cached, or other requests wait for it.
    func isWanted(_ executed: ExecutedOperation) -> Bool {
        if executed.followers?.isFollowed ?? false { return true }
        return executed.cacheKey.map { results.wants(executed.report, for: $0) } ?? false
    }

    /// Passes the result of an execution to the requests that wait for it and to the cache; nil: there is none that can be shared.
    func finish(_ executed: ExecutedOperation, with data: SerializedResult?) {
        let result = data.map { ReusedResult(data: $0, estimate: executed.estimate, report: executed.report) }
        executed.followers?.end(with: result)
        if let result, let key = executed.cacheKey, executed.report.isRepeatable { results.store(result, for: key) }
    }

    private func response(_ body: [UInt8], _ report: CallReport.Counts) -> GraphQLResponse {
        var response = GraphQLResponse(kind: .executed, body: body)
        if report.staleAge == nil, !report.isMomentary, let freshFor = report.freshFor {
            response.maxAge = Int(freshFor.components.seconds)
        }
        return response
    }
}

extension FieldErrorCodes {
    /// The codes of the gateway: wrong values are errors of the upstream, wrong arguments of the client; internal errors have a reference.
    static func gateway(_ reference: ErrorReference?) -> FieldErrorCodes {
        var codes = FieldErrorCodes(
            argument: ErrorCode.badUserInput.rawValue,
            completion: ErrorCode.upstreamInvalidResponse.rawValue
        )
        codes.reference = reference
        return codes
    }
}

extension CallReport.Counts {
    /// The extensions of the response that report its upstream calls.
    func extensions(estimated: CostRange, caller: Caller, events: [CallEvent] = []) -> JSONObject {
        var extensions = JSONObject()
        if caller.wantsReport {
            var calls = json(estimated: estimated)
            if caller.wantsPlan { calls["plan"] = events.json }
            extensions["calls"] = .object(calls)
        }
        if let staleAge { extensions["stale"] = ["ageSeconds": .integer(Int(staleAge.components.seconds))] }
        return extensions
    }

    private func json(estimated: CostRange) -> JSONObject {
        [
            "estimated": estimated.json,
            // An alias for one minor version.
            "priced": estimated.json, "made": .integer(made), "cached": .integer(cached), "shared": .integer(shared),
            "waitedMs": .integer(waited.wholeMilliseconds),
        ]
    }
}
