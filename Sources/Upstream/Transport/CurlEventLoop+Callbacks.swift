internal import CLibcurl
private import CLibcurlShims
private import Glibc

extension CurlEventLoop {
    /// Sets the callbacks by which libcurl states which sockets to watch and when to call it.
    func setUpMultiCallbacks() -> CURLMcode {
        unsafe gw_curl_multi_setopt_callbacks(
            multi,
            opaque,
            { _, socket, events, context, _ in
                unsafe CurlEventLoop.fromOpaque(context).watch(socket, events)
                return 0
            },
            { _, milliseconds, context in
                unsafe CurlEventLoop.fromOpaque(context).setTimer(milliseconds)
                return 0
            }
        )
    }

    /// Sets the callbacks by which a handle reports the sockets that it opens and closes, and sockets that the system refuses.
    static func setUpSocketCallbacks(
        of easy: UnsafeMutableRawPointer,
        exchange: UnsafeMutableRawPointer,
        loop: UnsafeMutableRawPointer
    ) -> CURLcode {
        unsafe gw_curl_setopt_socket_callbacks(
            easy,
            exchange,
            loop,
            { context, _, address in
                let (family, type, transport) = unsafe (
                    address.pointee.family, address.pointee.socktype, address.pointee.protocol
                )
                let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), transport)
                let exchange = unsafe CurlExchange.fromOpaque(context)
                if descriptor >= 0 {
                    let loop = unsafe CurlEventLoop.fromOpaque(exchange.loop)
                    loop.poller.didOpen(descriptor)
                    loop.librarySocketCount += 1
                } else if LocalShortage.isShortage(errno) {
                    exchange.progress.lacksSocket = true
                }
                return descriptor
            },
            { context, descriptor in
                let loop = unsafe CurlEventLoop.fromOpaque(context)
                loop.poller.willClose(descriptor)
                loop.librarySocketCount -= 1
                return close(descriptor)
            }
        )
    }

    /// The loop as the context of libcurl's callbacks.
    ///
    /// It outlives both handles, because it frees them itself.
    var opaque: UnsafeMutableRawPointer {
        unsafe Unmanaged.passUnretained(self).toOpaque()
    }

    private static func fromOpaque(_ context: UnsafeMutableRawPointer) -> CurlEventLoop {
        unsafe Unmanaged<CurlEventLoop>.fromOpaque(context).takeUnretainedValue()
    }

    private func watch(_ socket: curl_socket_t, _ events: Int32) {
        poller.watch(
            socket,
            reading: events == CURL_POLL_IN || events == CURL_POLL_INOUT,
            writing: events == CURL_POLL_OUT || events == CURL_POLL_INOUT
        )
    }

    private func setTimer(_ milliseconds: Int) {
        nextCurlTimeout = milliseconds < 0 ? .distantFuture : now.advanced(by: .milliseconds(milliseconds))
    }
}
