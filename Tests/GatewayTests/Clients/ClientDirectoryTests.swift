import Testing

@testable import Gateway

/// What the header `Authorization` says where clients are listed.
@Suite struct ClientDirectoryTests {
    private let directory = ClientDirectory([])

    @Test(arguments: [nil, "", "Basic YTpi", "Digest username=\"a\"", "secret"] as [String?])
    func otherAuthorizationSchemesCountAsNoToken(authorization: String?) {
        #expect(throws: AuthenticationFailure.missing) {
            _ = try directory.client(authorization: authorization)
        }
    }

    @Test(arguments: ["Bearer", "bearer a b", "Bearer "]) func tokenOfSeveralWordsIsInvalid(authorization: String) {
        #expect(throws: AuthenticationFailure.invalid("Authorization must be: Bearer TOKEN.")) {
            _ = try directory.client(authorization: authorization)
        }
    }
}
