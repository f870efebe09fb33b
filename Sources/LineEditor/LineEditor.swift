package import Foundation

/// Reads lines of a person at a terminal.
///
/// Standard input and output must be a terminal. Readline keeps its state in variables of its own, so a process has
/// one line editor and uses it from one thread.
package final class LineEditor {
    /// One way to go on at the cursor.
    package struct Candidate: Sendable, Hashable {
        /// What stands in the line when it is taken.
        package var text: String
        /// What the list shows.
        package var label: String
        /// What stands faint behind it: type and one sentence; may be empty.
        package var detail: String

        /// A candidate whose label is its text unless said otherwise.
        package init(_ text: String, label: String? = nil, detail: String = "") {
            self.text = text
            self.label = label ?? text
            self.detail = detail
        }
    }

    /// What can stand at the cursor.
    package struct Completion: Sendable, Hashable {
        /// The byte of the current line where the text to replace begins; it ends at the cursor.
        package var start: Int
        /// In the order of the list.
        package var candidates: [Candidate]
        /// What is shown where nothing completes: "no field 'citty'; did you mean city?"
        package var note: String?

        /// Candidates for what stands between `start` and the cursor.
        package init(start: Int, candidates: [Candidate], note: String? = nil) {
            self.start = start
            self.candidates = candidates
            self.note = note
        }
    }

    /// What the person did.
    package enum Input: Sendable, Hashable {
        /// A whole chunk, its lines joined by `\n`.
        case text(String)
        /// Ctrl-C at the prompt: what was typed is gone.
        case cleared
        /// Ctrl-D on an empty line, or the terminal is no more.
        case end
    }

    /// What became of one line.
    enum Line {
        case typed(String)
        case cleared
        case end
    }

    let isComplete: (String) -> Bool
    let complete: (_ before: String, _ line: String, _ cursor: Int) -> Completion
    let idle: () -> String?
    private var history: History

    /// The editor that reads at the moment: readline calls back without saying for whom.
    nonisolated(unsafe) static var reading: LineEditor?

    /// The lines of the chunk before the current one, each with the prompt that stands before it.
    var earlier: [(prompt: String, text: String)] = []
    /// What became of the current line; nil while it is typed.
    var line: Line?
    /// Where signals are noted while a line is read.
    var signals: Int32 = -1
    /// Those that came and are not handled yet, the oldest first.
    var pending: [Int32] = []
    /// Where keys are read: standard input by a description of its own, which never blocks. Ctrl-C can throw the bytes
    /// away that `poll` has just seen. Where the terminal cannot be opened again, standard input itself.
    let keys: Int32
    /// The byte of the terminal that readline is to read next.
    var nextByte: UInt8?
    /// Whether the terminal has come to its end.
    var isHungUp = false
    /// The program's own locale: letters in scripts follow it, not the one that readline takes from the environment.
    var locale = "C"
    /// What was found when readline itself asked for completions.
    var found: [Candidate] = []

    /// An editor that reads `.inputrc` and the history at once.
    ///
    /// - Parameters:
    ///   - history: The file that keeps the chunks over sessions, mode 0600, at most 5,000 of them, none over 64 KB;
    ///     nil for no file. Where it cannot be used, a warning goes to standard error once, and editing goes on.
    ///   - isComplete: Says whether a chunk can be run; where it says no, a further line is read. It is not asked
    ///     about blank chunks, which are complete.
    ///   - complete: Says what can stand at `cursor`, a byte offset in the current `line`; `before` is the text of
    ///     the earlier lines of the chunk.
    ///   - idle: Called about twice a second while nothing is typed. A text it gives is printed above the prompt,
    ///     which is then drawn again with what was typed.
    package init(
        history: URL?, isComplete: @escaping (String) -> Bool,
        complete: @escaping (_ before: String, _ line: String, _ cursor: Int) -> Completion,
        idle: @escaping () -> String?
    ) {
        self.isComplete = isComplete
        self.complete = complete
        self.idle = idle
        let own = open("/proc/self/fd/\(STDIN_FILENO)", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        keys = own >= 0 ? own : STDIN_FILENO
        Self.inLocale { Self.prepareReadline() }
        self.history = History(file: history)
    }

    deinit {
        if keys != STDIN_FILENO { close(keys) }
    }

    /// Reads one chunk: lines until `isComplete` is content with them.
    ///
    /// Ctrl-C gives `cleared` at once, also within a chunk. Ctrl-D on an empty line within a chunk gives the chunk as
    /// it is, so that whoever runs it can say what it lacks. The prompts may hold colour escapes. While it reads,
    /// signals are its own; then those who had them have them back, and the terminal has its modes back.
    package func read(prompt: String, continuation: String) -> Input {
        history.warn()
        earlier = []
        Self.reading = self
        locale = Self.currentLocale
        takeSignals()
        let input = Self.inLocale { readChunk(prompt: prompt, continuation: continuation) }
        Self.reading = nil
        returnSignals()
        passOnSignals(but: input == .cleared ? [SIGINT] : [])
        if case .text(let chunk) = input {
            history.keep(chunk)
            history.warn()
        }
        return input
    }

    private func readChunk(prompt: String, continuation: String) -> Input {
        while true {
            let prompt = earlier.isEmpty ? prompt : continuation
            switch readLine(prompt: prompt) {
            case .cleared: return .cleared
            case .end: return earlier.isEmpty || isHungUp ? .end : .text(chunk)
            case .typed(let text):
                earlier.append((prompt, text))
                let chunk = chunk
                if chunk.allSatisfy(\.isWhitespace) || Self.inLocale(locale, { isComplete(chunk) }) {
                    return .text(chunk)
                }
            }
        }
    }

    /// The lines so far.
    private var chunk: String { earlier.map(\.text).joined(separator: "\n") }
}
