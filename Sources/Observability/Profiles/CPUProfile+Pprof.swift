internal import Gateway

extension CPUProfile {
    /// The profile as a message of Protocol Buffers.
    ///
    /// https://github.com/google/pprof/blob/main/proto/profile.proto
    var pprof: [UInt8] {
        var (message, texts) = (ProtobufMessage(), TextTable())
        let period = UInt64(1_000_000_000 / rate)
        for (type, unit) in [("samples", "count"), ("cpu", "nanoseconds")] {
            message.append(1) { $0.appendType(texts.number(of: type), texts.number(of: unit)) }
        }
        let locations = Dictionary(
            uniqueKeysWithValues: addresses.enumerated().map { ($0.element, UInt64($0.offset + 1)) }
        )
        for (stack, count) in stacks {
            message.append(2) { sample in
                for address in stack { sample.append(1, variable: locations[address] ?? 0) }
                sample.append(2, variable: UInt64(count))
                sample.append(2, variable: UInt64(count) * period)
            }
        }
        for (number, image) in images.enumerated() {
            message.append(3) { mapping in
                mapping.append(1, variable: UInt64(number + 1))
                mapping.append(2, variable: UInt64(image.addresses.lowerBound))
                mapping.append(3, variable: UInt64(image.addresses.upperBound))
                mapping.append(4, variable: image.offset)
                mapping.append(5, variable: texts.number(of: image.path))
                // The flag that its functions have names here, so that the file is not needed.
                mapping.append(7, variable: 1)
            }
        }
        appendLocations(locations, to: &message, &texts)
        let unit = (texts.number(of: "cpu"), texts.number(of: "nanoseconds"))
        if missed > 0 { message.append(13, variable: texts.number(of: "\(missed) samples more had no room")) }
        for text in texts.all { message.append(6, text: text) }
        message.append(9, variable: began)
        message.append(10, variable: UInt64(max(0, duration.nanoseconds)))
        message.append(11) { $0.appendType(unit.0, unit.1) }
        message.append(12, variable: period)
        return message.bytes
    }

    private func appendLocations(
        _ locations: [UInt: UInt64],
        to message: inout ProtobufMessage,
        _ texts: inout TextTable
    ) {
        var known: [Function: UInt64] = [:]
        for (address, location) in locations {
            var function: UInt64?
            if let found = functions[address] {
                function = known[found] ?? UInt64(known.count + 1)
                known[found] = function
            }
            message.append(4) { entry in
                entry.append(1, variable: location)
                if let image = images.firstIndex(where: { $0.addresses.contains(address) }) {
                    entry.append(2, variable: UInt64(image + 1))
                }
                entry.append(3, variable: UInt64(address))
                if let function { entry.append(4) { $0.append(1, variable: function) } }
            }
        }
        for (function, number) in known {
            message.append(5) { entry in
                entry.append(1, variable: number)
                entry.append(2, variable: texts.number(of: function.name))
                entry.append(3, variable: texts.number(of: function.symbol))
            }
        }
    }

    /// The string table of a profile, which refers to strings by index; the first one is empty.
    private struct TextTable {
        private(set) var all = [""]
        private var numbers = ["": UInt64(0)]

        mutating func number(of text: String) -> UInt64 {
            if let number = numbers[text] { return number }
            let number = UInt64(all.count)
            all.append(text)
            numbers[text] = number
            return number
        }
    }
}

extension ProtobufMessage {
    /// Appends the type of a value with its unit.
    fileprivate mutating func appendType(_ type: UInt64, _ unit: UInt64) {
        append(1, variable: type)
        append(2, variable: unit)
    }
}
