public import Basics
internal import Foundation

/// The texts of a workspace in several languages: `locales/de.json` with nested keys.
///
/// The shape is Shopify's (https://shopify.dev/docs/storefronts/themes/architecture/locales): keys nest, `{{
/// name }}` stands for a value, and a key whose parts are `one`, `few`, `other`, … is chosen by `count`.
public struct Translations: Sendable {
    private var languages: [LanguageTag: [String: TranslatedText]] = [:]
    /// The language of texts that another one lacks.
    public private(set) var defaultLanguage: LanguageTag?

    /// No texts.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { languages.isEmpty }

    /// A text that was found, or what stands in its place.
    public struct Answer: Sendable, Hashable {
        /// What to print.
        public var text: String
        /// What is wrong, as a sentence; nil where nothing is.
        public var problem: String?

        /// A text, and what is wrong with it.
        public init(text: String, problem: String? = nil) {
            self.text = text
            self.problem = problem
        }
    }

    /// Reads the texts of one file, `de.json` or `en.default.json`; the second also serves where others lack
    /// a text.
    ///
    /// - Throws: ``TranslationError``.
    public mutating func add(_ text: String, file: String) throws(TranslationError) {
        var name = file.split(separator: "/").last.map(String.init) ?? file
        if name.hasSuffix(".json") { name.removeLast(".json".count) }
        let isDefault = name.hasSuffix(".default")
        if isDefault { name.removeLast(".default".count) }
        guard let language = LanguageTag(name), language.isKnown else {
            throw TranslationError(kind: .noLanguage(name))
        }
        guard languages[language] == nil else { throw TranslationError(kind: .twice(language.description)) }
        if isDefault {
            if let other = defaultLanguage { throw TranslationError(kind: .twoDefaults(other.description)) }
            defaultLanguage = language
        }
        let decoder = JSONDecoder()
        // Such files begin with a comment more often than not.
        decoder.allowsJSON5 = true
        let value: Node
        do {
            value = try decoder.decode(Node.self, from: Data(text.utf8))
        } catch {
            throw TranslationError(kind: .notJSON)
        }
        guard case .keys(let values) = value else { throw TranslationError(kind: .notNested) }
        var texts: [String: TranslatedText] = [:]
        try Self.collect(values, under: "", depth: 0, into: &texts)
        languages[language] = texts
    }

    private static func collect(
        _ values: [String: Node], under prefix: String, depth: Int, into texts: inout [String: TranslatedText]
    ) throws(TranslationError) {
        guard depth < 20 else { throw TranslationError(kind: .tooDeep(prefix)) }
        for name in values.keys.sorted() {
            let key = prefix.isEmpty ? name : "\(prefix).\(name)"
            switch values[name] {
            case .keys(let inner): try collect(inner, under: key, depth: depth + 1, into: &texts)
            case .text(let text): texts[key] = TranslatedText(text)
            default: throw TranslationError(kind: .noText(key))
            }
        }
    }

    /// The text of a key in the first language that has it: the customer's, its shorter forms, the
    /// workspace's, and that of the default file. `values` fill its placeholders, `count` chooses among
    /// plural forms.
    ///
    /// Where none has it, the last part of the key stands for it, and the problem says so.
    public func text(
        _ key: String, in language: LanguageTag?, or workspace: LanguageTag?, values: [String: String] = [:],
        count: String? = nil
    ) -> Answer {
        let wanted =
            (language?.fallbacks ?? []) + (workspace?.fallbacks ?? []) + (defaultLanguage?.fallbacks ?? [])
        for tag in wanted {
            guard let texts = languages[tag], let text = Self.find(key, in: texts, tag, count: count) else {
                continue
            }
            return text.filled(values, key: key)
        }
        let last = key.split(separator: ".").last.map(String.init) ?? key
        let place = (language ?? workspace ?? defaultLanguage).map { " into \($0)" } ?? ""
        return Answer(text: last, problem: "there is no translation of '\(key)'\(place)")
    }

    /// The languages that lack a key, themselves and in their shorter forms, in the order of their tags; nil
    /// alone where there are no texts at all.
    public func languages(without key: String) -> [LanguageTag?] {
        guard !languages.isEmpty else { return [nil] }
        return languages.keys.sorted { $0.description < $1.description }.filter { language in
            !language.fallbacks.contains { tag in
                guard let texts = languages[tag] else { return false }
                return texts[key] != nil || texts["\(key).other"] != nil
            }
        }
    }

    private static func find(
        _ key: String, in texts: [String: TranslatedText], _ tag: LanguageTag, count: String?
    ) -> TranslatedText? {
        guard let count else { return texts[key] }
        // A form for nothing at all may be given in any language.
        if Double(count) == 0, let text = texts["\(key).zero"] { return text }
        let category = PluralCategory(count, in: tag)
        return texts["\(key).\(category.rawValue)"] ?? texts["\(key).other"] ?? texts[key]
    }
}

/// A value of the file.
private enum Node: Decodable {
    case text(String)
    case keys([String: Node])
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let keys = try? container.decode([String: Node].self) {
            self = .keys(keys)
        } else {
            self = .other
        }
    }
}

/// A text with its placeholders.
private struct TranslatedText: Sendable {
    /// Text, name, text, name, …, text.
    private var parts: [String] = []

    init(_ text: String) {
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}")
        {
            parts.append(String(rest[..<open.lowerBound]))
            parts.append(
                rest[open.upperBound..<close.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines))
            rest = rest[close.upperBound...]
        }
        parts.append(String(rest))
    }

    func filled(_ values: [String: String], key: String) -> Translations.Answer {
        var answer = Translations.Answer(text: parts[0])
        for index in stride(from: 1, to: parts.count - 1, by: 2) {
            if let value = values[parts[index]] {
                answer.text += value
            } else {
                answer.problem = "the translation '\(key)' needs the value '\(parts[index])'"
            }
            answer.text += parts[index + 1]
        }
        return answer
    }
}

/// What is wrong with a file of translations.
public struct TranslationError: Error, Hashable, Sendable {
    /// What it is.
    public let kind: Kind

    /// The kinds of mistakes.
    public enum Kind: Hashable, Sendable {
        /// The file's name is no language.
        case noLanguage(String)
        /// A file has the texts of that language already.
        case twice(String)
        /// That language is the default already.
        case twoDefaults(String)
        /// The text is no JSON.
        case notJSON
        /// The JSON is no object.
        case notNested
        /// The value of a key is neither text nor further keys.
        case noText(String)
        /// Keys below that one are nested too deep.
        case tooDeep(String)
    }
}
