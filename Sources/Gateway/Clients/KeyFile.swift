private import Synchronization
package import Upstream

/// A key that is in a file, and is read again when the file has changed.
///
/// A file without a usable key changes nothing: the key that was read before stays in use.
package final class KeyFile: Sendable {
    /// What distinguishes one content of a file from another without reading it.
    package struct Stamp: Sendable, Hashable {
        private let parts: [Int]

        /// Makes a stamp of the file's identity, size and times.
        package init(_ parts: [Int]) {
            self.parts = parts
        }
    }

    /// How the file is reached; replaced in tests.
    package struct Access: Sendable {
        let stamp: @Sendable () -> Stamp?
        let read: @Sendable () -> [UInt8]?

        /// Makes an access.
        ///
        /// - Parameters:
        ///   - stamp: what distinguishes the content from another; nil if there is no such file.
        ///   - read: the content; nil if it cannot be read.
        package init(stamp: @escaping @Sendable () -> Stamp?, read: @escaping @Sendable () -> [UInt8]?) {
            self.stamp = stamp
            self.read = read
        }
    }

    /// The outcome of reading the file again.
    package enum Outcome: Sendable, Hashable {
        /// It has the key that is in use.
        case unchanged
        /// It has another key, which is in use from now on.
        case replaced
        /// It has no key that can be used, for this reason.
        case unusable(String)
    }

    private struct State {
        var credential: Credential
        /// How often the credential has been replaced.
        var revision: UInt64 = 0
        var stamp: Stamp?
        /// When to look next whether the file has changed.
        var nextCheck: ContinuousClock.Instant
        /// When a refusal lets it be read again.
        var nextRefusal: ContinuousClock.Instant
    }

    /// How often it is looked whether the file has changed.
    package static let checkInterval = Duration.seconds(5)
    /// How often the file is read because the upstream refuses the key.
    package static let refusalInterval = Duration.seconds(1)

    /// The file's path, for messages.
    package let path: String
    private let access: Access
    private let now: @Sendable () -> ContinuousClock.Instant
    private let run: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let notify: @Sendable (KeyFile, Outcome) -> Void
    private let state: Mutex<State>

    /// Reads a key for the first time; nil if the file has none that can be used.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - access: how it is reached.
    ///   - now: the clock, replaced in tests.
    ///   - run: runs what reads files where nobody waits for it; replaced in tests.
    ///   - notify: is given the outcome of each later reading that changed something or failed.
    package init?(
        path: String,
        access: Access,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        run: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { body in Task.detached { body() } },
        notify: @escaping @Sendable (KeyFile, Outcome) -> Void
    ) {
        // Taken first: what is written in the meantime is read once more.
        let stamp = access.stamp()
        guard let credential = access.read().flatMap({ KeyText.credential(in: $0) }) else { return nil }
        self.path = path
        self.access = access
        self.now = now
        self.run = run
        self.notify = notify
        let instant = now()
        state = Mutex(
            State(
                credential: credential,
                stamp: stamp,
                nextCheck: instant + Self.checkInterval,
                nextRefusal: instant
            )
        )
    }

    /// The key; now and then this begins to look whether the file has changed, which nobody waits for.
    package var credential: Credential { current.credential }

    /// How often the key has been replaced; like `credential`, this begins to look now and then.
    var revision: UInt64 { current.revision }

    private var current: (credential: Credential, revision: UInt64) {
        let instant = now()
        let (credential, revision, isDue) = state.withLock { state in
            let isDue = instant >= state.nextCheck
            if isDue { state.nextCheck = instant + Self.checkInterval }
            return (state.credential, state.revision, isDue)
        }
        if isDue { run { [self] in reloadIfChanged() } }
        return (credential, revision)
    }

    /// Reads the file now, whether it has changed or not.
    @discardableResult
    package func reload() -> Outcome {
        let stamp = access.stamp()
        let outcome: Outcome
        if let text = access.read() {
            if let credential = KeyText.credential(in: text) {
                let isNew = state.withLock { state in
                    let isNew = state.credential != credential
                    if isNew { state.revision += 1 }
                    (state.credential, state.stamp) = (credential, stamp)
                    return isNew
                }
                outcome = isNew ? .replaced : .unchanged
            } else {
                outcome = .unusable("it has no key, or none that can be sent")
            }
        } else {
            outcome = .unusable("it cannot be read")
        }
        // So that what is wrong is reported once.
        state.withLock { $0.stamp = stamp }
        if outcome != .unchanged { notify(self, outcome) }
        return outcome
    }

    /// Notes that the upstream has refused a credential: if it is this one, the file may have another by now.
    package func noteRefusal(of credential: Credential) {
        let instant = now()
        let isDue = state.withLock { state in
            guard state.credential == credential, instant >= state.nextRefusal else { return false }
            state.nextRefusal = instant + Self.refusalInterval
            return true
        }
        if isDue { run { [self] in _ = reload() } }
    }

    private func reloadIfChanged() {
        let stamp = access.stamp()
        if state.withLock({ $0.stamp != stamp }) { reload() }
    }
}
