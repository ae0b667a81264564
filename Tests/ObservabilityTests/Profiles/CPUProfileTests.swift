import Testing

@testable import Observability

/// A profile as a message of Protocol Buffers.
@Suite struct CPUProfileTests {
    @Test func aProfileIsWrittenAsPprofReadsIt() {
        var profile = CPUProfile(rate: 100, began: 5, duration: .nanoseconds(9), stacks: [[0x1010, 0x1020]: 3])
        profile.images = [CPUProfile.Image(addresses: 0x1000..<0x2000, offset: 16, path: "/bin/a")]
        profile.functions = [0x1010: CPUProfile.Function(name: "f()", symbol: "$f")]
        let fields = ProtobufFields(profile.pprof)
        let texts = fields[6].map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts.first == "")
        #expect(
            fields[1].map { $0.message.texts(1, 2, in: texts) } == [["samples", "count"], ["cpu", "nanoseconds"]]
        )
        // Three samples are 30 ms of processor time.
        let sample = fields[2][0].message
        #expect(sample[2].map(\.number) == [3, 30_000_000])
        let mapping = fields[3][0].message
        #expect([1, 2, 3, 4].map { mapping[$0][0].number } == [1, 0x1000, 0x2000, 16])
        #expect(mapping.texts(5, in: texts) == ["/bin/a"])
        let locations = fields[4].map(\.message)
        let leaf = locations.first { $0[1][0].number == sample[1][0].number }
        #expect(leaf?[3][0].number == 0x1010 && leaf?[2][0].number == 1)
        #expect(leaf?[4][0].message[1][0].number == 1)
        let caller = locations.first { $0[1][0].number == sample[1][1].number }
        #expect(caller?[3][0].number == 0x1020 && caller?[4].isEmpty == true)
        #expect(fields[5][0].message.texts(2, 3, in: texts) == ["f()", "$f"])
        #expect([9, 10, 12].map { fields[$0][0].number } == [5, 9, 10_000_000])
    }
}

/// The fields of a message.
///
/// https://protobuf.dev/programming-guides/encoding/
private struct ProtobufFields {
    struct Value {
        var number: UInt64 = 0
        var bytes: [UInt8] = []
        var message: ProtobufFields { ProtobufFields(bytes) }
    }

    private var fields: [UInt64: [Value]] = [:]

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        func variable() -> UInt64 {
            var (value, shift) = (UInt64(0), UInt64(0))
            while let byte = rest.popFirst() {
                value |= UInt64(byte & 0x7f) << shift
                if byte < 0x80 { break }
                shift += 7
            }
            return value
        }
        while !rest.isEmpty {
            let tag = variable()
            var value = Value(number: variable())
            if tag & 7 == 2 {
                value.bytes = Array(rest.prefix(Int(value.number)))
                rest = rest.dropFirst(Int(value.number))
            }
            fields[tag >> 3, default: []].append(value)
        }
    }

    subscript(_ field: UInt64) -> [Value] { fields[field] ?? [] }

    /// The texts that fields name by their numbers.
    func texts(_ fields: UInt64..., in texts: [String]) -> [String] { fields.map { texts[Int(self[$0][0].number)] } }
}
