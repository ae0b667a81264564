internal import NIOHTTP1

extension ConnectionLimits {
    /// Makes what turns the bytes of a connection into parts of requests.
    func requestDecoder() -> HTTPRequestDecoder {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = maximumHeaderBytes
        decoding.maxHeaderListSize = maximumHeaderBytes
        decoding.maxHeaderFieldCount = maximumHeaderFields
        return HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding)
    }
}
