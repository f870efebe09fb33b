internal import CLineEditor
internal import CReadline
internal import Foundation

/// Signals while a line is read: noted by their handlers, handled between two keys.
extension LineEditor {
    /// Makes signals the editor's own.
    func takeSignals() {
        signals = mle_take_signals()
    }

    /// Gives them back to whoever had them.
    func returnSignals() {
        mle_return_signals()
    }

    /// Takes up what came.
    func noteSignals() {
        var number: UInt8 = 0
        while Foundation.read(signals, &number, 1) == 1 { pending.append(Int32(number)) }
    }

    /// Whether a signal leaves nothing of the line, or of the program.
    func endsLine(_ number: Int32) -> Bool { number != SIGWINCH && number != SIGCONT }

    /// Passes on what came too late for the line, such as a Ctrl-C behind Enter, to whoever has the signals now.
    func passOnSignals(but settled: [Int32]) {
        noteSignals()
        for number in pending where endsLine(number) && !settled.contains(number) { raise(number) }
        pending = []
    }

    /// Does what a signal asks for.
    func handle(_ number: Int32) {
        switch number {
        case SIGINT: clear()
        case SIGWINCH: rl_resize_terminal()
        default: stepAside(for: number)
        }
    }

    /// Ctrl-C: the line stays on the screen, and nothing of it elsewhere.
    private func clear() {
        rl_callback_sigcleanup()
        rl_free_line_state()
        mlr_set_cursor(mlr_length())
        // The terminal throws away what it has not shown yet, and readline does not know where its cursor is now.
        rl_clear_visible_line()
        rl_forced_update_display()
        mlr_write("^C\r\n")
        rl_callback_handler_remove()
        line = .cleared
    }

    /// Lets a signal do what it does without a line editor, on a terminal as it was. Where the program is still there
    /// afterwards, the line goes on.
    private func stepAside(for number: Int32) {
        rl_deprep_terminal()
        // Who continues the program has changed the modes meanwhile; there is nothing to do for this one.
        if number != SIGCONT {
            mlr_write("\n")
            returnSignals()
            raise(number)
            takeSignals()
        }
        rl_prep_terminal(1)
        rl_reset_screen_size()
        rl_forced_update_display()
    }
}
