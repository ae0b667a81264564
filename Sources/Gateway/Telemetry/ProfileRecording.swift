/// Records where the process uses the processor.
package protocol ProfileRecording: Sendable {
    /// Records for some time. One profile is recorded at a time.
    ///
    /// - Parameter duration: how long; it ends earlier if the task is cancelled.
    /// - Returns: the profile, in the format of pprof.
    /// - Throws: `ProfileFailure` if none can be recorded.
    func record(for duration: Duration) async throws(ProfileFailure) -> [UInt8]
}
