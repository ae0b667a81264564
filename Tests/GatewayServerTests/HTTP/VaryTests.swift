import Testing

@testable import GatewayServer

@Suite struct VaryTests {
    @Test(
        arguments: [
            ([], ""), (.accept, "Accept"), (.caller, "Authorization, Workspace-Key, Gateway-Report, Accept"),
            (.preflight, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
            ([.origin, .acceptEncoding, .authorization], "Authorization, Accept-Encoding, Origin"),
            (
                Vary(rawValue: .max),
                "Authorization, Workspace-Key, Gateway-Report, Accept, Accept-Encoding, Origin, "
                    + "Access-Control-Request-Method, Access-Control-Request-Headers"
            ),
        ] as [(Vary, String)]
    )
    func varyListsTheRequestFields(vary: Vary, text: String) {
        #expect(vary.text == text)
    }
}
