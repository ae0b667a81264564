internal import NIOHTTP1

/// Sets the client address of a request from `X-Forwarded-For`, and its scheme from `X-Forwarded-Proto`, if a trusted proxy has sent
/// it.
///
/// Each proxy appends the address from which it received the request. From the end of the list on, addresses of trusted
/// proxies are skipped: the first other one is the client's; those before it are not trustworthy.
struct ForwardedAddresses: HTTPFilter {
    /// The trusted proxies.
    let proxies: TrustedProxies

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard proxies.contain(request.peerAddress) else { return next.reply(to: request) }
        var request = request
        if let scheme = Self.scheme(of: request) { request.scheme = scheme }
        if let address = client(of: request) { request.peerAddress = address }
        return next.reply(to: request)
    }

    /// The scheme of the client's connection to the first proxy; nil: it is not stated.
    private static func scheme(of request: HTTPRequest) -> WebOrigin.Scheme? {
        guard let list = request.header("x-forwarded-proto"), let first = HeaderList.split(list[...], on: ",").first
        else { return nil }
        return WebOrigin.Scheme(rawValue: first.lowercased())
    }

    /// The address of the client behind trusted proxies; nil: it is not stated.
    private func client(of request: HTTPRequest) -> String? {
        guard let list = request.header("x-forwarded-for") else { return nil }
        var found: String?
        // Bytes are split, and quotes mean nothing: what a client sends before the proxies' addresses must not hide them.
        for element in list.utf8.split(separator: UInt8(ascii: ",")).reversed() {
            guard let address = Self.address(in: Substring(element)) else { return found }
            found = address
            guard proxies.contain(address) else { return found }
        }
        return found
    }

    /// The address in an element of the list, without its port.
    private static func address(in element: Substring) -> String? {
        var text = HeaderList.trim(element)
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            text = text[text.index(after: text.startIndex)..<end]
        } else if text.contains("."), let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
            text = text[..<colon]
        }
        return IPNetwork.isAddress(text) ? String(text) : nil
    }
}
