/// A media type or a media range, with its parameters.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
struct MediaType: Hashable {
    /// The type and subtype in lower case, as in `application/json`.
    let name: String
    /// The parameters in order; their names are in lower case, their values unquoted.
    let parameters: [Parameter]

    struct Parameter: Hashable {
        let name: String
        let value: String
    }

    /// Parses a media type; nil if the text is not valid.
    init?(_ text: Substring) {
        let parts = HeaderList.split(text, on: ";")
        guard let first = parts.first, let slash = first.firstIndex(of: "/"), slash != first.startIndex,
            first.index(after: slash) != first.endIndex
        else { return nil }
        name = first.lowercased()
        var parameters: [Parameter] = []
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let name = HeaderList.trim(part[..<equals]).lowercased()
            parameters.append(
                Parameter(name: name, value: Self.unquoted(HeaderList.trim(part[part.index(after: equals)...])))
            )
        }
        self.parameters = parameters
    }

    /// The value of a parameter; nil: there is none.
    subscript(parameter: String) -> String? {
        parameters.first { $0.name == parameter }?.value
    }

    /// Whether the charset is UTF-8, by parameter or by default.
    var isUTF8: Bool {
        guard let charset = self["charset"]?.lowercased() else { return true }
        return charset == "utf-8" || charset == "utf8"
    }

    private static func unquoted(_ value: Substring) -> String {
        guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
        var text = ""
        var isEscaped = false
        for character in value.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                text.append(character)
                isEscaped = false
            }
        }
        return text
    }
}
