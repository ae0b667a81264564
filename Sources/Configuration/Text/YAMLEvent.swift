/// A part of a YAML text, as the parser reports it.
struct YAMLEvent {
    let position: TextPosition
    let kind: Kind

    /// What the part is.
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
