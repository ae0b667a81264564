/// The amount that a stream has sent.
struct StreamedAmount: Sendable {
    /// The number of results.
    var results = 0
    /// The length of all results, in bytes.
    var bytes = 0
    /// The codes of their errors, each once.
    var errorCodes: [String] = []

    /// Adds a result.
    mutating func add(_ result: StreamedResult) {
        results += 1
        bytes += result.byteCount
        for code in result.errorCodes where !errorCodes.contains(code) { errorCodes.append(code) }
    }
}
