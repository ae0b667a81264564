private import NIOSSL

/// Checks the contents of PEM files.
package enum PEMContent {
    /// Whether there are valid certificates.
    package static func hasCertificates(_ bytes: [UInt8]) -> Bool {
        (try? NIOSSLCertificate.fromPEMBytes(bytes))?.isEmpty == false
    }

    /// Whether there is a private key that is not encrypted.
    package static func hasPrivateKey(_ bytes: [UInt8]) -> Bool {
        (try? NIOSSLPrivateKey(bytes: bytes, format: .pem)) != nil
    }

    /// Whether a private key belongs to the first certificate.
    package static func isPair(certificates: [UInt8], key: [UInt8]) -> Bool {
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificates),
            let key = try? NIOSSLPrivateKey(bytes: key, format: .pem)
        else { return false }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        return (try? NIOSSLContext(configuration: configuration)) != nil
    }
}
