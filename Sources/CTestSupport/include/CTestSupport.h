// Pseudo-terminals, which Swift's module of the C library does not have.
#ifndef MOONLETTER_TEST_SUPPORT_H
#define MOONLETTER_TEST_SUPPORT_H

#include <sys/types.h>

// Opens the master's side of a pseudo-terminal, of which programs started later know nothing; -1 with errno.
int mlt_open_terminal(void);

// Starts a program in `folder` as the leader of a session of its own with that terminal, with no signal blocked or
// ignored, and gives its process id. Returns 0, or the number of the error.
int mlt_spawn(pid_t *child, int terminal, const char *path, char *const arguments[], char *const environment[],
              const char *folder);

#endif
