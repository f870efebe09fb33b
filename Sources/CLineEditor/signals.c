#define _GNU_SOURCE
#include "CLineEditor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
enum { COUNT = sizeof numbers / sizeof numbers[0] };

static int ends[2] = {-1, -1};
static struct sigaction before[COUNT];
static bool is_taken[COUNT];

static void note(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    // A full pipe holds enough of them.
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

int mle_take_signals(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < COUNT; i++) {
        if (is_taken[i]) continue;
        sigaction(numbers[i], NULL, &before[i]);
        if (before[i].sa_handler == SIG_IGN && numbers[i] != SIGINT) continue;
        sigaction(numbers[i], &action, NULL);
        is_taken[i] = true;
    }
    return ends[0];
}

void mle_return_signals(void) {
    for (int i = 0; i < COUNT; i++) {
        if (is_taken[i]) sigaction(numbers[i], &before[i], NULL);
        is_taken[i] = false;
    }
}
