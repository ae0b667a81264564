internal import CLibcurl

/// Header fields in libcurl's form.
///
/// Safe to share between exchanges of one thread, because nothing changes it.
@safe
final class CurlHeaderList {
    /// The first field; nil if there is none.
    let first: UnsafeMutablePointer<curl_slist>?
    /// The field lines of requests that are sent without libcurl.
    let http1Lines: [UInt8]
    /// Whether the fields include `Host`.
    let hasHost: Bool

    /// Header fields as names and values.
    typealias Fields = [(name: String, value: String)]

    /// Checks the fields, converts them into libcurl's form, and adds those that are the same for all requests.
    ///
    /// - Parameters:
    ///   - fields: the request's own fields, which take precedence over fields of the same name in `defaults`.
    ///   - defaults: fields of all requests.
    ///   - hasContent: whether the request has content.
    /// - Throws: `invalidRequest` if a field cannot be sent.
    init(_ fields: Fields, defaults: Fields, hasContent: Bool) throws(TransportError) {
        var list = Builder()
        var names: Set<String> = []
        for field in fields {
            let name = field.name.lowercased()
            guard CurlHeaderList.isName(name), CurlHeaderList.isValue(field.value) else {
                throw .invalid("A header field's name or value has characters that HTTP does not allow.")
            }
            guard !CurlHeaderList.namesOfFraming.contains(name) else {
                throw .invalid("The header field \(name) is set by the transport itself.")
            }
            names.insert(name)
            list.append(field)
        }
        let added = defaults.filter { !names.contains($0.name.lowercased()) }
        for field in added { list.append(field) }
        http1Lines = CurlHeaderList.lines(of: fields + added.map(CurlHeaderList.withoutBrotli), names)
        hasHost = names.contains("host")
        if hasContent {
            // Without these, libcurl waits for "100 Continue" before it sends large content, and labels any content as a form.
            list.append(line: "Expect:")
            if !names.contains("content-type") { list.append(line: "Content-Type:") }
        }
        // libcurl represents an empty list by null, as it does a failure.
        guard !list.hasFailed else { throw .setUp("curl_slist_append") }
        unsafe first = list.take()
    }

    deinit {
        // SAFETY: exchanges that use the list keep it alive.
        unsafe curl_slist_free_all(first)
    }

    /// A default field of requests that are sent without libcurl, which alone decodes Brotli.
    private static func withoutBrotli(_ field: (name: String, value: String)) -> (name: String, value: String) {
        field.name == "Accept-Encoding" ? (field.name, "gzip") : field
    }

    /// The field lines as they are sent, with libcurl's own default.
    private static func lines(of fields: Fields, _ names: Set<String>) -> [UInt8] {
        let fields = names.contains("accept") ? fields : [("Accept", "*/*")] + fields
        return fields.flatMap { field in
            Array((field.value.isEmpty ? "\(field.name):\r\n" : "\(field.name): \(field.value)\r\n").utf8)
        }
    }

    /// Owns a list while it is built.
    @safe
    private struct Builder: ~Copyable {
        private var head: UnsafeMutablePointer<curl_slist>?
        private(set) var hasFailed = false

        deinit {
            unsafe curl_slist_free_all(head)
        }

        mutating func append(_ field: (name: String, value: String)) {
            // For libcurl, a colon without a value means to leave the field out.
            append(line: field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }

        mutating func append(line: String) {
            // SAFETY: libcurl copies the line, and returns null only when it has left the list as it was.
            if let longer = unsafe curl_slist_append(head, line) {
                unsafe head = longer
            } else {
                hasFailed = true
            }
        }

        /// Returns the list, whose owner is then the caller.
        mutating func take() -> UnsafeMutablePointer<curl_slist>? {
            defer { unsafe head = nil }
            return unsafe head
        }
    }

    private static let namesOfFraming: Set<String> = ["connection", "content-length", "transfer-encoding"]

    /// Whether a name is a token.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: tokenPunctuation.contains(byte)
                }
            }
    }

    /// Whether a value has no control characters except tabs.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.5
    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { byte in byte == UInt8(ascii: "\t") || (byte >= 0x20 && byte != 0x7F) }
    }

    private static let tokenPunctuation = Array("!#$%&'*+-.^_`|~".utf8)
}
