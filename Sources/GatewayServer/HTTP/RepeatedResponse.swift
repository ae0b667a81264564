internal import Caching
internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// A response as bytes, except the parts that change each time: the date, the time for which it is fresh, and the request's id.
final class RepeatedResponse: Sendable {
    private let repetition: Repetition
    /// The status line and the name of `Date`.
    private let start: String
    /// The header fields that do not change, and the name of the first one that does.
    private let fields: String
    private let requestID: String?
    /// The body, shared by all connections.
    let body: ByteBuffer

    private static let ageField = "cache-control"
    private static let idField = "x-request-id"

    /// Makes the bytes of a response; nil if it cannot be sent again, or is too long for one piece.
    init?(_ response: HTTPResponse) {
        guard let repetition = response.repetition,
            case .bytes(let body) = response.body, response.status == .ok,
            body.count <= OutboundQueue.sliceBytes, !response.closesConnection
        else { return nil }
        self.repetition = repetition
        self.body = ByteBuffer(bytes: body)
        start = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\ndate: "
        var fields = ""
        if let contentType = response.contentType { fields += "\r\ncontent-type: \(contentType)" }
        var statesCaching = repetition.clientMaximumAge != nil
        for field in response.headers {
            statesCaching = statesCaching || field.name == Self.ageField
            if field.name == Self.ageField, repetition.clientMaximumAge != nil { continue }
            if field.name == Self.idField { continue }
            fields += "\r\n\(field.name): \(field.value)"
        }
        if !statesCaching { fields += "\r\n\(Self.ageField): no-store" }
        if !response.vary.isEmpty { fields += "\r\nvary: \(response.vary.text)" }
        fields += "\r\ncontent-length: \(body.count)\r\n\(Self.idField): "
        self.fields = fields.compacted
        requestID = repetition.makesRequestID ? nil : response.headers.last { $0.name == Self.idField }?.value
    }

    /// The bytes that it takes in memory.
    var allocatedBytes: Int {
        AllocatedBytes.object(64) + AllocatedBytes.string(fields) + AllocatedBytes.string(start)
            + AllocatedBytes.object(body.capacity) + (repetition.validity?.allocatedBytes ?? 0)
    }

    /// The time for which the response is still valid; nil: it is not.
    var timeLeft: Duration? { repetition.validity?.timeLeft }

    /// The current time, by the clock of response ages.
    var now: ContinuousClock.Instant { repetition.validity?.now ?? .now }

    /// Writes the head, and records that the response is sent again.
    ///
    /// - Parameters:
    ///   - head: the buffer for the head.
    ///   - date: the value of `Date`.
    ///   - timeLeft: the time for which the response is still valid; nil: the head does not state it.
    ///   - startedAt: the instant at which the request arrived.
    func writeHead(into head: inout ByteBuffer, date: String, timeLeft: Duration?, startedAt: ContinuousClock.Instant) {
        let request = RepeatedRequest(id: requestID, startedAt: startedAt, responseBytes: body.readableBytes)
        head.writeString(start)
        head.writeString(date)
        head.writeString(fields)
        head.writeString(request.id)
        if let maximum = repetition.clientMaximumAge, let timeLeft {
            head.writeStaticString("\r\ncache-control: ")
            head.writeString(Repetition.cacheControl(timeLeft, clientMaximumAge: maximum))
        }
        head.writeStaticString("\r\n\r\n")
        repetition.note(request)
    }
}
