/// The 64-bit FNV-1a hash: the same in every process, unlike the standard library's.
struct FNV1a: Sendable {
    /// The hash of all bytes so far.
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds bytes to the hash.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }
}
