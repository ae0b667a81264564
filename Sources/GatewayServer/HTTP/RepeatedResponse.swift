internal import Caching
internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// A response as bytes, but for what changes each time: the date, the time that it stays fresh, and the request's id.
final class RepeatedResponse: Sendable {
    private let repetition: Repetition
    private let validity: ResponseValidity
    /// The status line and the name of `Date`.
    private let start: String
    /// The header fields that do not change, and the name of the first that does.
    private let fields: String
    private let requestID: String?
    /// The body, shared by all connections.
    let body: ByteBuffer

    private static let ageField = "cache-control"
    private static let idField = "x-request-id"

    /// Makes the bytes of a response; nil if it cannot be sent again, or not in one piece.
    init?(_ response: HTTPResponse) {
        guard let repetition = response.repetition, let validity = repetition.validity,
            case .bytes(let body) = response.body, response.status == .ok,
            body.count <= OutboundQueue.sliceBytes, !response.closesConnection
        else { return nil }
        self.repetition = repetition
        self.validity = validity
        self.body = ByteBuffer(bytes: body)
        start = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\ndate: "
        var fields = ""
        if let contentType = response.contentType { fields += "\r\ncontent-type: \(contentType)" }
        for field in response.headers {
            if field.name == Self.ageField, repetition.clientMaximumAge != nil { continue }
            if field.name == Self.idField { continue }
            fields += "\r\n\(field.name): \(field.value)"
        }
        if !response.vary.isEmpty { fields += "\r\nvary: \(response.vary.text)" }
        fields += "\r\ncontent-length: \(body.count)\r\n\(Self.idField): "
        self.fields = fields.compacted
        requestID = repetition.makesRequestID ? nil : response.headers.last { $0.name == Self.idField }?.value
    }

    /// The memory that it takes up.
    var allocatedBytes: Int {
        AllocatedBytes.object(64) + AllocatedBytes.string(fields) + AllocatedBytes.string(start)
            + AllocatedBytes.object(body.capacity) + validity.allocatedBytes
    }

    /// For how long the response is still valid; nil if it is not.
    var timeLeft: Duration? { validity.timeLeft }

    /// Writes the head, and notes that the response is sent again.
    func writeHead(into head: inout ByteBuffer, date: String, timeLeft: Duration) {
        let requestID = requestID ?? Caller.requestID()
        head.writeString(start)
        head.writeString(date)
        head.writeString(fields)
        head.writeString(requestID)
        if let maximum = repetition.clientMaximumAge {
            head.writeStaticString("\r\ncache-control: ")
            head.writeString(Repetition.cacheControl(timeLeft, clientMaximumAge: maximum))
        }
        head.writeStaticString("\r\n\r\n")
        repetition.note(RepeatedRequest(id: requestID, startedAt: validity.now, responseBytes: body.readableBytes))
    }
}
