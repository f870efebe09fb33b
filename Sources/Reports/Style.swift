internal import Foundation

/// Colours of a terminal, where there is one and the person has not asked for none (https://no-color.org).
package struct Style {
    /// Whether there are colours.
    package let isColoured: Bool

    /// With colours, or without.
    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// Without colours.
    package static let plain = Style(isColoured: false)

    /// For what standard output is.
    package static var ofOutput: Style {
        let environment = ProcessInfo.processInfo.environment
        return Style(
            isColoured: isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
                && environment["TERM"] != "dumb")
    }

    /// The colours that are used, by what they mean.
    package enum Colour: String {
        case good = "32"
        case warning = "33"
        case bad = "31"
        case faint = "2"
        case bold = "1"
    }

    /// The text in a colour, where there are any.
    package func paint(_ text: String, _ colour: Colour) -> String {
        isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
