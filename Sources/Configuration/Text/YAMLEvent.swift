/// An event of a YAML text, as the parser reports it.
struct YAMLEvent {
    let position: TextPosition
    let kind: Kind

    /// The kind of an event.
    enum Kind {
        case scalar(ConfigurationNode.Scalar)
        case listStart
        case listEnd
        case membersStart
        case membersEnd
        case documentStart
        case documentEnd
        case streamStart
        case streamEnd
    }
}
