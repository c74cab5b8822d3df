/* Correct use of libcurl: a handle for each thread.
 * Link: -lcurl
 * SPDX-License-Identifier: MIT */
#include <curl/curl.h>
#include <pthread.h>

static size_t ignore(char *data, size_t size, size_t n, void *arg)
{
    (void)data, (void)arg;
    return size * n;
}

static void *work(void *arg)
{
    CURL *handle = curl_easy_init();
    curl_easy_setopt(handle, CURLOPT_URL, "file:///etc/passwd");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_perform(handle);
    curl_easy_cleanup(handle);
    return arg;
}

int main(void)
{
    pthread_t t[4];
    curl_global_init(CURL_GLOBAL_DEFAULT);
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    curl_global_cleanup();
    return 0;
}
