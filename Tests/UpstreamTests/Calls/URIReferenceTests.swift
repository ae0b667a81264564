import Testing

@testable import Upstream

/// References are resolved as https://www.rfc-editor.org/rfc/rfc3986#section-5.4 says, whose examples these are.
@Suite struct URIReferenceTests {
    private static let base = URIReference("http://a/b/c/d;p?q")

    @Test(arguments: [
        ("g:h", "h"), ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("//g", ""),
        ("?y", "/b/c/d;p"), ("g?y", "/b/c/g"), ("#s", "/b/c/d;p"), ("g#s", "/b/c/g"), ("g?y#s", "/b/c/g"),
        (";x", "/b/c/;x"), ("g;x", "/b/c/g;x"), ("", "/b/c/d;p"), (".", "/b/c/"), ("./", "/b/c/"), ("..", "/b/"),
        ("../", "/b/"), ("../g", "/b/g"), ("../..", "/"), ("../../", "/"), ("../../g", "/g"), ("../../../g", "/g"),
        ("../../../../g", "/g"), ("/./g", "/g"), ("/../g", "/g"), ("g.", "/b/c/g."), (".g", "/b/c/.g"),
        ("g..", "/b/c/g.."), ("..g", "/b/c/..g"), ("./../g", "/b/g"), ("./g/.", "/b/c/g/"), ("g/./h", "/b/c/g/h"),
        ("g/../h", "/b/c/h"), ("g;x=1/./y", "/b/c/g;x=1/y"), ("g;x=1/../y", "/b/c/y"), ("g?y/./x", "/b/c/g"),
        ("g#s/../x", "/b/c/g"), ("http://other.test/x/./y", "/x/y"),
    ])
    func aReferenceIsResolvedAgainstItsBase(reference: String, path: String) {
        #expect(URIReference(reference).resolved(against: Self.base).path == path)
    }

    @Test func allPartsAreResolved() {
        let target = URIReference("//h:8/x?y").resolved(against: Self.base)
        #expect([target.scheme, target.authority, target.path, target.query] == ["http", "h:8", "/x", "y"])
        let empty = URIReference("x").resolved(against: URIReference("http://h"))
        #expect([empty.scheme, empty.authority, empty.path, empty.query] == ["http", "h", "/x", nil])
    }
}
