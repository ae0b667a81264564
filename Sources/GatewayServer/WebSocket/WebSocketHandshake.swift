private import BaseEncodings
private import CLibcrypto
private import Gateway
internal import NIOHTTP1

/// The opening handshake on the server's side.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-4.2
enum WebSocketHandshake {
    /// The only supported version.
    static let version = "13"

    /// The subprotocol for clients that request it; clients that only request others get none.
    static let subprotocol = "jsonrpc"

    /// Whether a request offers to switch to the WebSocket protocol.
    static func isOffered(by request: HTTPRequest) -> Bool { request.offersWebSocket }

    /// The header fields that accept a request, or the response that declines it.
    static func accept(
        _ request: HTTPRequest,
        origins: OriginCheck,
        subprotocol: String = subprotocol
    ) -> Result<Fields, Declined> {
        guard request.method == .GET, request.head.version == .http1_1, request.stopsDecoder else {
            return declined(.badRequest, .badRequest, "A WebSocket is opened by GET, with Connection: Upgrade.")
        }
        guard request.header("sec-websocket-version") == version else {
            let response = HTTPResponse.error(
                .upgradeRequired,
                .badRequest,
                "Only version \(version) of the WebSocket protocol is supported."
            )
            let fields = response.with("sec-websocket-version", version).with("upgrade", "websocket")
            return .failure(Declined(response: fields.with("connection", "upgrade")))
        }
        guard let key = request.header("sec-websocket-key"), isKey(key), let accept = acceptance(of: key) else {
            return declined(.badRequest, .badRequest, "Sec-WebSocket-Key must be 16 bytes in Base64.")
        }
        // Browsers let any page open a WebSocket, without a preflight request.
        guard origins.allows(request) else { return .failure(Declined(response: .originNotAllowed)) }
        var fields = [(name: "upgrade", value: "websocket"), (name: "sec-websocket-accept", value: accept)]
        if request.head.headers[canonicalForm: "sec-websocket-protocol"].contains(subprotocol[...]) {
            // Some clients only recognize the name as RFC 6455 spells it.
            fields.append((name: "Sec-WebSocket-Protocol", value: subprotocol))
        }
        return .success(Fields(all: fields))
    }

    /// The header fields of an accepted request.
    struct Fields {
        let all: [(name: String, value: String)]
    }

    /// The response to a declined request.
    struct Declined: Error {
        let response: HTTPResponse
    }

    private static func declined(
        _ status: HTTPResponseStatus,
        _ code: ErrorCode,
        _ message: String
    ) -> Result<Fields, Declined> {
        .failure(Declined(response: .error(status, code, message)))
    }

    /// Whether a text is 16 bytes in Base64: 22 digits and two padding characters.
    private static func isKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        guard bytes.count == 24, bytes.suffix(2) == [UInt8(ascii: "="), UInt8(ascii: "=")] else { return false }
        return bytes.prefix(22).allSatisfy { Base64.standard.isDigit($0) }
    }

    /// The value of `Sec-WebSocket-Accept`, which proves that the server has read the key.
    static func acceptance(of key: String) -> String? {
        var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        var digest = [UInt8](repeating: 0, count: 20)
        var count: UInt32 = 0
        let status = text.withUTF8 { bytes in
            // SAFETY: both buffers live during the call, and the digest's has room for all that EVP_sha1 writes.
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha1(), nil)
        }
        return status == 1 && count == 20 ? Base64.standard.encode(digest) : nil
    }
}
