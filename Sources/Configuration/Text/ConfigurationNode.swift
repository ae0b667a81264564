/// A value of a configuration text, with its position.
struct ConfigurationNode: Sendable {
    let position: TextPosition
    let content: Content

    /// The content of a value.
    indirect enum Content: Sendable {
        case scalar(Scalar)
        case list([ConfigurationNode])
        case members([Member])
    }

    /// A text, a number, true, false or null.
    struct Scalar: Sendable {
        let text: String
        /// Whether it is written without quotes; a quoted scalar is always a text.
        let isPlain: Bool

        /// The boolean value; nil: it is none.
        ///
        /// As in YAML 1.2, `yes`, `on` and the like are texts.
        var boolean: Bool? {
            switch isPlain ? text : "" {
            case "true", "True", "TRUE": true
            case "false", "False", "FALSE": false
            default: nil
            }
        }

        /// Whether it is null.
        var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
    }

    /// A name and its value.
    struct Member: Sendable {
        let name: String
        let namePosition: TextPosition
        let value: ConfigurationNode
    }

    /// The scalar; nil: the value is a list or has members.
    var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
}
