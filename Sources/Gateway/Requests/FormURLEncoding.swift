/// Decodes form fields and URL queries.
///
/// https://url.spec.whatwg.org/#application/x-www-form-urlencoded
enum FormURLEncoding {
    /// Decodes a name or value; nil if a percent sign is not followed by two hexadecimal digits, or if the bytes are not
    /// valid UTF-8.
    static func decode(_ text: Substring) -> String? { PercentEncoding.decode(text, plusIsSpace: true) }
}
