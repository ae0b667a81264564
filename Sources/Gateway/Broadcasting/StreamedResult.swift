/// A result of a stream, serialized once for all subscribers.
package final class StreamedResult: Sendable {
    /// The result in its protocol: a GraphQL response, or a member of a JSON-RPC notification.
    package let body: [UInt8]
    /// The errors of a GraphQL response without data, as a JSON array; empty: the response has data.
    package let failureList: [UInt8]
    /// The length of the result in bytes, as observers count it.
    let byteCount: Int
    /// The codes of its errors.
    let errorCodes: [String]

    init(body: [UInt8], failureList: [UInt8] = [], byteCount: Int, errorCodes: [String]) {
        (self.body, self.failureList) = (body, failureList)
        (self.byteCount, self.errorCodes) = (byteCount, errorCodes)
    }
}
