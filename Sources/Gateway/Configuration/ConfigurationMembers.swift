internal import JSON

/// The members of one object of a configuration file, and where it stands.
struct ConfigurationMembers {
    let object: JSONObject
    let place: String

    /// Takes an object apart.
    ///
    /// - Parameters:
    ///   - value: the object.
    ///   - place: where it stands, for messages.
    ///   - known: the names that it may have; nil: any.
    /// - Throws: what is wrong with it.
    init(_ value: JSONValue, at place: String, known: [String]?) throws(ConfigurationFile.Invalid) {
        guard let object = value.objectValue else {
            throw ConfigurationFile.Invalid(description: "\(place): must be an object.")
        }
        self.object = object
        self.place = place
        guard let known, let unknown = object.keys.first(where: { !known.contains($0) }) else { return }
        throw ConfigurationFile.Invalid(
            description: "\(place): there is no \"\(unknown)\"; there are: \(known.joined(separator: ", "))."
        )
    }

    subscript(name: String) -> JSONValue? { object[name] }

    /// A text that is not empty; nil if there is none.
    func text(_ name: String) throws(ConfigurationFile.Invalid) -> String? {
        guard let value = object[name] else { return nil }
        guard let text = value.stringValue, !text.isEmpty else {
            throw invalid(name, "must be a text that is not empty")
        }
        return text
    }

    /// A list; empty if there is none.
    func list(_ name: String) throws(ConfigurationFile.Invalid) -> [JSONValue] {
        guard let value = object[name] else { return [] }
        guard let list = value.arrayValue else { throw invalid(name, "must be a list") }
        return list
    }

    /// An error that concerns one member.
    func invalid(_ name: String, _ words: String) -> ConfigurationFile.Invalid {
        ConfigurationFile.Invalid(description: "\(place): \"\(name)\" \(words).")
    }
}
