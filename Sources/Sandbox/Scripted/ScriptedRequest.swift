/// A request that a scripted server received.
package struct ScriptedRequest: Sendable, Equatable {
    /// The method.
    package let method: String

    /// Path and query as they came.
    package let target: String

    /// The headers in order, with names in lower case.
    package let headers: [Header]

    /// The body, if the client sent its length.
    package let body: [UInt8]

    /// One header.
    package struct Header: Sendable, Equatable {
        /// The name, in lower case.
        package let name: String

        /// The value.
        package let value: String
    }

    /// Returns the first value of a header; `name` is in lower case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
