/// The signature of an upstream's webhooks, and the paths that all their events share: the arguments of `@webhook`.
package struct WebhookConventions: Sendable, Hashable {
    /// The encoding of a signature's bytes as text.
    package enum Encoding: String, Sendable, CaseIterable {
        case hexadecimal = "HEX"
        case base64 = "BASE64"
    }

    /// The header field that has the signature.
    package var header: String
    /// The text before the encoded signature in the field's value.
    package var prefix: String
    /// The encoding of the signature.
    package var encoding: Encoding
    /// The path of the event's type.
    package let type: MemberPath
    /// The path of the event's id.
    package let id: MemberPath
    /// The path of the time of the change.
    package let time: MemberPath
    /// The age up to which responses are fresh while webhooks report the changes of their objects.
    let maxAge: Duration

    /// Reads the arguments of `@webhook`; nil if one is not valid.
    init?(_ arguments: DirectiveArguments) {
        guard let encoding = arguments.string("encoding").flatMap({ Encoding(rawValue: $0) }),
            let type = arguments.string("type").flatMap({ MemberPath($0) }),
            let id = arguments.string("id").flatMap({ MemberPath($0) }),
            let time = arguments.string("time").flatMap({ MemberPath($0) })
        else { return nil }
        header = arguments.string("header") ?? ""
        prefix = arguments.string("prefix") ?? ""
        (self.encoding, self.type, self.id, self.time) = (encoding, type, id, time)
        maxAge = .seconds(max(0, arguments.integer("maxAge") ?? 0))
        guard !header.isEmpty else { return nil }
    }
}
