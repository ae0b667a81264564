private import ContentCodings
private import Gateway
internal import NIOHTTP1

/// Compresses large responses for clients that accept gzip.
struct Compression: HTTPFilter {
    /// The number of bytes from which on a response is compressed.
    let threshold: Int

    /// The most bytes that are compressed on the connection's own thread: a megabyte takes about 10 milliseconds.
    private static let maximumBytesAtOnce = 128 << 10

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        let reply = next.reply(to: request)
        switch reply {
        case .now(let response):
            guard isLong(response, for: request) else { return .now(changed(response, to: request)) }
            return .later { await changedElsewhere(response, to: request) }
        case .later(let respond):
            return .later {
                let response = await respond()
                guard isLong(response, for: request) else { return changed(response, to: request) }
                return await changedElsewhere(response, to: request)
            }
        case .upgrade: return reply
        }
    }

    private func isLong(_ response: HTTPResponse, for request: HTTPRequest) -> Bool {
        guard case .bytes(let bytes) = response.body, bytes.count > Self.maximumBytesAtOnce else { return false }
        return ContentCoding.acceptsGzip(request.header("accept-encoding"))
    }

    /// The response, compressed on the executor for long work.
    private func changedElsewhere(_ response: HTTPResponse, to request: HTTPRequest) async -> HTTPResponse {
        await withTaskExecutorPreference(LongWorkExecutor.shared) { changed(response, to: request) }
    }

    private func changed(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var response = response
        response.vary.insert(.acceptEncoding)
        guard case .bytes(let bytes) = response.body, !bytes.isEmpty, bytes.count >= threshold,
            ContentCoding.acceptsGzip(request.header("accept-encoding")), let compressed = Gzip.compress(bytes)
        else { return response }
        response.body = .bytes(compressed)
        response.headers.append((name: "content-encoding", value: "gzip"))
        return response
    }
}
