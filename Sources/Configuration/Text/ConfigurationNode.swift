/// A value of a configuration text, and where it stands.
struct ConfigurationNode: Sendable {
    let position: TextPosition
    let content: Content

    /// What a value is.
    indirect enum Content: Sendable {
        case scalar(Scalar)
        case list([ConfigurationNode])
        case members([Member])
    }

    /// A text, a number, true, false or null.
    struct Scalar: Sendable {
        let text: String
        /// Whether it stands without quotes: only then it can be more than a text.
        let isPlain: Bool

        /// The truth value that it is; nil: it is none.
        ///
        /// As in YAML 1.2: `yes`, `on` and the like are texts.
        var boolean: Bool? {
            switch isPlain ? text : "" {
            case "true", "True", "TRUE": true
            case "false", "False", "FALSE": false
            default: nil
            }
        }

        /// Whether it is no value.
        var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
    }

    /// A name and its value.
    struct Member: Sendable {
        let name: String
        let namePosition: TextPosition
        let value: ConfigurationNode
    }

    /// The scalar that it is; nil: it is a list or has members.
    var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
}
