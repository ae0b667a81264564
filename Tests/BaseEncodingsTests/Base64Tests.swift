import BaseEncodings
import Testing

/// Base 64 and hexadecimal digits, by the test vectors of RFC 4648, section 10.
@Suite struct Base64Tests {
    static let vectors = [
        ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"), ("foo", "Zm9v", "666f6f"),
        ("foob", "Zm9vYg==", "666f6f62"), ("fooba", "Zm9vYmE=", "666f6f6261"), ("foobar", "Zm9vYmFy", "666f6f626172"),
    ]

    @Test(arguments: vectors) func encodesAndDecodesTheVectorsOfTheRFC(plain: String, base64: String, base16: String) {
        let bytes = Array(plain.utf8)
        let unpadded = base64.filter { $0 != "=" }
        #expect(Base64.standard.encode(bytes) == base64)
        #expect(Base64.standard.decode(base64.utf8) == bytes)
        #expect(Base64.url.encode(bytes) == unpadded)
        #expect(Base64.url.decode(unpadded.utf8) == bytes)
        #expect(Hexadecimal.encode(bytes) == base16)
        #expect(Hexadecimal.decode(base16.utf8) == bytes)
        #expect(Hexadecimal.decode(base16.uppercased().utf8) == bytes)
    }

    @Test func everyByteIsReadBack() {
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ length &* 7) }
            #expect(Base64.standard.decode(Base64.standard.encode(bytes).utf8) == bytes)
            #expect(Base64.url.decode(Base64.url.encode(bytes).utf8) == bytes)
            #expect(Hexadecimal.decode(Hexadecimal.encode(bytes).utf8) == bytes)
        }
    }

    @Test func lastDigitsDifferByAlphabet() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(Base64.standard.encode(bytes) == "++//")
        #expect(Base64.url.encode(bytes) == "--__")
        #expect(Base64.standard.decode("--__".utf8) == nil)
        #expect(Base64.url.decode("++//".utf8) == nil)
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8=Zg==", "=", "====", "Zm 9v", "Zm9v\n", "Zm9vé"])
    func otherTextsAreRefused(text: String) {
        #expect(Base64.standard.decode(text.utf8) == nil)
    }

    @Test(arguments: ["Z", "Zh", "Zm9", "Zg==", "Zm8=", "Zm9vY", "*", "a b", "ä"])
    func otherTextsAreRefusedInURLs(text: String) {
        #expect(Base64.url.decode(text.utf8) == nil)
    }

    @Test(arguments: ["0", "0g", "G0", "0 ", "é", "+1", "0x"])
    func otherTextsAreRefusedAsHexadecimal(text: String) {
        #expect(Hexadecimal.decode(text.utf8) == nil)
    }

    @Test func digitsOfTheAlphabetAreTheOnlyOnes() {
        let digits = (UInt8.min ... .max).filter { Base64.standard.isDigit($0) }
        #expect(
            String(decoding: digits, as: UTF8.self)
                == "+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        )
    }
}
