import Foundation
import Gateway
import GatewayTestSupport
import Testing

@testable import Observability

/// Profiles name the functions that use the processor.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CPUProfilerTests {
    /// Uses the processor until this thread has had it for half a second, in which a timer of processor time fires about 50 times.
    @inline(never) private static func useTheProcessorForAWhile() -> UInt64 {
        let end = processorMilliseconds + 500
        var sum = UInt64(1)
        while processorMilliseconds < end {
            for number in 0..<10_000 { sum = sum &* 31 &+ UInt64(number) }
        }
        return sum
    }

    /// How long this thread has had the processor.
    private static var processorMilliseconds: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    private static func record() async throws -> [UInt8] {
        let profiler = CPUProfiler { _ in #expect(useTheProcessorForAWhile() != 0) }
        return try await profiler.record(for: .seconds(1))
    }

    @Test func aProfileNamesTheFunctionsThatRan() async throws {
        let text = String(decoding: try await Self.record(), as: UTF8.self)
        #expect(text.contains("useTheProcessorForAWhile"))
        #expect(text.contains("nanoseconds") && text.contains(".xctest"))
    }

    @Test func secondProfileAtATimeIsRefused() async throws {
        let profiler = CPUProfiler { _ in
            await #expect(throws: ProfileFailure.self) { try await CPUProfiler().record(for: .seconds(1)) }
        }
        #expect(try await profiler.record(for: .seconds(1)).isEmpty == false)
    }

    /// What Go's tool shows of a profile; it is not on every machine.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["TEST_ALL_CLIENTS"] == "1"))
    func pprofReadsAProfile() async throws {
        let installed = try await BuiltProgram.finish(
            "\(RepositoryFile.root)/scripts/install-dependencies.sh",
            ["profile"],
            in: RepositoryFile.root
        )
        #expect(installed.status == 0, "\(installed.errors)")
        let profile = try await Self.record()
        let text = try await ReaderProgram.output(
            "/bin/sh",
            ["-c", "f=$(mktemp) && cat >$f && go tool pprof -top -cum -nodecount=500 $f; rm -f $f"],
            of: profile
        )
        #expect(text.contains("Type: cpu") && text.contains("useTheProcessorForAWhile"), "\(text)")
    }
}
