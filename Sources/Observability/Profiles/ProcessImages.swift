private import CProfiler
private import Glibc

/// The mapped program and libraries, with their functions.
enum ProcessImages {
    /// The images; the program is the first.
    static var all: [CPUProfile.Image] {
        let none = ""
        return unsafe none.withCString { empty in
            let image = unsafe gw_profile_image(start: 0, end: 0, offset: 0, path: empty)
            var images = unsafe [gw_profile_image](repeating: image, count: 256)
            // SAFETY: the function writes into the array during the call only, as many as it is said to hold.
            let count = unsafe images.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                return unsafe gw_profile_images(start, buffer.count)
            }
            // SAFETY: the paths are the dynamic linker's, which holds them as long as the library is loaded; none is unloaded here.
            return unsafe images.prefix(count).map { image in
                let path = unsafe String(cString: image.path)
                return unsafe CPUProfile.Image(
                    addresses: image.start..<image.end,
                    offset: image.offset,
                    path: path.isEmpty ? programPath : path
                )
            }
        }
    }

    private static var programPath: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        // SAFETY: the system writes into the array during the call only, and leaves the last character alone.
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }

    /// The functions at addresses; those without a name are left out.
    static func functions(at addresses: [UInt]) -> [UInt: CPUProfile.Function] {
        let found = FoundNames()
        let context = unsafe Unmanaged.passUnretained(found).toOpaque()
        let addresses = addresses.sorted()
        // SAFETY: the function calls back during the call only, in which both arguments are alive.
        unsafe addresses.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe gw_profile_name(start, buffer.count, context) { context, index, name in
                unsafe Unmanaged<FoundNames>.fromOpaque(context).takeUnretainedValue().names[index] = String(
                    cString: name
                )
            }
        }
        var functions: [UInt: CPUProfile.Function] = [:]
        var known: [String: CPUProfile.Function] = [:]
        for (index, symbol) in found.names {
            let function = known[symbol] ?? CPUProfile.Function(name: readable(symbol), symbol: symbol)
            known[symbol] = function
            functions[addresses[index]] = function
        }
        return functions
    }

    private static func readable(_ symbol: String) -> String {
        // SAFETY: the result is copied, then freed as the function asks for.
        guard let name = unsafe symbol.withCString({ unsafe gw_profile_demangle($0) }) else { return symbol }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }

    /// The names that were found, by the index of the address.
    private final class FoundNames {
        var names: [Int: String] = [:]
    }
}
