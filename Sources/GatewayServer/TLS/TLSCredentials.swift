private import Glibc
private import NIOCore
internal import NIOSSL
private import Synchronization

/// The certificate of a server and its key, which can be replaced while the server runs.
package final class TLSCredentials: Sendable {
    private let current: Mutex<NIOSSLContext>

    /// The errors of files that cannot be used.
    package struct Failure: Error, CustomStringConvertible {
        /// The errors, each with its file.
        package let all: [(file: TLSFiles.Role, message: String)]

        package var description: String { all.map(\.message).joined(separator: "; ") }
    }

    /// Reads the files.
    ///
    /// - Throws: `Failure`.
    package init(_ files: TLSFiles) throws(Failure) {
        current = Mutex(try Self.context(files))
    }

    /// Uses the certificate and the key of other credentials for connections from now on.
    package func use(_ other: TLSCredentials) {
        let fresh = other.context
        current.withLock { $0 = fresh }
    }

    /// The context of connections that begin now.
    var context: NIOSSLContext { current.withLock { $0 } }

    /// The protocols that clients can choose from, in order of preference.
    static let protocols = ["h2", "http/1.1"]

    /// The ciphers of TLS 1.2: with forward secrecy, and without CBC, whose padding has been attacked.
    private static let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"

    private static func context(_ files: TLSFiles) throws(Failure) -> NIOSSLContext {
        var failures: [(file: TLSFiles.Role, message: String)] = []
        func read<Value>(_ path: String, _ role: TLSFiles.Role, _ body: (String) throws -> Value) -> Value? {
            do throws(Unusable) {
                return try Self.read(path, role == .key ? "private key" : "certificate", body)
            } catch {
                failures.append((role, error.message))
                return nil
            }
        }
        let chain = read(files.certificate, .certificate, certificates)
        let key = read(files.key, .key) { try NIOSSLPrivateKey(file: $0, format: .pem) }
        let authorities = files.clientAuthorities.map { read($0, .clientAuthorities, certificates) }
        guard failures.isEmpty, let chain, let key else { throw Failure(all: failures) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = ciphers
        configuration.applicationProtocols = protocols
        configuration.shutdownTimeout = .seconds(2)
        if let authorities {
            configuration.trustRoots = .certificates(authorities ?? [])
            // The server does not know the names of its clients, so a certificate of an authority is sufficient.
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            let words = "the key \(files.key) does not belong to the certificate \(files.certificate)"
            throw Failure(all: [(.key, words)])
        }
    }

    /// The certificates of a file.
    private static func certificates(_ path: String) throws -> [NIOSSLCertificate] {
        let found = try NIOSSLCertificate.fromPEMFile(path)
        guard !found.isEmpty else { throw Unusable(message: "\(path) has no certificate in PEM form") }
        return found
    }

    /// The error of a file that cannot be used.
    private struct Unusable: Error {
        let message: String
    }

    private static func read<Value>(
        _ path: String,
        _ what: String,
        _ body: (String) throws -> Value
    ) throws(Unusable) -> Value {
        // SAFETY: the system reads the path during the call only.
        guard unsafe access(path, R_OK) == 0 else { throw Unusable(message: "cannot read \(path)") }
        do {
            return try body(path)
        } catch let unusable as Unusable {
            throw unusable
        } catch {
            throw Unusable(message: "\(path) has no \(what) in PEM form that can be used")
        }
    }
}
