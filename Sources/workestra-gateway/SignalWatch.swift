private import Glibc
private import Synchronization

/// Receives the signals that stop or reload the process, and acts on them on a thread of its own.
///
/// Neither descriptors nor libdispatch are needed, so that it works while the process has no descriptor left.
enum SignalWatch {
    /// Signals that have arrived and have not been handled.
    private static let stops = Atomic(0)
    private static let interrupts = Atomic(0)
    private static let reloads = Atomic(0)
    // SAFETY: the semaphore is never freed; `sem_post` is all that handlers do with it.
    private static let semaphore: SemaphorePointer = SemaphorePointer()

    /// Lets a hang-up end nothing, as long as there is nothing to reload.
    static func ignoreHangUp() {
        signal(SIGHUP, SIG_IGN)
    }

    /// Begins to watch: SIGTERM and SIGINT stop, a second one ends the process at once; SIGHUP reloads.
    ///
    /// - Parameters:
    ///   - stop: called once; its argument is whether the signal was SIGINT, which somebody at a terminal sends.
    ///   - reload: called for each SIGHUP.
    static func start(stop: @escaping @Sendable (_ isInterrupt: Bool) -> Void, reload: @escaping @Sendable () -> Void) {
        // Made now: a signal handler must make nothing.
        semaphore.prepare()
        _ = stops.load(ordering: .relaxed) + interrupts.load(ordering: .relaxed) + reloads.load(ordering: .relaxed)
        for number in [SIGTERM, SIGINT] {
            // The handler uses atomics, `sem_post` and `_exit` only, which signal handlers may.
            signal(number) { number in
                if number == SIGINT { SignalWatch.interrupts.add(1, ordering: .relaxed) }
                if SignalWatch.stops.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
                SignalWatch.semaphore.post()
            }
        }
        signal(SIGHUP) { _ in
            SignalWatch.reloads.add(1, ordering: .relaxed)
            SignalWatch.semaphore.post()
        }
        DetachedThread.start {
            var isStopped = false
            while true {
                semaphore.wait()
                if reloads.exchange(0, ordering: .relaxed) > 0, !isStopped { reload() }
                if stops.load(ordering: .relaxed) > 0, !isStopped {
                    isStopped = true
                    stop(interrupts.load(ordering: .relaxed) > 0)
                }
            }
        }
    }
}

/// A semaphore of the C library.
@safe
private struct SemaphorePointer: Sendable {
    // SAFETY: allocated once and never freed; the functions used on it are safe on any thread. A signal handler may call sem_post
    // and no lock, so that neither Mutex nor an actor can stand here; `nonisolated(unsafe)` says what the compiler cannot see of a pointer.
    private nonisolated(unsafe) let pointer: UnsafeMutablePointer<sem_t>

    init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe sem_init(pointer, 0, 0)
    }

    /// Makes sure that the semaphore is there.
    func prepare() {}

    func post() {
        unsafe sem_post(pointer)
    }

    func wait() {
        while unsafe sem_wait(pointer) != 0 {}
    }
}
