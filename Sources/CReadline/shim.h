// GNU Readline as the system's package gives it.
//
// Its interface is variables as much as functions, and Swift 6 refuses variables of C that anyone may change. The
// functions below touch them; readline is used by one thread only.
#include <stdbool.h>
#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

// What has to stand before rl_initialize reads .inputrc: the name for its `$if`, and that signals and the
// environment are the program's own affair.
static inline void mlr_prepare(const char *name, rl_getc_func_t *next_byte) {
    rl_readline_name = name;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_getc_function = next_byte;
}

// Commands that complete by readline's own means, such as menu-complete, ask `matches`, never for file names. No
// character breaks words, so that the word to complete is all that stands before the cursor.
static inline void mlr_set_completion(rl_completion_func_t *matches, rl_compdisp_func_t *show) {
    rl_attempted_completion_function = matches;
    rl_completion_display_matches_hook = show;
    rl_completer_word_break_characters = "";
    rl_basic_word_break_characters = "";
    rl_sort_completion_matches = 0;
}

// To be called whenever `matches` is asked: readline sets both anew for each completion.
static inline void mlr_complete_nothing_else(void) {
    rl_attempted_completion_over = 1;
    rl_completion_suppress_append = 1;
}

// The line as it is, its bytes, and the cursor as an offset in it.
static inline const char *mlr_line(void) { return rl_line_buffer; }
static inline int mlr_length(void) { return rl_end; }
static inline int mlr_cursor(void) { return rl_point; }
static inline void mlr_set_cursor(int offset) { rl_point = offset; }

// Whether a key is only half read: a search, an argument, a sequence of keys.
static inline bool mlr_is_within_command(void) {
    return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_MULTIKEY | RL_STATE_NUMERICARG
                      | RL_STATE_VIMOTION | RL_STATE_CHARSEARCH | RL_STATE_METANEXT) != 0;
}

// Writes to the terminal behind what readline has written.
static inline void mlr_write(const char *text) {
    FILE *stream = rl_outstream ? rl_outstream : stdout;
    fputs(text, stream);
    fflush(stream);
}
