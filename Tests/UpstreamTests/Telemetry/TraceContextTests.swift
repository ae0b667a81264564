import Testing
import Upstream

/// The header fields of distributed traces.
@Suite struct TraceContextTests {
    private let field = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func aFieldIsReadAndWritten() throws {
        let trace = try #require(TraceContext(field: field, state: "a=1,b=2"))
        #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(trace.isSampled)
        #expect(trace.fields.map(\.value) == [field, "a=1,b=2"])
        let child = trace.child()
        #expect(child.traceID == trace.traceID && child.spanID != trace.spanID && child.state == "a=1,b=2")
    }

    @Test(arguments: [
        "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
    ])
    func invalidTraceparentIsIgnored(field: String) { #expect(TraceContext(field: field, state: nil) == nil) }

    /// The random flag of a trace is passed on.
    ///
    /// https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
    @Test(arguments: ["00", "01", "02", "03"]) func aRandomTraceStaysOne(flags: String) throws {
        let trace = try #require(TraceContext(field: field.dropLast(2) + flags, state: "a=1 \t,\t b=2"))
        #expect(trace.field.hasSuffix("-" + flags))
        #expect(trace.child().field.hasSuffix("-" + flags))
        #expect(trace.state == "a=1 \t,\t b=2")
    }

    @Test func laterVersionMayHaveFurtherFields() {
        let later = TraceContext(field: field.replacing("00-0af", with: "01-0af") + "-more", state: nil)
        #expect(later?.field == field)
    }

    @Test func unsendableTracestateIsLeftOut() {
        #expect(TraceContext(field: field, state: "a=\r\nX: y")?.state == nil)
        #expect(TraceContext(field: field, state: String(repeating: "x", count: 513))?.state == nil)
    }

    @Test func aForwardedTraceStaysAsItIs() throws {
        var trace = try #require(TraceContext(field: field, state: nil))
        trace.isForwarded = true
        #expect(trace.child() == trace)
    }
}
