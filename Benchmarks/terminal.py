"""A program on a pseudo-terminal, for measuring how long it takes until something stands there."""

import os
import pty
import select
import signal
import sys
import time


class Terminal:
    """Runs a command with a terminal of 40 lines of 120 columns; a person who types fast is before it."""

    def __init__(self, command, folder):
        self.started = time.perf_counter()
        self.seen = b""
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm", LINES="40", COLUMNS="120", INPUTRC="/dev/null", PAGER="cat", NO_COLOR="1")
            os.execv(str(command[0]), [str(word) for word in command])

    def wait(self, text, limit=30):
        """Seconds from now on until the program has written the text behind what was waited for before."""
        begun = time.perf_counter()
        sought = text.encode()
        while sought not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, begun + limit - time.perf_counter()))
            if not ready:
                sys.exit(f"bench: '{text}' did not come; the terminal has:\n{self.seen.decode(errors='replace')}")
            try:
                self.seen += os.read(self.master, 65536)
            except OSError:
                sys.exit(f"bench: the program has ended; the terminal has:\n{self.seen.decode(errors='replace')}")
        self.seen = self.seen[self.seen.index(sought) + len(sought):]
        return time.perf_counter() - begun

    def settle(self, pause=0.2):
        """Reads on until nothing has come for a while, and forgets it."""
        while select.select([self.master], [], [], pause)[0]:
            os.read(self.master, 65536)
        self.seen = b""

    def type(self, text):
        os.write(self.master, text.encode())

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.master)
