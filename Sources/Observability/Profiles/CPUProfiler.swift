private import CProfiler
package import Gateway
private import Synchronization

/// Records where the process uses the processor: a hundred times in each second of processor time, the stack of the thread that uses it.
package final class CPUProfiler: ProfileRecording {
    /// Samples in each second of processor time.
    private static let rate: UInt32 = 100
    /// The most samples: five minutes of processor time, 24 MiB of memory until the profile is sent.
    private static let capacity = 1 << 15
    /// Whether a profile is being recorded: the timer and the signal are the process's.
    private static let isBusy = Atomic<Bool>(false)

    private let wait: @Sendable (Duration) async -> Void

    /// Makes a profiler.
    ///
    /// - Parameter wait: waits until the profile is to end, or until the task is cancelled.
    // A profile is of time that passes for real; tests give a function that uses the processor instead. If the client has gone, the task is
    // cancelled: the sleep ends early, and with it the profile; there is no error to handle.
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

    /// How often each stack was found.
    private static func stacks(of due: Int) -> [[UInt]: Int] {
        var stacks: [[UInt]: Int] = [:]
        guard let samples = unsafe gw_profile_samples() else { return [:] }
        for index in 0..<min(due, capacity) {
            // SAFETY: nobody writes after the stop, and the memory is there until the release.
            let stack = unsafe withUnsafeBytes(of: samples[index].frames) { bytes in
                // Callers are where they called, which is before the address that they go on at.
                unsafe bytes.bindMemory(to: UInt.self).prefix(Int(samples[index].count)).enumerated()
                    .map { $0.offset == 0 ? $0.element : $0.element - 1 }
            }
            stacks[stack, default: 0] += 1
        }
        return stacks
    }
}
