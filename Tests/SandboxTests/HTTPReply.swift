import JSON

/// One parsed response of a server.
struct HTTPReply: Equatable {
    /// The status.
    let status: Int

    /// The headers, names in lower case.
    let headers: [String: String]

    /// The body, as far as it came.
    let body: [UInt8]

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; nil if it is none.
    var json: JSONValue? { try? JSONValue(parsing: body) }

    /// The rows of a list.
    var rows: [JSONValue] { json?["data"]?.arrayValue ?? [] }

    /// The ids of a list's rows.
    var ids: [String] { rows.compactMap { $0["id"]?.stringValue } }

    /// Cuts the bytes of a connection into responses.
    static func parse(_ bytes: [UInt8]) -> [HTTPReply] {
        var replies: [HTTPReply] = []
        var rest = bytes[...]
        while let head = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            let lines = String(decoding: rest[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            let body = Array(rest[head.upperBound...].prefix(length))
            let words = lines.first?.split(separator: " ") ?? []
            replies.append(HTTPReply(status: words.count > 1 ? Int(words[1]) ?? 0 : 0, headers: headers, body: body))
            rest = rest[(head.upperBound + body.count)...]
        }
        return replies
    }
}
