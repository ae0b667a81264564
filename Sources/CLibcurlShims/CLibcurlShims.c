#define _GNU_SOURCE
#include "CLibcurlShims.h"

#include <pthread.h>

CURLcode gw_curl_setopt_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode gw_curl_setopt_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode gw_curl_setopt_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode gw_curl_setopt_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode gw_curl_setopt_copied_bytes(CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

CURLcode gw_curl_setopt_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode gw_curl_setopt_data_callback(CURL *easy, CURLoption option, gw_curl_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

CURLcode gw_curl_setopt_request_callback(CURL *easy, gw_curl_request_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

CURLcode gw_curl_setopt_socket_callbacks(CURL *easy, void *open_context, void *context, gw_curl_open_callback open,
                                         gw_curl_close_callback close) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, open_context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
    return code;
}

long gw_curl_response_code(CURL *easy) {
    long code = 0;
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

int gw_curl_os_error(CURL *easy) {
    long code = 0;
    return curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &code) == CURLE_OK ? (int)code : 0;
}

const char *gw_curl_primary_ip(CURL *easy) {
    char *address = NULL;
    CURLcode code = curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    return code == CURLE_OK && address != NULL && *address != '\0' ? address : NULL;
}

curl_off_t gw_curl_content_length(CURL *easy) {
    curl_off_t length = -1;
    return curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length) == CURLE_OK ? length : -1;
}

CURLMcode gw_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

CURLMcode gw_curl_multi_setopt_callbacks(CURLM *multi, void *context, gw_curl_socket_callback socket,
                                         gw_curl_timer_callback timer) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code;
}

void *gw_curl_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        void *context = NULL;
        if (curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&context) == CURLE_OK && context) {
            return context;
        }
    }
    return NULL;
}

void gw_curl_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}
