private import ContentCodings

extension HTTP1Connection {
    /// A response, or the reason why there is none.
    enum Result {
        case success(TransportResponse)
        case failure(TransportError.Code)
    }

    /// The most content codings of a response: more are an attack.
    private static let maximumCodings = 5

    /// Returns the received response.
    ///
    /// - Parameter decodes: whether content codings are decoded.
    /// - Returns: the response, or the reason why there is none.
    func result(decoding decodes: Bool) -> Result {
        let head = reader.head
        var content = reader.takeContent()
        if decodes, !content.isEmpty {
            guard head.contentCodings.count <= Self.maximumCodings else { return .failure(.malformedResponse) }
            do throws(Gzip.Failure) {
                for coding in head.contentCodings.reversed() {
                    content = try decode(content, coding)
                }
            } catch {
                if error == .tooLarge { return .failure(.tooLarge) }
                return .failure(reader.hasUnstatedEnd ? .truncated : .malformedResponse)
            }
        }
        return .success(
            TransportResponse(status: head.status, headers: TransportHeaders(bytes: head.bytes), body: content)
        )
    }

    /// Decodes a content coding.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
    private func decode(_ content: [UInt8], _ coding: String) throws(Gzip.Failure) -> [UInt8] {
        switch coding {
        case "gzip", "x-gzip": try Gzip.decompress(content, maximumBytes: maximumContentBytes)
        case "deflate": try Deflate.decompress(content, maximumBytes: maximumContentBytes)
        default: throw .malformed
        }
    }
}
