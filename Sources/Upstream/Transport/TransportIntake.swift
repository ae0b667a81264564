private import CLibcurlShims
private import Glibc
private import Synchronization

/// The queue of commands for the transport's thread, with the means to wake it.
final class TransportIntake: Sendable {
    /// A command for the thread.
    enum Command {
        case start(TransportBatch)
        case cancel(TransportBatch)
    }

    /// Whether the thread accepts commands.
    enum Phase {
        /// Commands are accepted.
        case running
        /// No more commands are accepted; the thread is ending its exchanges.
        case stopping
        /// The thread accesses nothing any more.
        case stopped
    }

    private struct State {
        var phase = Phase.running
        var commands: [Command] = []
        var isThreadAsleep = false
        var waitingForStop: [CheckedContinuation<Void, Never>] = []
    }

    /// A descriptor that is readable when the thread is to wake up.
    let wakeUpDescriptor: Int32

    private let state = Mutex(State())

    init() throws(TransportError) {
        wakeUpDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeUpDescriptor >= 0 else { throw .setUp("eventfd") }
    }

    deinit {
        close(wakeUpDescriptor)
    }

    // MARK: - Called by any thread

    /// Queues a command for the thread; returns false if no more are accepted.
    func submit(_ command: Command) -> Bool {
        let (isAccepted, mustWake) = state.withLock { state in
            guard state.phase == .running else { return (false, false) }
            state.commands.append(command)
            // PERF: measured; a busy thread looks here without being woken, so most commands need no system call.
            defer { state.isThreadAsleep = false }
            return (true, state.isThreadAsleep)
        }
        if mustWake { wakeThread() }
        return isAccepted
    }

    /// Asks the thread to end all exchanges and then itself.
    func requestStop() {
        let mustWake = state.withLock { state in
            guard state.phase == .running else { return false }
            state.phase = .stopping
            return true
        }
        if mustWake { wakeThread() }
    }

    /// Returns when the thread has ended all exchanges and freed everything.
    func waitUntilStopped() async {
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                guard state.phase != .stopped else { return true }
                state.waitingForStop.append(continuation)
                return false
            }
            if isStopped { continuation.resume() }
        }
    }

    private func wakeThread() {
        eventfd_write(wakeUpDescriptor, 1)
    }

    // MARK: - Called by the thread

    /// Moves all commands into an empty array.
    ///
    ///   - commands: an empty array, whose storage the intake reuses.
    ///   - maySleep: whether the thread will sleep if there is no command.
    /// - Returns: the phase of the intake.
    /// - Returns: the phase that the intake is in.
    func take(into commands: inout [Command], maySleep: Bool) -> Phase {
        state.withLock { state in
            swap(&state.commands, &commands)
            state.isThreadAsleep = maySleep && commands.isEmpty && state.phase == .running
            return state.phase
        }
    }

    /// Records that the thread is awake, so that no caller wakes it.
    func didWake() {
        state.withLock { $0.isThreadAsleep = false }
    }

    /// Makes the descriptor unreadable until the next wake-up.
    func acknowledgeWakeUp() {
        var count: eventfd_t = 0
        // SAFETY: the pointer is used during the call only.
        unsafe eventfd_read(wakeUpDescriptor, &count)
    }

    /// Resumes all callers of `waitUntilStopped()`.
    func didStop() {
        let waiting = state.withLock { state in
            state.phase = .stopped
            defer { state.waitingForStop = [] }
            return state.waitingForStop
        }
        for continuation in waiting { continuation.resume() }
    }
}
