/// A result of a stream as a protocol has it.
package protocol StreamOutput: Sendable {
    /// Its length.
    var byteCount: Int { get }

    /// The codes of its errors.
    var errorCodes: [String] { get }
}

extension GraphQLResponse: StreamOutput {
    package var byteCount: Int { body.count }

    package var errorCodes: [String] { outcome.errorCodes }
}
