private import Glibc
private import NIOCore
internal import NIOSSL
private import Synchronization

/// What a server proves its name with: a certificate and its key, which others can replace while it runs.
package final class TLSCredentials: Sendable {
    private let current: Mutex<NIOSSLContext>

    /// Why files cannot be used.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads the files.
    ///
    /// - Throws: `Failure`.
    package init(_ files: TLSFiles) throws {
        current = Mutex(try Self.context(files))
    }

    /// Uses what has been read from other files, or from the same ones later, for connections from now on.
    package func use(_ other: TLSCredentials) {
        let fresh = other.context
        current.withLock { $0 = fresh }
    }

    /// What connections that begin now use.
    var context: NIOSSLContext { current.withLock { $0 } }

    /// The protocols that clients can choose from, the best first.
    static let protocols = ["h2", "http/1.1"]

    /// The ciphers of TLS 1.2: keys of their own for each connection, and no block chaining, whose padding has been attacked.
    private static let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"

    private static func context(_ files: TLSFiles) throws -> NIOSSLContext {
        let chain = try read(files.certificate, "certificate") { try NIOSSLCertificate.fromPEMFile($0) }
        guard !chain.isEmpty else { throw Failure(description: "\(files.certificate) has no certificate in PEM form") }
        let key = try read(files.key, "private key") { try NIOSSLPrivateKey(file: $0, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = ciphers
        configuration.applicationProtocols = protocols
        configuration.shutdownTimeout = .seconds(2)
        if let authorities = files.clientAuthorities {
            configuration.trustRoots = .certificates(
                try read(authorities, "certificate") { try NIOSSLCertificate.fromPEMFile($0) }
            )
            // The server does not know the names of its clients: that an authority vouches for them is enough.
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw Failure(description: "the key \(files.key) does not belong to the certificate \(files.certificate)")
        }
    }

    private static func read<Value>(_ path: String, _ what: String, _ body: (String) throws -> Value) throws -> Value {
        // SAFETY: the system reads the path during the call only.
        guard unsafe access(path, R_OK) == 0 else { throw Failure(description: "cannot read \(path)") }
        do {
            return try body(path)
        } catch {
            throw Failure(description: "\(path) has no \(what) in PEM form that can be used")
        }
    }
}
