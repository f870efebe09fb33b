internal import CReadline
internal import Foundation

/// What readline is told before the first line.
extension LineEditor {
    /// Sets readline up and reads `.inputrc`, whose settings and bindings count; only what a key does may differ.
    static func prepareReadline() {
        speakUTF8()
        mlr_prepare(strdup("moonletter")) { _ in LineEditor.reading?.takeByte() ?? -1 }
        rl_initialize()
        // Readline leaves bytes above 127 alone only in locales that it knows.
        for (name, value) in [("input-meta", "on"), ("output-meta", "on"), ("convert-meta", "off")] {
            rl_variable_bind(name, value)
        }
        mlr_set_completion(
            { _, _, cursor in
                mlr_complete_nothing_else()
                return LineEditor.reading?.matches(before: Int(cursor))
            },
            { _, _, _ in
                guard let editor = LineEditor.reading else { return }
                editor.showBelow(editor.list(editor.found))
            })
        for name in ["emacs-standard", "vi-insert", "vi-command"] {
            guard let keymap = rl_get_keymap_by_name(name) else { continue }
            rebind(rl_complete, in: keymap) { _, _ in
                LineEditor.reading?.completeAtCursor()
                return 0
            }
            rebind(rl_possible_completions, in: keymap) { _, _ in
                LineEditor.reading?.listAtCursor()
                return 0
            }
            rebind(rl_get_previous_history, in: keymap) { count, key in
                LineEditor.reading?.moveUp() == true ? 0 : rl_get_previous_history(count, key)
            }
            rebind(rl_get_next_history, in: keymap) { count, key in
                LineEditor.reading?.moveDown() == true ? 0 : rl_get_next_history(count, key)
            }
            rl_bind_keyseq_in_map(
                "\\e[200~",
                { _, _ in
                    LineEditor.reading?.paste()
                    return 0
                }, keymap)
        }
    }

    /// Readline asks the environment for the character set. Scripts and data are UTF-8 whatever it says, and a pager
    /// or an editor that is started from the prompt must know so too.
    private static func speakUTF8() {
        if setlocale(LC_CTYPE, "") != nil, String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" {
            return
        }
        setenv("LC_ALL", "C.UTF-8", 1)
        setlocale(LC_CTYPE, "C.UTF-8")
    }

    /// Does something in a locale, or in one that it may set; then the locale is the former again.
    static func inLocale<Result>(_ locale: String? = nil, _ body: () -> Result) -> Result {
        let former = currentLocale
        if let locale { setlocale(LC_CTYPE, locale) }
        defer { setlocale(LC_CTYPE, former) }
        return body()
    }

    /// The locale that says what letters are.
    static var currentLocale: String { setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? "C" }

    /// What a key calls.
    private typealias Command = @convention(c) (_ count: Int32, _ key: Int32) -> Int32

    /// Lets the keys that call one command call another.
    private static func rebind(
        _ command: Command, in keymap: Keymap, to other: Command
    ) {
        guard let keys = rl_invoking_keyseqs_in_map(command, keymap) else { return }
        var index = 0
        while let key = keys[index] {
            rl_bind_keyseq_in_map(key, other, keymap)
            free(key)
            index += 1
        }
        free(keys)
    }

    /// The prompt with its escapes marked as taking no room.
    static func marked(_ prompt: String) -> String {
        prompt.replacing(/\u{1B}\[[0-?]*[ -\/]*[@-~]/) { "\u{01}\($0.output)\u{02}" }
    }
}
