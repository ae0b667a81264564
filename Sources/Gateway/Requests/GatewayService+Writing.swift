internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// Writes the response of a complete execution, and keeps its result under a name if it may be.
    ///
    /// Serialization stops at the deadline.
    func write(
        _ execution: Execution,
        until deadline: ContinuousClock.Instant,
        report: CallReport.Counts = CallReport.Counts(),
        estimate: OperationEstimate = OperationEstimate(),
        caller: Caller = Caller(),
        cachedAs name: ResultCache.Name? = nil
    ) -> GraphQLResponse {
        var output = OutputBuffer(minimumCapacity: 16 << 10, expectedMaximum: limits.maximumResponseBytes)
        let extensions = report.extensions(estimated: estimate.calls, caller: caller)
        let ranges: [Range<Int>]?
        do {
            ranges = try execution.write(
                into: &output,
                extensions: extensions,
                limits: responseLimits(until: deadline),
                codes: .gateway
            )
        } catch {
            return .withoutData(limits.error(error), extensions: extensions)
        }
        if let ranges, let name {
            results.store(
                SerializedResult(ranges, in: output, of: execution.plan),
                as: name,
                estimate: estimate,
                report: report
            )
        }
        var response = response(output.array(), report)
        // What failed may be there the next time.
        if ranges == nil { response.maxAge = 0 }
        return response
    }

    /// Writes the response of a cached result.
    func write(
        _ cached: ResultCache.CachedResult,
        as name: ResultCache.Name,
        plan: Plan,
        caller: Caller
    ) -> GraphQLResponse {
        let report = cached.report(at: name)
        let extensions = report.extensions(estimated: cached.estimate.calls, caller: caller)
        // Other aliases can make it larger than it was.
        guard cached.data.byteCount(for: plan) <= limits.maximumResponseBytes else {
            return .withoutData(limits.responseTooLarge, extensions: extensions)
        }
        var output = OutputBuffer(minimumCapacity: cached.data.size + 512)
        cached.data.write(for: plan, extensions: extensions, into: &output)
        return response(output.array(), report)
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
    /// A value that does not fit is the upstream's, an argument the client's.
    static var gateway: FieldErrorCodes {
        FieldErrorCodes(
            argument: ErrorCode.badUserInput.rawValue,
            completion: ErrorCode.upstreamInvalidResponse.rawValue
        )
    }
}

extension CallReport.Counts {
    /// The part of a response that reports its calls.
    fileprivate func extensions(estimated: CostRange, caller: Caller) -> JSONObject {
        var extensions = JSONObject()
        if caller.wantsReport { extensions["calls"] = json(estimated: estimated) }
        if let staleAge { extensions["stale"] = ["ageSeconds": .integer(Int(staleAge.components.seconds))] }
        return extensions
    }

    private func json(estimated: CostRange) -> JSONValue {
        let waited = waited.components
        return [
            "estimated": estimated.json,
            // An alias for one minor version.
            "priced": estimated.json, "made": .integer(made), "cached": .integer(cached), "shared": .integer(shared),
            "waitedMs": .integer(Int(waited.seconds) * 1000 + Int(waited.attoseconds / 1_000_000_000_000_000)),
        ]
    }
}
