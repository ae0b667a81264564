import Foundation
import GatewayServer
import GatewayTestSupport
import Testing

/// Certificates that a test makes for itself, in a folder that is removed with it.
final class TestCertificates: Sendable {
    /// The folder.
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/certificates-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes a certificate that vouches for itself, and its key, as `NAME.pem` and `NAME.key`.
    func make(_ name: String, subject: String = "localhost") async throws -> TLSFiles {
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
            "-subj", "/CN=\(subject)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
        ]
        let result = try await BuiltProgram.finish("/usr/bin/openssl", arguments, in: folder)
        try #require(result.status == 0, "\(result.errors)")
        return TLSFiles(certificate: path("\(name).pem"), key: path("\(name).key"))
    }
}
