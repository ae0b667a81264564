internal import JSON

/// The text of a configuration file: messages say where in it a mistake is.
struct ConfigurationText {
    let document: JSONDocument
    private let name: String

    /// Parses a file's text.
    ///
    /// - Throws: that it is no JSON, or has a member twice.
    init(_ bytes: [UInt8], name: String) throws(ConfigurationFile.Invalid) {
        self.name = name
        do throws(JSONError) {
            document = try JSONDocument(parsing: bytes)
            _ = try JSONValue(parsing: bytes, duplicateKeys: .reject)
        } catch {
            let location = Self.location(of: error.offset, in: bytes)
            throw ConfigurationFile.Invalid(description: "\(name):\(location): \(error.message)")
        }
    }

    /// The file, line and column of a value.
    func location(of node: Int) -> String {
        "\(name):\(Self.location(of: document.rawBytes(of: node).startIndex, in: document.bytes))"
    }

    /// An error at a value; never shows the value.
    func invalid(at node: Int, _ message: String) -> ConfigurationFile.Invalid {
        ConfigurationFile.Invalid(description: "\(location(of: node)): \(message)")
    }

    /// The line and column of a byte, both from 1.
    private static func location(of offset: Int, in text: [UInt8]) -> String {
        let before = text.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return "\(line):\(before.count - start + 1)"
    }
}
