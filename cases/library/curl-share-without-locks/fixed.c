/* A monitor asks all the time whether the services of a shop are up again.
 * Usage: PROGRAM [PROBES of each thread [SECONDS at most]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MONITORS = 8, SERVICES = 10 };

static long probes;
static int port;                 /* where nothing listens */
static struct curl_slist *hosts; /* where the services are */
static CURLSH *known;            /* addresses, for all handles */
static long refused[MONITORS];
static pthread_mutex_t locks[] = {[0 ... CURL_LOCK_DATA_LAST - 1] =
                                      PTHREAD_MUTEX_INITIALIZER};

static void lock(CURL *probe, curl_lock_data data, curl_lock_access a, void *p)
{
    (void)probe, (void)a, (void)p;
    CASE_CHECK(pthread_mutex_lock(&locks[data]));
}

static void unlock(CURL *probe, curl_lock_data data, void *p)
{
    (void)probe, (void)p;
    CASE_CHECK(pthread_mutex_unlock(&locks[data]));
}

static bool is_refused(const char *url)
{
    CURLcode code;
    CURL *probe = curl_easy_init();
    CASE_CHECK(probe ? 0 : ENOMEM);
    curl_easy_setopt(probe, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(probe, CURLOPT_PROXY, "");
    curl_easy_setopt(probe, CURLOPT_URL, url);
    curl_easy_setopt(probe, CURLOPT_RESOLVE, hosts);
    curl_easy_setopt(probe, CURLOPT_SHARE, known); /* @site share */
    code = curl_easy_perform(probe);               /* @site perform */
    curl_easy_cleanup(probe);                      /* @site cleanup */
    return code == CURLE_COULDNT_CONNECT;
}

static void *monitor(void *count)
{
    char url[64];
    for (long i = 0; i < probes; i++) {
        snprintf(url, sizeof url, "http://s%ld.test:%d/", i % SERVICES, port);
        if (is_refused(url)) { /* @site probe */
            *(long *)count += 1;
        }
    }
    return NULL;
}

/* Takes a port of the loopback interface for services that are down. */
static void set_up(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int down = socket(AF_INET, SOCK_STREAM, 0);
    CASE_CHECK(bind(down, (struct sockaddr *)&at, size));
    CASE_CHECK(getsockname(down, (struct sockaddr *)&at, &size));
    port = ntohs(at.sin_port);
    for (int i = 0; i < SERVICES; i++) {
        char host[64];
        snprintf(host, sizeof host, "s%d.test:%d:127.0.0.1", i, port);
        hosts = curl_slist_append(hosts, host);
    }
}

int main(int argc, char **argv)
{
    pthread_t ids[MONITORS];
    long sum = 0;
    probes = case_arg(argc, argv, 1, 800, 1, 10000);
    CASE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) ? EIO : 0);
    set_up();
    known = curl_share_init();
    curl_share_setopt(known, CURLSHOPT_LOCKFUNC, lock);
    curl_share_setopt(known, CURLSHOPT_UNLOCKFUNC, unlock);
    curl_share_setopt(known, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    alarm((unsigned)case_arg(argc, argv, 2, 5, 1, 1000));
    for (int i = 0; i < MONITORS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, monitor, &refused[i]));
    for (int i = 0; i < MONITORS; i++) {
        CASE_CHECK(pthread_join(ids[i], NULL));
        sum += refused[i];
    }
    CURLSHcode end = curl_share_cleanup(known);
    curl_slist_free_all(hosts);
    curl_global_cleanup();
    return case_end(sum == MONITORS * probes && end == CURLSHE_OK,
                    "%ld of %ld probes were refused; the share: %s", sum,
                    MONITORS * probes, curl_share_strerror(end));
}
