internal import NIOHTTP1

extension ConnectionLimits {
    /// Makes what turns the bytes of a connection into parts of requests.
    func requestDecoder() -> RequestDecoder {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = maximumHeaderBytes
        decoding.maxHeaderListSize = maximumHeaderBytes
        decoding.maxHeaderFieldCount = maximumHeaderFields
        return RequestDecoder(decoding)
    }
}
