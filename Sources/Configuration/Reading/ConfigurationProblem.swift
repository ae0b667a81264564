/// Something that is wrong with a configuration, and where; never shows a key.
package struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file, or another origin of settings; empty: the command line.
    package let origin: String
    /// Where in the file; nil: at no position of it.
    package let position: TextPosition?
    /// What is wrong.
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
