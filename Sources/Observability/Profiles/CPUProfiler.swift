private import CProfiler
package import Gateway
private import Synchronization

/// Records CPU profiles of the process: a hundred stack samples per second of CPU time.
package final class CPUProfiler: ProfileRecording {
    /// The samples per second of CPU time.
    private static let rate: UInt32 = 100
    /// The most samples: five minutes of CPU time, 24 MiB of memory until the profile is sent.
    private static let capacity = 1 << 15
    /// Whether a profile is being recorded, as the process has only one timer and signal.
    private static let isBusy = Atomic<Bool>(false)

    private let wait: @Sendable (Duration) async -> Void

    /// Makes a profiler.
    ///
    /// - Parameter wait: waits for the duration of the profile, or until the task is cancelled; replaced in tests.
    // The wait is in real time; tests use the CPU meanwhile. If the client has left, the task is cancelled: the sleep ends early,
    // and so does the profile; there is no error to handle.
    package init(wait: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }) {
        self.wait = wait
    }

    package func record(for duration: Duration) async throws(ProfileFailure) -> [UInt8] {
        guard Self.isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            throw .busy
        }
        defer { Self.isBusy.store(false, ordering: .releasing) }
        let (began, begun) = (UnixTime.nanoseconds(), ContinuousClock.now)
        let error = gw_profile_start(Self.rate, Self.capacity)
        guard error == 0 else { throw .system(error) }
        await wait(duration)
        let due = gw_profile_stop()
        let stacks = Self.stacks(of: due)
        gw_profile_release()
        var profile = CPUProfile(
            rate: Int(Self.rate),
            began: began,
            duration: ContinuousClock.now - begun,
            stacks: stacks
        )
        profile.missed = max(0, due - Self.capacity)
        profile.images = ProcessImages.all
        profile.functions = ProcessImages.functions(at: profile.addresses)
        return profile.pprof
    }

    /// The number of samples of each stack.
    private static func stacks(of due: Int) -> [[UInt]: Int] {
        var stacks: [[UInt]: Int] = [:]
        guard let samples = unsafe gw_profile_samples() else { return [:] }
        for index in 0..<min(due, capacity) {
            // SAFETY: nobody writes after the stop, and the memory is there until the release.
            let stack = unsafe withUnsafeBytes(of: samples[index].frames) { bytes in
                // Return addresses are after the call, so that the address before each is used.
                unsafe bytes.bindMemory(to: UInt.self).prefix(Int(samples[index].count)).enumerated()
                    .map { $0.offset == 0 ? $0.element : $0.element - 1 }
            }
            stacks[stack, default: 0] += 1
        }
        return stacks
    }
}
