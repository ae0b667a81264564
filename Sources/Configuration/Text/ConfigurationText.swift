/// Parses the text of a configuration file, in YAML or JSON.
enum ConfigurationText {
    /// The most bytes of a file.
    static let maximumBytes = 4 << 20
    /// The byte order mark of UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// The greatest depth of nested values.
    static let maximumDepth = 32

    /// Parses a text.
    ///
    /// A text that begins like JSON is parsed as JSON, as its messages are more precise; every other one is parsed as YAML. A text that is
    /// not valid JSON may still be YAML, and libyaml does not support some escapes of JSON.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - name: the name of the file; a `.json` file must have JSON.
    /// - Returns: the value; nil: the text is empty.
    /// - Throws: the first fault of the text.
    static func read(_ bytes: [UInt8], name: String) throws(TextFault) -> ConfigurationNode? {
        // Some editors begin a file with it; it is not part of a line.
        let bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
        guard bytes.count <= maximumBytes else {
            let position = TextPosition(line: 1, column: 1)
            throw TextFault(position: position, message: "the file has more than \(maximumBytes) bytes.")
        }
        if name.hasSuffix(".json") { return try ConfigurationNode(json: bytes) }
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return try YAMLReader.read(bytes) }
        guard !name.hasSuffix(".yaml"), !name.hasSuffix(".yml") else {
            do throws(TextFault) {
                return try YAMLReader.read(bytes)
            } catch {
                guard let node = try? ConfigurationNode(json: bytes) else { throw error }
                return node
            }
        }
        do throws(TextFault) {
            return try ConfigurationNode(json: bytes)
        } catch {
            guard let node = try? YAMLReader.read(bytes) else { throw error }
            return node
        }
    }
}
