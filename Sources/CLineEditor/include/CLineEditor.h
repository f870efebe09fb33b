// What Swift must not do: the handlers of signals, which may run between any two instructions.
#ifndef MOONLETTER_LINE_EDITOR_H
#define MOONLETTER_LINE_EDITOR_H

// Takes the signals that concern someone who edits a line: SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT and
// SIGWINCH. Each is noted as one byte, its number, in a pipe. Signals that the program ignores stay ignored, save
// SIGINT. Returns the descriptor to read them from, which never blocks; -1 with errno where there is none left.
int mle_take_signals(void);

// Gives the signals back to whom they were taken from. What is noted stays in the pipe.
void mle_return_signals(void);

#endif
