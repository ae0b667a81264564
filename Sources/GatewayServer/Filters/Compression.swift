private import ContentCodings
private import Gateway
internal import NIOHTTP1

/// Compresses large responses for clients that accept gzip.
struct Compression: HTTPFilter {
    /// The number of bytes from which on a response is compressed.
    let threshold: Int

    /// The most bytes that are compressed on the connection's own thread: a megabyte takes about 10 milliseconds.
    private static let maximumBytesAtOnce = 128 << 10

    // PERF: a response is changed in place, as a copy has a dozen references.
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        switch next.reply(to: request) {
        case .now(var response):
            guard isLong(response, for: request) else {
                change(&response, to: request)
                return .now(response)
            }
            return .later { [response] in await changedElsewhere(response, to: request) }
        case .later(let respond):
            return .later {
                var response = await respond()
                guard !isLong(response, for: request) else { return await changedElsewhere(response, to: request) }
                change(&response, to: request)
                return response
            }
        case .upgrade(let upgrade): return .upgrade(upgrade)
        }
    }

    private func isLong(_ response: borrowing HTTPResponse, for request: HTTPRequest) -> Bool {
        response.body.count ?? 0 > Self.maximumBytesAtOnce && acceptsGzip(request)
    }

    /// The response, compressed on the executor for long work.
    private func changedElsewhere(_ response: HTTPResponse, to request: HTTPRequest) async -> HTTPResponse {
        await withTaskExecutorPreference(LongWorkExecutor.shared) {
            var response = response
            change(&response, to: request)
            return response
        }
    }

    private func change(_ response: inout HTTPResponse, to request: HTTPRequest) {
        response.vary.insert(.acceptEncoding)
        guard case .bytes(let bytes) = response.body, !bytes.isEmpty, bytes.count >= threshold, acceptsGzip(request),
            let compressed = Gzip.compress(bytes)
        else { return }
        response.body = .bytes(compressed)
        response.headers.append((name: "content-encoding", value: "gzip"))
    }

    private func acceptsGzip(_ request: HTTPRequest) -> Bool {
        ContentCoding.acceptsGzip(request.header("accept-encoding"))
    }
}
