import GatewayTestSupport
import GraphQL
import JSON
import Synchronization
import Testing
import Upstream

@testable import Gateway

/// Webhooks are verified before anything is believed of them, and each event has its effect once.
@Suite struct WebhookReceiverTests {
    private static let sdl = """
        schema @upstream @webhook(header: "X-Sign", prefix: "v1=", time: "created_at") @cacheControl(maxAge: 60) { query: Query }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") books: [Book] @rest(list: "/books") }
        type Book @entity(get: "/books/{id}", list: "/books")
          @changedBy(events: ["book.new"], key: "data.book", kind: "CREATED")
          @changedBy(events: ["book.edited", "book.moved"], key: "data.book")
          @changedBy(events: ["book.gone"], key: "data.book", kind: "DELETED") { id: ID! title: String }
        """

    private static let event =
        #"{"id":"e1","type":"book.edited","created_at":"2026-01-02T03:04:05.678+01:00","data":{"book":"b"}}"#

    /// The time that the event states, in Unix seconds.
    private static let time = 1_767_319_445

    private func service() throws -> GatewayService {
        let upstream = HeldTransport { _ in (404, "") }
        return GatewayService(try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream))
    }

    private func receiver(
        _ secrets: [String] = ["s1"],
        service: GatewayService? = nil,
        now: Int = Self.time,
        _ change: (inout WebhookOptions) -> Void = { _ in }
    ) throws -> WebhookReceiver {
        var options = WebhookOptions(slug: "main", secrets: secrets.map { Array($0.utf8) })
        change(&options)
        let receiver = WebhookReceiver(service: try service ?? self.service(), options: options) { now }
        return try #require(receiver)
    }

    private static func code(_ text: String, _ secret: String) -> [UInt8] {
        HMACSHA256(key: Array(secret.utf8))?.code(of: Array(text.utf8)) ?? []
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func signature(_ text: String, _ secret: String = "s1") -> String {
        "v1=" + hexadecimal(code(text, secret))
    }

    private func send(
        _ text: String,
        signed signature: String?,
        to receiver: WebhookReceiver
    ) -> WebhookReceiver.Outcome {
        receiver.receive(Array(text.utf8)) { $0 == "X-Sign" ? signature : nil }
    }

    /// Test cases 2 and 6 of https://www.rfc-editor.org/rfc/rfc4231#section-4.
    @Test func hmacMatchesRFC4231() {
        let code = Self.code("what do ya want for nothing?", "Jefe")
        #expect(Self.hexadecimal(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = HMACSHA256(key: [UInt8](repeating: 0xAA, count: 131))?
            .code(of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
        #expect(
            Self.hexadecimal(long ?? []) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        )
    }

    @Test func anEventThatWasDeliveredBeforeAReloadIsADuplicate() throws {
        let first = try service()
        let signature = Self.signature(Self.event)
        #expect(send(Self.event, signed: signature, to: try receiver(service: first)) == .accepted(.changed(1)))
        let second = GatewayService(first.configuration, replacing: first)
        #expect(send(Self.event, signed: signature, to: try receiver(service: second)) == .accepted(.duplicate))
    }

    @Test func aSignedEventIsTaken() throws {
        let receiver = try receiver()
        #expect(send(Self.event, signed: Self.signature(Self.event), to: receiver) == .accepted(.changed(1)))
    }

    private static let wrongSignatures: [String?] = {
        let right: String = signature(event)
        let digits: [String] = [String(repeating: "g", count: 64), String(repeating: "0", count: 64), "", "00"]
        let written: [String?] = digits.map { "v1=\($0)" }
        let others: [String?] = [
            signature(event, "s2"), signature("\(event) "), "\(right)0", String(right.dropFirst(3)),
        ]
        return [nil, ""] + written + others
    }()

    @Test(arguments: wrongSignatures)
    func eventWithAWrongSignatureIsUnverified(signature: String?) throws {
        #expect(send(Self.event, signed: signature, to: try receiver()) == .unverified)
    }

    @Test func eitherOfTwoSecretsIsRight() throws {
        for secret in ["s1", "s2"] {
            let receiver = try receiver(["s1", "s2"])
            let outcome = send(Self.event, signed: Self.signature(Self.event, secret), to: receiver)
            #expect(outcome == .accepted(.changed(1)))
        }
        // The upstream may sign with both while it replaces one.
        let both = "v1=\(String(repeating: "0", count: 64)), \(Self.signature(Self.event))"
        #expect(send(Self.event, signed: both, to: try receiver()) == .accepted(.changed(1)))
        #expect(send(Self.event, signed: Self.signature(Self.event, ""), to: try receiver([""])) == .unverified)
        #expect(send(Self.event, signed: Self.signature(Self.event, ""), to: try receiver([])) == .unverified)
    }

    @Test func headerPrefixAndEncodingAreThoseOfTheConfiguration() throws {
        let receiver = try receiver {
            ($0.header, $0.prefix, $0.encoding) = ("Other", "", .base64)
        }
        let body = Array(#"{"type":"x"}"#.utf8)
        let text = Self.base64(Self.code(#"{"type":"x"}"#, "s1"))
        #expect(receiver.receive(body) { $0 == "Other" ? text : nil } == .accepted(.unconcerned))
        let unpadded = String(text.dropLast())
        #expect(receiver.receive(body) { $0 == "Other" ? unpadded : nil } == .accepted(.unconcerned))
        #expect(receiver.receive(body) { $0 == "X-Sign" ? text : nil } == .unverified)
    }

    /// Standard Webhooks has spaces between signatures such as "v1,…".
    @Test func aPrefixCanHaveAComma() throws {
        let receiver = try receiver { ($0.prefix, $0.encoding) = ("v1,", .base64) }
        let right = "v1," + Self.base64(Self.code(Self.event, "s1"))
        let wrong = "v1," + Self.base64(Self.code(Self.event, "s2"))
        #expect(send(Self.event, signed: right, to: receiver) == .accepted(.changed(1)))
        #expect(send(Self.event, signed: wrong, to: receiver) == .unverified)
        #expect(
            send(
                Self.event,
                signed: "v1a,x \(wrong) \(right)",
                to: try self.receiver { ($0.prefix, $0.encoding) = ("v1,", .base64) }
            ) == .accepted(.changed(1))
        )
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0...3 {
                text.append(position > group.count ? "=" : digits[bits >> (18 - 6 * position) & 63])
            }
        }
        return text
    }

    @Test func aSignedTimeIsPartOfTheText() throws {
        let receiver = try receiver(now: Self.time) {
            ($0.timestampHeader, $0.maximumAge) = ("X-Time", 300)
        }
        func send(_ time: Int, signed signedTime: Int) -> WebhookReceiver.Outcome {
            let signature = Self.signature("\(signedTime).\(Self.event)")
            return receiver.receive(Array(Self.event.utf8)) { ["X-Sign": signature, "X-Time": "\(time)"][$0] }
        }
        #expect(send(Self.time, signed: Self.time - 1) == .unverified)
        #expect(send(Self.time - 301, signed: Self.time - 301) == .accepted(.tooOld))
        #expect(send(Self.time - 300, signed: Self.time - 300) == .accepted(.changed(1)))
        #expect(self.send(Self.event, signed: Self.signature(Self.event), to: receiver) == .unverified)
    }

    @Test func eventsHaveTheirEffectOnceAndNotForEver() throws {
        let receiver = try receiver()
        #expect(send(Self.event, signed: Self.signature(Self.event), to: receiver) == .accepted(.changed(1)))
        #expect(send(Self.event, signed: Self.signature(Self.event), to: receiver) == .accepted(.duplicate))
        let late = try self.receiver(now: Self.time + 86_401)
        #expect(send(Self.event, signed: Self.signature(Self.event), to: late) == .accepted(.tooOld))
        let inTime = try self.receiver(now: Self.time + 86_400)
        #expect(send(Self.event, signed: Self.signature(Self.event), to: inTime) == .accepted(.changed(1)))
    }

    /// Numbers far in the past are old, whatever a subtraction would make of them.
    @Test(arguments: [Int.min, Int.min + 1, -1, 0]) func extremelyEarlyTimesAreTooOld(time: Int) throws {
        let receiver = try receiver(now: Self.time) {
            ($0.timestampHeader, $0.maximumAge) = ("X-Time", 300)
        }
        let signature = Self.signature("\(time).\(Self.event)")
        let outcome = receiver.receive(Array(Self.event.utf8)) { ["X-Sign": signature, "X-Time": "\(time)"][$0] }
        #expect(outcome == .accepted(.tooOld))
    }

    @Test(arguments: ["1795898266480", "1.5"]) func anIDMayBeANumber(id: String) throws {
        let event = #"{"id":\#(id),"type":"book.edited","data":{"book":"b"}}"#
        let receiver = try receiver()
        #expect(send(event, signed: Self.signature(event), to: receiver) == .accepted(.changed(1)))
        #expect(send(event, signed: Self.signature(event), to: receiver) == .accepted(.duplicate))
    }

    private static let bodies: [(body: String, outcome: WebhookReceiver.Outcome)] = [
        (#"{"id":"e","type":"other","data":{"book":"b"}}"#, .accepted(.unconcerned)),
        (#"{"type":"book.edited","data":{}}"#, .accepted(.unconcerned)),
        (#"{"type":"book.edited","data":{"book":null}}"#, .accepted(.unconcerned)),
        (#"{"type":"book.edited","data":{"book":".."}}"#, .accepted(.unconcerned)),
        (#"{"type":"book.edited","data":{"book":7}}"#, .accepted(.changed(1))),
        (#"{"type":"book.edited","created_at":"soon","data":{"book":"b"}}"#, .accepted(.changed(1))),
        (#"{"type":7}"#, .malformed), ("[]", .malformed), ("", .malformed), ("{", .malformed),
    ]

    @Test(arguments: bodies)
    func unusableEventsHaveTheirOutcome(body: String, outcome: WebhookReceiver.Outcome) throws {
        #expect(send(body, signed: Self.signature(body), to: try receiver()) == outcome)
    }

    @Test func theFeedHasTheChangesInOrder() async throws {
        let service = try service()
        let receiver = try receiver(service: service)
        let subscription = service.broker.changeFeeds[0].subscribe(capacity: 8)
        let book = try #require(service.bindings.entity(named: "Book"))
        for (number, type) in ["book.new", "book.edited", "book.gone"].enumerated() {
            let body = #"{"id":"\#(number)","type":"\#(type)","data":{"book":"b\#(number)"}}"#
            #expect(send(body, signed: Self.signature(body), to: receiver) == .accepted(.changed(1)))
        }
        subscription.cancel()
        let changes = taken(from: subscription)
        let kinds: [ObjectChange.Kind] = [.created, .updated, .deleted]
        #expect(
            changes
                == kinds.enumerated().map { number, kind in
                    Change(workspace: 0, kind: kind, type: book.type, key: "b\(number)")
                }
        )
        #expect(service.broker.changeFeeds[0].subscriberCount == 0)
    }

    /// What waits for a subscriber whose subscription has ended.
    private func taken(from subscription: ChangeSubscription) -> [Change] {
        var changes: [Change] = []
        while case .change(let change, _) = subscription.next() { changes.append(change) }
        #expect(subscription.next() == .end)
        return changes
    }

    @Test func aSubscriberThatIsTooSlowIsDropped() async throws {
        let service = try service()
        let receiver = try receiver(service: service)
        let slow = service.broker.changeFeeds[0].subscribe(capacity: 2)
        let other = service.broker.changeFeeds[0].subscribe(capacity: 8)
        for number in 0..<4 {
            let body = #"{"id":"\#(number)","type":"book.edited","data":{"book":"b\#(number)"}}"#
            #expect(send(body, signed: Self.signature(body), to: receiver) == .accepted(.changed(1)))
        }
        // It ends by itself.
        #expect(taken(from: slow).map(\.key) == ["b0", "b1"])
        #expect(slow.wasDropped)
        other.cancel()
        #expect(taken(from: other).map(\.key) == ["b0", "b1", "b2", "b3"])
    }
}
