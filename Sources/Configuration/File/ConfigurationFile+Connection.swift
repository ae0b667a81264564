extension ConfigurationFile {
    /// The connection settings of a workspace's calls; nil: the setting for all workspaces applies.
    package struct Connection: Sendable, Hashable {
        /// The file of the trusted certificates that replace the system's.
        package var authorities: PlacedText?
        /// The file of the gateway's certificate.
        package var certificate: PlacedText?
        /// The file of the certificate's private key; set if there is a certificate.
        package var privateKey: PlacedText?
        /// The URL of the proxy.
        package var proxy: String?
        /// The timeout of one call, in seconds.
        package var timeout: Int?

        package init() {}
    }

    /// A text with its location: file, line and column.
    package struct PlacedText: Sendable, Hashable {
        package let text: String
        package let location: String
    }
}
