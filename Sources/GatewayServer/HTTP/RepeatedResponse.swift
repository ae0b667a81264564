internal import Caching
internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// A response as bytes, but for what changes each time: the date, the time that it stays fresh, and the request's id.
final class RepeatedResponse: Sendable {
    private let repetition: Repetition
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

    /// The memory that it takes up.
    var allocatedBytes: Int {
        AllocatedBytes.object(64) + AllocatedBytes.string(fields) + AllocatedBytes.string(start)
            + AllocatedBytes.object(body.capacity) + (repetition.validity?.allocatedBytes ?? 0)
    }

    /// For how long the response is still valid; nil if it is not.
    var timeLeft: Duration? { repetition.validity?.timeLeft }

    /// The current time, by the clock by which responses age.
    var now: ContinuousClock.Instant { repetition.validity?.now ?? .now }

    /// Writes the head, and notes that the response is sent again.
    ///
    /// - Parameters:
    ///   - head: where it goes.
    ///   - date: the value of `Date`.
    ///   - timeLeft: for how long the response is still valid; nil: the response does not say.
    ///   - startedAt: when the request came.
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
