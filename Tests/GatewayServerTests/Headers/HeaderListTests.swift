import Testing

@testable import GatewayServer

@Suite struct HeaderListTests {
    @Test(arguments: [
        ("", [String]()), (",,", []), (" \t ", []),
        ("a", ["a"]), (" a ,\tb\t, ,c d", ["a", "b", "c d"]),
        // What is quoted does not separate, and a quoted quote does not end it.
        (#"a="x,y", b"#, [#"a="x,y""#, "b"]),
        (#"a="x\",y",b"#, [#"a="x\",y""#, "b"]),
        (#"a="x\\",b"#, [#"a="x\\""#, "b"]),
        (#"a="x,b"#, [#"a="x,b"#]),
        // Outside of quotes a backslash means nothing.
        (#"a\,b"#, [#"a\"#, "b"]),
    ])
    func elementsAreSeparatedOutsideOfQuotes(value: String, elements: [String]) {
        #expect(HeaderList.split(value[...], on: ",").map(String.init) == elements)
    }
}
