internal import CReadline
internal import Foundation

extension LineEditor {
    /// Inserts what is pasted, up to the sequence that ends a bracketed paste, with its lines as lines.
    ///
    /// Readline's own command stops at a byte 0, cannot be stopped, and is no command of the vi modes. A paste that
    /// ends otherwise, by Ctrl-C or with the terminal, inserts nothing.
    func paste() {
        let end = Array("\u{1B}[201~".utf8)
        var bytes: [UInt8] = []
        repeat {
            let byte = rl_read_key()
            guard byte >= 0 else { return }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        } while !bytes.ends(with: end)
        bytes.removeLast(end.count)
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        insert(text.filter { $0 != "\0" })
    }

    /// Inserts at the cursor, as one step of undo.
    func insert(_ text: String, replacing count: Int = 0) {
        rl_begin_undo_group()
        let cursor = mlr_cursor()
        rl_delete_text(cursor - Int32(count), cursor)
        mlr_set_cursor(cursor - Int32(count))
        rl_insert_text(text)
        rl_end_undo_group()
    }

    /// Makes the line valid UTF-8, so that its offsets are those of a Swift text.
    func repairLine() {
        let text = String(cString: mlr_line())
        guard text.utf8.count != Int(mlr_length()) else { return }
        let bytes = UnsafeRawBufferPointer(start: mlr_line(), count: Int(mlr_cursor()))
        let cursor = String(decoding: bytes, as: UTF8.self).utf8.count
        rl_replace_line(text, 0)
        mlr_set_cursor(Int32(cursor))
    }
}

extension [UInt8] {
    fileprivate func ends(with tail: [UInt8]) -> Bool { suffix(tail.count).elementsEqual(tail) }
}
