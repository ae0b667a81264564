/// The paths of a server's certificate files.
package struct TLSFiles: Sendable, Hashable {
    /// The path of the server's certificate and the intermediate ones, in PEM format.
    package let certificate: String
    /// The path of the certificate's private key, in PEM format.
    package let key: String
    /// The path of the certificates of client authorities, in PEM format; nil: clients need no certificate.
    package let clientAuthorities: String?

    /// The purpose of one of the files.
    package enum Role: Sendable, Hashable {
        case certificate
        case key
        case clientAuthorities
    }

    package init(certificate: String, key: String, clientAuthorities: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
    }
}
