internal import NIOHTTP1

/// Takes the address that a request comes from out of `X-Forwarded-For`, and whether it came over TLS out of `X-Forwarded-Proto`, if a
/// trusted proxy has sent it.
///
/// Each proxy adds the address that it got the request from to the end of the list. From the end on, addresses of trusted
/// proxies are skipped: the first other one is the client's, and what stands before it anybody can have made up.
struct ForwardedAddresses: HTTPFilter {
    /// The proxies.
    let proxies: TrustedProxies

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard proxies.contain(request.peerAddress) else { return next.reply(to: request) }
        var request = request
        if let scheme = Self.scheme(of: request) { request.scheme = scheme }
        if let address = client(of: request) { request.peerAddress = address }
        return next.reply(to: request)
    }

    /// How the client reached the first of the proxies; nil: they do not say.
    private static func scheme(of request: HTTPRequest) -> WebOrigin.Scheme? {
        guard let list = request.header("x-forwarded-proto"), let first = HeaderList.split(list[...], on: ",").first
        else { return nil }
        return WebOrigin.Scheme(rawValue: first.lowercased())
    }

    /// The address of the client behind trusted proxies; nil if the connection is all that is known.
    private func client(of request: HTTPRequest) -> String? {
        guard let list = request.header("x-forwarded-for") else { return nil }
        var found: String?
        for element in list.split(separator: ",").reversed() {
            guard let address = Self.address(in: element) else { return found }
            found = address
            guard proxies.contain(address) else { return found }
        }
        return found
    }

    /// The address of an element: some proxies add the port.
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
