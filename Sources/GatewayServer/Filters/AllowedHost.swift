/// A host name that is allowed by configuration.
package enum AllowedHost {
    /// The name as requests are compared with it; nil if the text is no host name, or more than that.
    package static func name(of text: String) -> String? {
        guard let host = HostField(text), host.port == nil, !host.name.isEmpty else { return nil }
        return host.name
    }
}
