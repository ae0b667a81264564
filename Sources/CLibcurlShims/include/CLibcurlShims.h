#ifndef CLIBCURL_SHIMS_H
#define CLIBCURL_SHIMS_H

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#pragma clang assume_nonnull begin

// epoll and eventfd are included because Swift's Glibc module leaves epoll out.
//
// Swift cannot call variadic functions, and libcurl's option functions are all variadic: one typed variant for each kind
// of argument that the transport passes. The option must be one that takes this kind of argument.

// https://curl.se/libcurl/c/curl_easy_setopt.html
CURLcode gw_curl_setopt_long(CURL *easy, CURLoption option, long value);
CURLcode gw_curl_setopt_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode gw_curl_setopt_string(CURL *easy, CURLoption option, const char *_Nullable value);
CURLcode gw_curl_setopt_pointer(CURL *easy, CURLoption option, void *_Nullable value);
// Copies the bytes.
CURLcode gw_curl_setopt_copied_bytes(CURL *easy, CURLoption option, const void *_Nullable bytes, size_t count);
CURLcode gw_curl_setopt_list(CURL *easy, CURLoption option, struct curl_slist *_Nullable value);

// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*gw_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
CURLcode gw_curl_setopt_data_callback(CURL *easy, CURLoption option, gw_curl_data_callback callback);

// CURLOPT_PREREQFUNCTION.
typedef int (*gw_curl_request_callback)(void *context, char *remote, char *local, int remotePort, int localPort);
CURLcode gw_curl_setopt_request_callback(CURL *easy, gw_curl_request_callback callback);

// CURLOPT_OPENSOCKETFUNCTION and CURLOPT_CLOSESOCKETFUNCTION.
typedef curl_socket_t (*gw_curl_open_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
typedef int (*gw_curl_close_callback)(void *context, curl_socket_t socket);
CURLcode gw_curl_setopt_socket_callbacks(CURL *easy, void *open_context, void *context, gw_curl_open_callback open,
                                         gw_curl_close_callback close);

// https://curl.se/libcurl/c/curl_easy_getinfo.html
long gw_curl_response_code(CURL *easy);
int gw_curl_os_error(CURL *easy);
curl_off_t gw_curl_content_length(CURL *easy);
// CURLINFO_PRIMARY_IP; NULL if there was no connection. Valid until the handle is used again.
const char *_Nullable gw_curl_primary_ip(CURL *easy);

// https://curl.se/libcurl/c/curl_multi_setopt.html
CURLMcode gw_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value);

// CURLMOPT_SOCKETFUNCTION and CURLMOPT_TIMERFUNCTION.
typedef int (*gw_curl_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *context, void *_Nullable own);
typedef int (*gw_curl_timer_callback)(CURLM *multi, long milliseconds, void *context);
CURLMcode gw_curl_multi_setopt_callbacks(CURLM *multi, void *context, gw_curl_socket_callback socket,
                                         gw_curl_timer_callback timer);

// Takes one finished transfer off the multi handle's messages. Returns what CURLOPT_PRIVATE holds for it, or NULL if no
// transfer is finished. A union and a variadic function are in the way of doing this in Swift.
void *_Nullable gw_curl_multi_next_finished(CURLM *multi, CURLcode *result);

// Names the calling thread for debuggers and profilers. A GNU extension, which Swift does not see.
void gw_curl_name_thread(const char *name);

#pragma clang assume_nonnull end

#endif
