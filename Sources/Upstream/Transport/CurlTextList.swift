internal import CLibcurl

/// A list of texts in libcurl's form.
@safe
final class CurlTextList {
    /// The first element; nil: the list is empty, or there was no memory for it.
    let first: UnsafeMutablePointer<curl_slist>?

    /// Makes a list.
    init(_ texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            // SAFETY: libcurl copies the text, and returns null only when it has left the list as it was.
            guard let longer = unsafe curl_slist_append(list, text) else { break }
            unsafe list = longer
        }
        unsafe first = list
    }

    deinit {
        unsafe curl_slist_free_all(first)
    }
}
