private import Synchronization
package import Upstream

/// A key that is stored in a file, and is read again when the file changes.
///
/// If the file has no usable key any more, the last key stays in use.
package final class KeyFile: Sendable {
    /// Identifies one version of a file's content without reading it.
    package struct Stamp: Sendable, Hashable {
        private let parts: [Int]

        /// Makes a stamp of the file's identity, size and times.
        package init(_ parts: [Int]) {
            self.parts = parts
        }
    }

    /// The access to the file; replaced in tests.
    package struct Access: Sendable {
        let stamp: @Sendable () -> Stamp?
        let read: @Sendable () -> [UInt8]?

        /// Makes an access.
        ///
        /// - Parameters:
        ///   - stamp: returns the stamp of the present content; nil: there is no such file.
        ///   - read: returns the content; nil: it cannot be read.
        package init(stamp: @escaping @Sendable () -> Stamp?, read: @escaping @Sendable () -> [UInt8]?) {
            self.stamp = stamp
            self.read = read
        }
    }

    /// The outcome of reading the file again.
    package enum Outcome: Sendable, Hashable {
        /// The file has the key that is in use.
        case unchanged
        /// The file has another key, which is in use from now on.
        case replaced
        /// The file has no usable key, for this reason.
        case unusable(String)
    }

    private struct State {
        var credential: Credential
        /// The number of times that the credential has been replaced.
        var revision: UInt64 = 0
        var stamp: Stamp?
        /// The instant from which the stamp is checked again.
        var nextCheck: ContinuousClock.Instant
        /// The instant from which a refusal causes the file to be read again.
        var nextRefusal: ContinuousClock.Instant
    }

    /// The shortest time between two checks whether the file has changed.
    package static let checkInterval = Duration.seconds(5)
    /// The shortest time between two reads that refusals by the upstream cause.
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
    ///   - access: the access to the file.
    ///   - now: the clock; replaced in tests.
    ///   - run: runs a function that reads files, in the background; replaced in tests.
    ///   - notify: is called with the outcome of each later read that changed the key or failed.
    package init?(
        path: String,
        access: Access,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        run: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { body in Task.detached { body() } },
        notify: @escaping @Sendable (KeyFile, Outcome) -> Void
    ) {
        // Taken before the content: if the file is written in between, it is read once more.
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

    /// The key; if a check is due, this starts one in the background.
    package var credential: Credential { current.credential }

    /// The number of times that the key has been replaced; if a check is due, this starts one in the background.
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
        // Stored in any case, so that a problem is reported once.
        state.withLock { $0.stamp = stamp }
        if outcome != .unchanged { notify(self, outcome) }
        return outcome
    }

    /// Notes that the upstream has refused a credential: if it is this one, the file may have a newer one.
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
