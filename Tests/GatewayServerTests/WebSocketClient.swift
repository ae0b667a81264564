import GatewayServer
import GatewayTestSupport

/// A client that says exactly which frames go out.
final class WebSocketClient {
    let raw: RawConnection
    private var received: [UInt8] = []
    /// The head of the response to the handshake.
    private(set) var head = ""

    /// A frame as it came.
    struct Frame: Equatable, CustomStringConvertible {
        let opcode: UInt8
        let payload: [UInt8]

        /// A text message.
        static func text(_ text: String) -> Frame { Frame(opcode: 1, payload: Array(text.utf8)) }

        /// The code of a closing frame.
        var closeCode: Int? {
            opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
        }

        var description: String { "\(opcode): \(String(decoding: payload, as: UTF8.self))" }
    }

    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    /// The request that opens a WebSocket.
    static func opening(
        _ fields: String = "",
        version: String = "13",
        key: String = key,
        connection: String = "Upgrade",
        path: String = "/rpc"
    ) -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: \(connection)\r\n"
            + "Sec-WebSocket-Version: \(version)\r\nSec-WebSocket-Key: \(key)\r\n\(fields)\r\n"
    }

    /// Opens a WebSocket; what is sent after the request does not wait for its response.
    init(to address: ListenAddress, _ fields: String = "", path: String = "/rpc", early: [UInt8] = []) async throws {
        raw = try RawConnection(to: address)
        raw.send(Array(Self.opening(fields, path: path).utf8) + early)
        let end = Array("\r\n\r\n".utf8)
        while let chunk = await raw.readChunk(), !chunk.isEmpty {
            received += chunk
            if let index = received.indices.first(where: { received[$0...].starts(with: end) }) {
                head = String(decoding: received[..<(index + 4)], as: UTF8.self)
                received.removeFirst(index + 4)
                break
            }
        }
    }

    /// The bytes of a frame.
    static func frame(
        _ opcode: UInt8,
        _ payload: [UInt8] = [],
        fin: Bool = true,
        reserved: UInt8 = 0,
        masked: Bool = true
    ) -> [UInt8] {
        var bytes = [(fin ? 0x80 : 0) | reserved << 4 | opcode]
        let mask: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case 0...125: bytes.append(mask | UInt8(payload.count))
        case 126...65535: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default:
            bytes.append(mask | 127)
            bytes += (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 255) }
        }
        guard masked else { return bytes + payload }
        let key: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    /// The bytes of a text message.
    static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

    /// The bytes of a closing frame.
    static func close(_ code: Int, _ reason: [UInt8] = []) -> [UInt8] {
        frame(8, [UInt8(code >> 8), UInt8(code & 255)] + reason)
    }

    /// Sends text messages.
    func send(_ texts: String...) { raw.send(texts.flatMap { Self.text($0) }) }

    /// The next frame; nil if the connection ends or nothing comes.
    func next() async -> Frame? {
        while true {
            if let frame = takeFrame() { return frame }
            guard let chunk = await raw.readChunk(), !chunk.isEmpty else { return nil }
            received += chunk
        }
    }

    /// The frames until the connection ends.
    func rest() async -> [Frame] {
        var frames: [Frame] = []
        while let frame = await next() { frames.append(frame) }
        return frames
    }

    /// Takes a frame, if all of it has come; the gateway's are not masked.
    private func takeFrame() -> Frame? {
        guard received.count >= 2 else { return nil }
        var start = 2
        var length = Int(received[1] & 127)
        if length >= 126 {
            let size = length == 126 ? 2 : 8
            guard received.count >= 2 + size else { return nil }
            length = received[2..<(2 + size)].reduce(0) { $0 << 8 | Int($1) }
            start += size
        }
        guard received.count >= start + length else { return nil }
        let frame = Frame(opcode: received[0] & 15, payload: Array(received[start..<(start + length)]))
        received.removeFirst(start + length)
        return frame
    }
}

/// A JSON-RPC request.
func call(_ method: String, _ params: String = "[]", id: Int = 1) -> String {
    #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params),"id":\#(id)}"#
}

/// A JSON-RPC response.
func result(_ text: String, id: Int = 1) -> String {
    #"{"jsonrpc":"2.0","result":\#(text),"id":\#(id)}"#
}
