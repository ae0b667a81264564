extension ConfigurationFile {
    /// How the calls of a workspace connect; what is nil is as for all workspaces.
    package struct Connection: Sendable, Hashable {
        /// The file of the certificates that are trusted in place of the system's.
        package var authorities: PlacedText?
        /// The file of the gateway's certificate.
        package var certificate: PlacedText?
        /// The file of that certificate's private key; there is one if there is a certificate.
        package var privateKey: PlacedText?
        /// The URL of the proxy.
        package var proxy: String?
        /// The seconds that one call may take.
        package var timeout: Int?

        package init() {}
    }

    /// A text, and where it stands: file, line and column.
    package struct PlacedText: Sendable, Hashable {
        package let text: String
        package let location: String
    }
}
