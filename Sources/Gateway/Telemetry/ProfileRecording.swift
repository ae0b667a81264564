/// Records CPU profiles of the process.
package protocol ProfileRecording: Sendable {
    /// Records a profile; only one is recorded at a time.
    ///
    /// - Parameter duration: the duration of the recording; it ends earlier if the task is cancelled.
    /// - Returns: the profile, in the format of pprof.
    /// - Throws: `ProfileFailure` if none can be recorded.
    func record(for duration: Duration) async throws(ProfileFailure) -> [UInt8]
}
