extension String {
    /// The name in snake_case: `firstName` becomes `first_name`, `userID2` becomes `user_id2`.
    package var snakeCased: String {
        let characters = Array(utf8)
        var result: [UInt8] = []
        for (index, byte) in characters.enumerated() {
            guard byte.isUppercaseLetter else {
                result.append(byte)
                continue
            }
            let follows = index > 0 && !characters[index - 1].isUppercaseLetter && characters[index - 1] != 0x5F
            let ends =
                index > 0 && characters[index - 1].isUppercaseLetter && index + 1 < characters.count
                && characters[index + 1].isLowercaseLetter
            if follows || ends { result.append(0x5F) }  // _
            result.append(byte | 0x20)
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isUppercaseLetter: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
    fileprivate var isLowercaseLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
}
