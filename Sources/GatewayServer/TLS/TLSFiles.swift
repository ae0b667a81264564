/// The files of a server's certificate.
package struct TLSFiles: Sendable, Hashable {
    /// The server's certificate and those between it and its authority, in PEM form.
    package let certificate: String
    /// The certificate's private key, in PEM form.
    package let key: String
    /// The authorities of clients' certificates, in PEM form; nil: clients need none.
    package let clientAuthorities: String?

    /// What one of the files is for.
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
