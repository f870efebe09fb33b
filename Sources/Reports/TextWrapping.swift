internal import Diagnostics

/// A line of text as lines of at most `width` display cells, broken at blanks, and between characters that are wide; a
/// word that is longer is broken anywhere. Cost: linear.
public func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    // What stands behind the last place where the line may end.
    var word = ""
    var wordWidth = 0
    func endLine() {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        (line, lineWidth) = ("", 0)
    }
    func endWord() {
        if lineWidth + wordWidth > width, lineWidth > 0 { endLine() }
        line += word
        lineWidth += wordWidth
        (word, wordWidth) = ("", 0)
    }
    for character in text {
        let cells = displayWidth(of: character)
        if wordWidth + cells > width { endWord() }
        word.append(character)
        wordWidth += cells
        if character == " " || cells == 2 {
            // A blank at the end of a line takes no room.
            if character == " ", lineWidth + wordWidth == width + 1 {
                word.removeLast()
                wordWidth -= 1
                endWord()
                endLine()
            } else {
                endWord()
            }
        }
    }
    endWord()
    if lineWidth > 0 || lines.isEmpty { endLine() }
    return lines
}
