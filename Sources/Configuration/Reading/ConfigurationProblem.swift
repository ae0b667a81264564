/// A problem of a configuration with its location; never shows a key.
package struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file, or another source of settings; empty: the command line.
    package let origin: String
    /// The position in the file; nil: there is none.
    package let position: TextPosition?
    /// The message.
    package let message: String

    package init(origin: String, position: TextPosition? = nil, message: String) {
        self.origin = origin
        self.position = position
        self.message = message
    }

    package var description: String {
        let location = position.map { "\(origin):\($0)" } ?? origin
        return location.isEmpty ? message : "\(location): \(message)"
    }
}
