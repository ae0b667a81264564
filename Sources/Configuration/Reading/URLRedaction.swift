/// Removes possible secrets from URLs, so that they can be printed and logged.
package enum URLRedaction {
    private static let mark = "***"

    /// A URL without its user information, its query and its fragment.
    ///
    /// It may be invalid: without a valid host, everything before the last `@` counts as user information.
    package static func redact(_ url: String) -> String {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let (scheme, rest) = (url[..<start], url[start...])
        let authority = rest.prefix { !"/?#".contains($0) }
        let hasValidHost = !scheme.isEmpty && !authority.contains("@") && BaseURL.isHost(authority)
        guard !hasValidHost, let at = rest.lastIndex(of: "@") else { return scheme + withoutQuery(rest) }
        return scheme + mark + withoutQuery(rest[at...])
    }

    /// A text with its URLs redacted; each ends at white space or at a quotation mark.
    package static func redact(in text: String) -> String {
        var (redacted, rest) = ("", text[...])
        while let separator = rest.firstRange(of: "://") {
            let scheme = rest[..<separator.lowerBound].reversed().prefix { isInScheme($0) }.count
            let start = rest.index(separator.lowerBound, offsetBy: -scheme)
            let end = rest[start...].firstIndex { $0.isWhitespace || "\"'`<>".contains($0) } ?? rest.endIndex
            redacted += rest[..<start] + redact(String(rest[start..<end]))
            rest = rest[end...]
        }
        return redacted + rest
    }

    /// Whether a scheme may have a character: https://www.rfc-editor.org/rfc/rfc3986#section-3.1.
    private static func isInScheme(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "+-.".contains(character))
    }

    private static func withoutQuery(_ text: Substring) -> String {
        let shown = text.prefix { $0 != "?" && $0 != "#" }
        guard let separator = text[shown.endIndex...].first else { return String(shown) }
        return shown + "\(separator)\(mark)"
    }
}
