import Testing

@testable import Upstream

/// The behaviour that RFC 6570 describes for levels 1 to 3, with values of our own.
@Suite struct URITemplateTests {
    private static let values = [
        "word": "blue", "phrase": "So it goes!", "none": "", "route": "/a/b", "w": "1920", "h": "1080",
        "half": "50%", "encoded": "a%20b", "umlaut": "ä€", "parent.id": "p/1",
    ]

    private func expand(_ template: String) throws -> String {
        try URITemplate(template).expand { name, _ in Self.values[name].map { .text($0) } }
    }

    @Test(arguments: [
        ("", ""),
        ("/plain", "/plain"),
        ("{word}", "blue"),
        ("{phrase}", "So%20it%20goes%21"),
        ("{route}", "%2Fa%2Fb"),
        ("{half}", "50%25"),
        ("{umlaut}", "%C3%A4%E2%82%AC"),
        ("{encoded}", "a%2520b"),
        ("{w,h}", "1920,1080"),
        ("map?{w,h}", "map?1920,1080"),
        ("{w,phrase,h}", "1920,So%20it%20goes%21,1080"),
        ("{none}", ""),
        ("/x{none}y", "/xy"),
        ("{w,none,h}", "1920,,1080"),
        ("/things/{parent.id}/rest", "/things/p%2F1/rest"),
    ])
    func simpleExpressionsEncodeEverythingReserved(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    @Test(arguments: [
        ("{+word}", "blue"),
        ("{+phrase}", "So%20it%20goes!"),
        ("{+route}/here", "/a/b/here"),
        ("here?ref={+route}", "here?ref=/a/b"),
        ("up{+route}{word}/here", "up/a/bblue/here"),
        ("{+w,phrase,h}", "1920,So%20it%20goes!,1080"),
        ("{+route,w}/here", "/a/b,1920/here"),
        ("{+half}", "50%25"),
        ("{+encoded}", "a%20b"),
        ("{+none}", ""),
        ("X{#word}", "X#blue"),
        ("X{#phrase}", "X#So%20it%20goes!"),
        ("{#w,phrase,h}", "#1920,So%20it%20goes!,1080"),
        ("{#route,w}/here", "#/a/b,1920/here"),
        ("{#none}", "#"),
    ])
    func reservedAndFragmentExpressionsKeepReservedCharacters(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    @Test(arguments: [
        ("X{.word}", "X.blue"),
        ("X{.w,h}", "X.1920.1080"),
        ("X{.none}", "X."),
        ("{/word}", "/blue"),
        ("{/word,w}/here", "/blue/1920/here"),
        ("{/route}", "/%2Fa%2Fb"),
        ("{/none}", "/"),
        ("{;w,h}", ";w=1920;h=1080"),
        ("{;w,h,none}", ";w=1920;h=1080;none"),
        ("{;phrase}", ";phrase=So%20it%20goes%21"),
    ])
    func labelsPathSegmentsAndParametersBringTheirSeparators(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    @Test(arguments: [
        ("{?w,h}", "?w=1920&h=1080"),
        ("{?w,h,none}", "?w=1920&h=1080&none="),
        ("{?phrase}", "?phrase=So%20it%20goes%21"),
        ("?fixed=yes{&w}", "?fixed=yes&w=1920"),
        ("?fixed=yes{&w,h,none}", "?fixed=yes&w=1920&h=1080&none="),
        ("/p{?w}{&h}", "/p?w=1920&h=1080"),
    ])
    func queryExpressionsNameTheirValues(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    @Test(arguments: [
        ("{absent}", ""),
        ("/a{absent}b", "/ab"),
        ("{absent,w}", "1920"),
        ("{w,absent,h}", "1920,1080"),
        ("{+absent,w}", "1920"),
        ("{#absent}", ""),
        ("X{.absent}", "X"),
        ("X{.absent,w}", "X.1920"),
        ("{/absent}", ""),
        ("{;absent,w}", ";w=1920"),
        ("{?absent}", ""),
        ("{?absent,w}", "?w=1920"),
        ("?fixed=yes{&absent}", "?fixed=yes"),
    ])
    func variableWithoutAValueIsLeftOut(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    /// Not the RFC's: without this, a template could not leave out its first parameters.
    @Test(arguments: [
        ("/p{&w,h}", "/p?w=1920&h=1080"),
        ("/p{?absent}{&w}", "/p?w=1920"),
        ("/p{&absent}", "/p"),
    ])
    func ampersandExpressionStartsTheQuery(template: String, expected: String) throws {
        #expect(try expand(template) == expected)
    }

    @Test func literalsAreEncodedWhereAURLCannotHoldThem() throws {
        #expect(try expand("/süß e%20f/{w}?a=b&c=[d]") == "/s%C3%BC%C3%9F%20e%20f/1920?a=b&c=[d]")
    }

    @Test func variablesAreListedInOrder() throws {
        let template = try URITemplate("/a/{parent.id}{/x,y}{?status,x}")
        #expect(template.variables == ["parent.id", "x", "y", "status", "x"])
        #expect(template.text == "/a/{parent.id}{/x,y}{?status,x}")
    }

    @Test(arguments: [
        ("/a/{b", #"The template "/a/{b" opens a brace that it does not close."#),
        ("/a/b}", #"The template "/a/b}" closes a brace that is not open."#),
        ("{a}}", #"The template "{a}}" closes a brace that is not open."#),
        ("{}", #"The template "{}" has an expression that names no variable: {}."#),
        ("{?}", #"The template "{?}" has an expression that names no variable: {?}."#),
        ("{a,}", #"The template "{a,}" has an expression that names no variable: {a,}."#),
        ("{a b}", #"The template "{a b}" has an expression that names no variable: {a b}."#),
        ("{ a}", #"The template "{ a}" has an expression that names no variable: { a}."#),
        ("{a:3}", #"The template "{a:3}" has an expression that names no variable: {a:3}."#),
        ("{a*}", #"The template "{a*}" has an expression that names no variable: {a*}."#),
        ("{=a}", #"The template "{=a}" has an expression that names no variable: {=a}."#),
        ("{a{b}}", #"The template "{a{b}}" has an expression that names no variable: {a{b}."#),
    ])
    func aMalformedTemplateIsRefused(template: String, message: String) {
        #expect(throws: URITemplate.Malformed(message: message)) { try URITemplate(template) }
    }
}
