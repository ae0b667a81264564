internal import NIOHTTP1

extension ConnectionLimits {
    /// Makes the decoder of a connection's requests.
    func requestDecoder() -> RequestDecoder {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = maximumHeaderBytes
        decoding.maxHeaderListSize = maximumHeaderBytes
        decoding.maxHeaderFieldCount = maximumHeaderFields
        return RequestDecoder(decoding)
    }
}
