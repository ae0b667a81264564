internal import JSON

/// The trusted documents of the operator, by the ids that clients use.
package struct TrustedDocuments: Sendable {
    // Texts and ids are compared byte by byte: a document with another Unicode normalization is another one.
    private var texts: [ExactString: String] = [:]
    private var all: Set<ExactString> = []

    /// Makes an empty set.
    package init() {}

    /// The error of an invalid manifest.
    package struct Invalid: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Reads a manifest: a JSON object of texts by id, or an Apollo manifest.
    ///
    /// https://www.apollographql.com/docs/kotlin/advanced/persisted-queries describes the second form.
    package init(manifest: [UInt8]) throws(Invalid) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: manifest)
        } catch {
            throw Invalid(description: "The manifest is not JSON. \(error.message)")
        }
        guard let members = value.objectValue else {
            throw Invalid(description: "The manifest must be a JSON object.")
        }
        if let format = members["format"]?.stringValue, members["operations"] != nil {
            guard format == "apollo-persisted-query-manifest", members["version"]?.intValue == 1 else {
                throw Invalid(description: "The manifest's format \"\(format)\" is not known in this version.")
            }
            try add(operations: members["operations"]?.arrayValue)
        } else {
            for (id, text) in members {
                guard let text = text.stringValue else {
                    throw Invalid(description: "The manifest's member \"\(id)\" must be a string: a document.")
                }
                add(text, id: id)
            }
        }
    }

    private mutating func add(operations: [JSONValue]?) throws(Invalid) {
        guard let operations else { throw Invalid(description: "The manifest's \"operations\" must be a list.") }
        for (index, operation) in operations.enumerated() {
            guard let id = operation["id"]?.stringValue, let text = operation["body"]?.stringValue else {
                throw Invalid(description: "Operation \(index) of the manifest needs the strings \"id\" and \"body\".")
            }
            if let other = texts[ExactString(id)], ExactString(other) != ExactString(text) {
                throw Invalid(
                    description: "Operation \(index) of the manifest has the id \"\(id)\", "
                        + "as another one with another body has: give each its own id."
                )
            }
            add(text, id: id)
        }
    }

    private mutating func add(_ text: String, id: String) {
        texts[ExactString(id)] = text
        all.insert(ExactString(text))
    }

    /// The number of ids.
    package var count: Int { texts.count }

    /// The documents by id.
    package var documents: [(id: String, text: String)] {
        texts.map { (id: $0.key.string, text: $0.value) }.sorted { $0.id < $1.id }
    }

    /// The text of an id; the id's prefix `sha256:` is optional.
    package func text(of id: String) -> String? {
        if let text = texts[ExactString(id)] { return text }
        let prefix = "sha256:"
        return id.hasPrefix(prefix)
            ? texts[ExactString(String(id.dropFirst(prefix.count)))] : texts[ExactString(prefix + id)]
    }

    /// Whether a text is one of the documents.
    func contains(_ text: String) -> Bool { all.contains(ExactString(text)) }
}
