extension JSONValue {
    /// The treatment of a key that an object has twice.
    package enum DuplicateKeys: Sendable {
        /// The last value counts.
        case lastWins
        /// The text is rejected.
        case reject
    }

    /// Parses a JSON text.
    package init(
        parsing bytes: [UInt8],
        limits: JSONLimits = .standard,
        duplicateKeys: DuplicateKeys = .lastWins
    ) throws(JSONError) {
        let document = try JSONDocument(parsing: bytes, limits: limits)
        if duplicateKeys == .reject { try document.rejectDuplicateKeys() }
        self = document.value(at: 0)
    }

    /// Parses a JSON text that is not an array of bytes.
    package init(
        parsing bytes: some Collection<UInt8>,
        limits: JSONLimits = .standard,
        duplicateKeys: DuplicateKeys = .lastWins
    ) throws(JSONError) {
        guard bytes.count <= limits.maximumBytes else {
            throw JSONError(.tooLarge, "The text is longer than \(limits.maximumBytes) bytes", at: limits.maximumBytes)
        }
        try self.init(parsing: Array(bytes), limits: limits, duplicateKeys: duplicateKeys)
    }

    /// Parses a JSON text.
    package init(
        parsing text: String,
        limits: JSONLimits = .standard,
        duplicateKeys: DuplicateKeys = .lastWins
    ) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits, duplicateKeys: duplicateKeys)
    }
}

extension JSONDocument {
    /// Throws an error if an object has a repeated key.
    package func rejectDuplicateKeys() throws(JSONError) {
        for (index, node) in nodes.enumerated() where node.flags.contains(.mayRepeatKeys) {
            var names: Set<ExactString> = []
            for (member, _) in members(of: index) {
                let name = name(of: member) ?? ""
                guard names.insert(ExactString(name)).inserted else {
                    throw JSONError(.duplicateKey, "Repeated key “\(name)”", at: nameOffset(of: member) ?? 0)
                }
            }
        }
    }
}
