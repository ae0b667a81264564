internal import ArgumentParser
private import Dispatch
internal import FoundationEssentials
internal import GatewayServer
private import Glibc

/// Prepares the process's resources before it serves.
enum ProcessResources {
    /// Raises the limit of file descriptors as far as the system allows.
    ///
    /// - Returns: the number of file descriptors that the process may open.
    /// - Throws: a `ValidationError` if they are not enough to serve.
    static func raiseDescriptorLimit() throws -> Int {
        var limit = rlimit()
        // SAFETY: the pointers are used during the calls only.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        let wanted = min(limit.rlim_max, mostDescriptors)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        let count = Int(min(limit.rlim_cur, mostDescriptors))
        guard count >= DescriptorPlan.minimum else {
            throw ValidationError(
                "The process may open \(count) files; at least \(DescriptorPlan.minimum) are needed (ulimit -n)."
            )
        }
        return count
    }

    /// The most descriptors that are of use.
    private static let mostDescriptors: rlim_t = 1 << 20

    /// Makes system libraries create now what they would create at first use.
    ///
    /// libdispatch makes a descriptor for the timers of each clock when the first one is armed, and ends the process if there
    /// is none left: https://github.com/swiftlang/swift-corelibs-libdispatch/blob/main/src/event/event_epoll.c
    static func warmUp() async {
        // A timer whose time has passed before it is armed needs no descriptor, so that longer ones are tried on a machine
        // that is slow.
        for milliseconds in [20, 100, 500] {
            await armTimers(milliseconds: milliseconds)
            if timerDescriptors >= clocks { return }
        }
    }

    /// The clocks of libdispatch.
    private static let clocks = 3

    private static func armTimers(milliseconds: Int) async {
        await withTaskGroup(of: Void.self) { group in
            // The sleeps are what matters: each arms a timer of another clock, which makes that clock's descriptor. Nobody cancels
            // them, so that none throws.
            group.addTask { try? await Task.sleep(for: .milliseconds(milliseconds), clock: .continuous) }
            group.addTask { try? await Task.sleep(for: .milliseconds(milliseconds), clock: .suspending) }
            group.addTask {
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().asyncAfter(wallDeadline: .now() + .milliseconds(milliseconds)) {
                        continuation.resume()
                    }
                }
            }
        }
    }

    /// The timers of the process that are descriptors.
    private static var timerDescriptors: Int {
        let folder = "/proc/self/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return descriptors.count { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
            return target?.contains("timerfd") == true
        }
    }
}
