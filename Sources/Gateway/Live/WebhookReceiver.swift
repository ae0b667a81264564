internal import JSON
internal import Upstream

/// Receives the webhooks of one workspace: cached responses of changed objects are invalidated, and subscribers are notified.
package final class WebhookReceiver: Sendable {
    /// The error code for a body whose signature is missing or wrong.
    package static let codeOfUnverified = ErrorCode.unauthenticated

    /// The outcome of a webhook.
    package enum Outcome: Sendable, Equatable {
        /// It is verified and has been processed.
        case accepted(Effect)
        /// It is verified, but is not an event.
        case malformed
        /// The signature is missing or wrong.
        case unverified
    }

    /// The effect of a verified event.
    package enum Effect: Sendable, Equatable {
        /// It has changed so many objects.
        case changed(Int)
        /// The schema has no type that it concerns.
        case unconcerned
        /// It was delivered before.
        case duplicate
        /// It is older than the limit, perhaps a replay.
        case tooOld
    }

    /// The most bytes of an event's id; longer ones are ignored.
    private static let longestID = 256

    /// The slug of the workspace.
    package let slug: String
    /// The most bytes of a body.
    package let maximumBytes: Int
    private let workspace: Int
    private let service: GatewayService
    private let signature: WebhookSignature
    private let conventions: WebhookConventions
    private let maximumAge: Int
    private let now: @Sendable () -> Int
    /// The ids of the last events, also those that were delivered before a reload of the configuration.
    private let recent: RecentEventLog

    /// Makes a receiver; nil if there is no such workspace, or the schema has no webhook conventions.
    ///
    /// - Parameters:
    ///   - service: the service of the workspace.
    ///   - options: the verification of webhooks.
    ///   - now: returns the time in Unix seconds; replaced in tests.
    package init?(
        service: GatewayService,
        options: WebhookOptions,
        now: @escaping @Sendable () -> Int = { UnixTime.now() }
    ) {
        guard let conventions = service.bindings.events.conventions,
            let workspace = service.broker.workspaces.firstIndex(where: { $0.slug == options.slug }),
            let recent = service.recentEvents[ExactString(options.slug)]
        else { return nil }
        self.recent = recent
        slug = options.slug
        maximumBytes = options.maximumBytes
        maximumAge = options.maximumAge
        signature = WebhookSignature(options, conventions)
        self.service = service
        self.workspace = workspace
        self.conventions = conventions
        self.now = now
    }

    /// Verifies a webhook, and applies the changes that it reports.
    ///
    /// - Parameters:
    ///   - body: the bytes as they were received.
    ///   - field: returns the value of a header field of the request.
    /// - Returns: the outcome.
    package func receive(_ body: [UInt8], field: (String) -> String?) -> Outcome {
        receive(body, decoding: { $0 }, field: field)
    }

    /// Verifies a webhook whose body has a content coding, and applies the changes that it reports.
    ///
    /// - Parameters:
    ///   - body: the bytes as they were received, which are signed.
    ///   - decode: decodes them once they are verified; returns nil if the content coding is invalid.
    ///   - field: returns the value of a header field of the request.
    /// - Returns: the outcome.
    package func receive(
        _ body: [UInt8],
        decoding decode: ([UInt8]) -> [UInt8]?,
        field: (String) -> String?
    ) -> Outcome {
        guard let verified = signature.verify(body, field: field) else { return .unverified }
        guard let content = decode(body), let event = try? JSONValue(parsing: content), case .object = event,
            let type = conventions.type.value(in: event)?.stringValue
        else { return .malformed }
        let time = verified.sentAt ?? conventions.time.value(in: event).flatMap { EventTime.unixTime($0) }
        // Not `now() - time`, which overflows for a time far in the past.
        if let time, time < now() - maximumAge { return .accepted(.tooOld) }
        let changes = service.bindings.events.changes(by: type, in: event)
        guard !changes.isEmpty else { return .accepted(.unconcerned) }
        if let id = conventions.id.value(in: event)?.scalarText, !id.isEmpty, id.utf8.count <= Self.longestID,
            !recent.insert(id)
        {
            return .accepted(.duplicate)
        }
        for change in changes { service.broker.apply(change, in: workspace) }
        return .accepted(.changed(changes.count))
    }
}
