/// A result of a stream: written once, for all subscribers.
package final class StreamedResult: Sendable {
    /// The result as its protocol has it: a GraphQL response, or the member of a JSON-RPC notification that it is.
    package let body: [UInt8]
    /// The errors of a GraphQL response that has no data, as a JSON array; empty: it has some.
    package let failureList: [UInt8]
    /// Its length, as it is counted.
    let byteCount: Int
    /// The codes of its errors.
    let errorCodes: [String]

    init(body: [UInt8], failureList: [UInt8] = [], byteCount: Int, errorCodes: [String]) {
        (self.body, self.failureList) = (body, failureList)
        (self.byteCount, self.errorCodes) = (byteCount, errorCodes)
    }
}
