internal import ArgumentParser
internal import Foundation
internal import GatewayServer
private import Glibc

/// What the system gives the process, arranged before it serves.
enum ProcessResources {
    /// Raises the limit of descriptors as far as the system allows.
    ///
    /// - Returns: how many descriptors the process may open.
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

    /// More descriptors than this are of no use.
    private static let mostDescriptors: rlim_t = 1 << 20

    /// Lets system libraries create now what they would create at first use.
    ///
    /// libdispatch makes descriptors for the timers of each clock when the first one starts, and ends the process if there
    /// is none left: https://github.com/swiftlang/swift-corelibs-libdispatch/blob/main/src/event/event_epoll.c
    static func warmUp() async {
        try? await Task.sleep(for: .nanoseconds(1), clock: .continuous)
        try? await Task.sleep(for: .nanoseconds(1), clock: .suspending)
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(wallDeadline: .now() + .milliseconds(1)) { continuation.resume() }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) { continuation.resume() }
        }
    }
}
