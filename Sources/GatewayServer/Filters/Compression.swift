private import ContentCodings
internal import NIOHTTP1

/// Compresses large responses for clients that accept gzip.
struct Compression: ResponseFilter {
    /// The number of bytes from which on a response is compressed.
    let threshold: Int

    func change(_ response: inout HTTPResponse, to request: HTTPRequest) {
        response.vary.insert(.acceptEncoding)
        guard case .bytes(let bytes) = response.body, !bytes.isEmpty, bytes.count >= threshold,
            ContentCoding.acceptsGzip(request.header("accept-encoding")), let compressed = Gzip.compress(bytes)
        else { return }
        response.body = .bytes(compressed)
        response.headers.append((name: "content-encoding", value: "gzip"))
    }
}
