/// A host name that the configuration allows.
package enum AllowedHost {
    /// The normalized name, as it is compared with those of requests; nil if the text is not just a host name.
    package static func name(of text: String) -> String? {
        guard let host = HostField(text), host.port == nil, !host.name.isEmpty else { return nil }
        return host.name
    }
}
