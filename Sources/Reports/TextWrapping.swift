internal import Diagnostics

/// A line of text as lines of at most `width` display cells, broken at blanks, and between characters that are wide; a
/// word that is longer is broken anywhere. The lines that follow the first of an item, `- tea`, stand below its text.
/// Cost: linear.
public func wrapped(_ text: String, to width: Int) -> [String] {
    let indent = text.prefix { $0 == " " }
    let rest = text.dropFirst(indent.count)
    guard rest.hasPrefix("- "), indent.count < width / 2 else { return lines(of: text, to: width) }
    let lines = lines(of: String(rest.dropFirst(2)), to: width - indent.count - 2)
    return lines.enumerated().map { place, line in indent + (place == 0 ? "- " : "  ") + line }
}

/// A line as lines of at most `width` display cells, of which those behind the first stand two cells further
/// in; as it is where no width is given or the width is too small to be of use. Cost: linear.
func hanging(_ line: String, to width: Int?) -> [String] {
    let indent = String(line.prefix { $0 == " " })
    guard let width, displayWidth(of: line) > width, width - indent.count >= 20 else { return [line] }
    let lines = wrapped(String(line.dropFirst(indent.count)), to: width - indent.count - 2)
    return lines.enumerated().map { place, line in indent + (place == 0 ? "" : "  ") + line }
}

private func lines(of text: String, to width: Int) -> [String] {
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
