import GatewayServer
import GatewayTestSupport

extension BuiltGateway {
    /// Serves while a test runs, and stops after it.
    ///
    /// - Parameters:
    ///   - release: releases what the test holds back, so that a failed test does not wait for it.
    ///   - body: the test.
    /// - Throws: what the test throws.
    func serve(releasing release: () -> Void = {}, _ body: (HTTPServer) async throws -> Void) async throws {
        let server = try await start()
        do {
            try await body(server)
            try await server.shutDown(delays: false)
        } catch {
            release()
            try await server.shutDown(delays: false)
            throw error
        }
    }
}
