/// Cuts the bytes of a connection into requests.
///
/// It does not support chunked bodies: a test's client sends the length.
struct ScriptedRequestParser: Sendable {
    private static let headEnd = Array("\r\n\r\n".utf8)

    private var received: [UInt8] = []

    /// Adds bytes that the client sent.
    mutating func receive(_ bytes: some Sequence<UInt8>) {
        received += bytes
    }

    /// Takes the next request, if it is complete.
    mutating func next() -> ScriptedRequest? {
        guard let headRange = received.firstRange(of: Self.headEnd) else { return nil }
        let lines = String(decoding: received[..<headRange.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let headers = lines.dropFirst().compactMap(Self.header)
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        let end = headRange.upperBound + max(0, length)
        guard received.count >= end else { return nil }
        let words = (lines.first ?? "").split(separator: " ")
        let request = ScriptedRequest(
            method: words.first.map(String.init) ?? "",
            target: words.count > 1 ? String(words[1]) : "",
            headers: headers,
            body: Array(received[headRange.upperBound..<end])
        )
        received.removeFirst(end)
        return request
    }

    private static func header(_ line: Substring) -> ScriptedRequest.Header? {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = parts[1].drop { $0 == " " }
        return ScriptedRequest.Header(name: parts[0].lowercased(), value: String(value))
    }
}
