internal import NIOCore
internal import NIOHTTP2

extension ConnectionLimits {
    /// The most open streams of one HTTP/2 connection.
    static let maximumStreams = 100

    /// The limits in the SETTINGS that clients get.
    var http2Advertised: HTTP2FrameFilter.Limits {
        HTTP2FrameFilter.Limits(maximumStreams: Self.maximumStreams, maximumHeaderBytes: maximumHeaderBytes)
    }

    /// The limits of one HTTP/2 connection; clients get `http2Advertised` instead of some of them.
    ///
    /// Beyond them the connection ends: after too many control frames, empty frames, CONTINUATION frames in a row, or streams
    /// that are reset or have errors.
    var http2Connection: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            // One more, so that a stream beyond the limit can be refused.
            HTTP2Setting(parameter: .maxConcurrentStreams, value: Self.maximumStreams + 1),
            // More than is accepted, so that a request with more gets a response; NIO would end the connection.
            HTTP2Setting(parameter: .maxHeaderListSize, value: 4 * maximumHeaderBytes),
            HTTP2Setting(parameter: .enableConnectProtocol, value: 0),
        ]
        configuration.maximumBufferedControlFrames = 1000
        return configuration
    }

    /// The limits of the streams of one HTTP/2 connection.
    var http2Streams: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        // A client that opens and resets streams causes an execution for each: https://www.cve.org/CVERecord?id=CVE-2023-44487.
        configuration.streamResetFrameRateLimit.maximumCount = 200
        configuration.streamResetFrameRateLimit.windowLength = .seconds(30)
        configuration.outboundBufferSizeHighWatermark = OutboundQueue.sliceBytes
        configuration.outboundBufferSizeLowWatermark = OutboundQueue.sliceBytes / 2
        return configuration
    }
}
