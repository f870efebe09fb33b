internal import Basics
public import Diagnostics
internal import Formats
internal import LuaRuntime
internal import Templates

/// What templates ask of the host: characters, letter case, dates, amounts and translations, in the language of the
/// template or else of the customer whose message is being written, and in the customer's time zone.
///
/// Of a call no more is taken from Lua than texts and numbers, and the formats are kept from message to
/// message.
final class MessageWords {
    private let formats: MessageFormats
    private var amountWriters: [LanguageTag?: LuaFunction] = [:]
    private var translations = Translations()
    /// The texts that templates name, with their places.
    private var uses: [(key: String, location: SourceLocation)] = []
    /// What was wrong with the message so far.
    private(set) var problems: [MessageProblem] = []
    /// Whether a template may print a link of the message for itself.
    private(set) var usesLinks = false
    /// The branches of templates that ran, by their numbers.
    private(set) var branches: Set<Int> = []
    /// Why the template aborted the message; nil where it did not.
    private(set) var abortion: String?

    init(_ clock: RuleClock, language: LanguageTag?) {
        formats = MessageFormats(zone: clock.local.zone, language: language)
    }

    /// A new message begins.
    func begin() {
        problems = []
        branches = []
        abortion = nil
    }

    /// Reads the texts of a language, `templates/locales/de.json`.
    func add(_ file: ScriptFile) throws {
        do {
            try translations.add(file.text, file: file.path)
        } catch {
            throw error.diagnostic(in: file.path, text: file.text)
        }
    }

    /// Notes the texts that a template names.
    func note(_ template: CompiledTemplate?, in path: String) {
        guard let template else { return }
        if template.outline.reads.contains(where: { linkVariables.contains($0.path) }) { usesLinks = true }
        uses += template.translations.map { ($0.key, SourceLocation(file: path, line: $0.line)) }
    }

    /// The texts that templates name and that a language of the workspace lacks, in the order of their
    /// places.
    var missingTranslations: [MessageProblem] {
        uses.flatMap { use in
            translations.languages(without: use.key).map { language in
                let place = language.map { "into \($0)" } ?? "in templates/locales"
                return MessageProblem(
                    message: "there is no translation of '\(use.key)' \(place)", location: use.location)
            }
        }
    }

    /// The words by the names under which `messages.lua` hands them on.
    func functions(_ host: RuleHost) -> LuaTable {
        func word(
            _ name: String, _ body: @escaping (HostCall, RuleHost) throws -> Int32
        ) -> (name: String, value: LuaValue) {
            (name, .function(host.makeFunction(name, body)))
        }
        let own = [
            word("settle") { [self] call, host in
                let (language, zone) = try call.arguments(
                    .optionalText("language"), .optionalText("time_zone"))
                formats.use(language: language, zone: zone)
                let hasDotlessI = call.returns(.boolean(formats.letterCase.hasDotlessI))
                return hasDotlessI + call.returns(amountWriter(host).map(LuaValue.function) ?? .missing)
            },
            word("now") { call, host in call.returns(.integer(host.clock.now)) },
            word("date") { [self] call, _ in
                let (format, instant) = try call.arguments(.text("format"), .time("time"))
                guard let instant else { return call.returns(.missing) }
                guard format.utf8.count <= 1000 else {
                    throw LuaError("a format of dates has at most 1,000 bytes")
                }
                return call.returns(.text(formats.date(instant, format)))
            },
            word("money") { [self] call, host in
                let (amount, currency, form) = try call.arguments(
                    .number("amount"), .optionalText("currency"), .text("filter"))
                let text = formats.money(
                    amount, currency: currency ?? host.data?.currency ?? "",
                    MoneyFormat.Form(rawValue: form) ?? .sign)
                return call.returns(.text(text))
            },
            word("number") { [self] call, _ in
                let (value, groups, decimals) = try call.arguments(
                    .any("number"), .optionalText("delimiter"), .optionalText("separator"))
                switch value {
                case .integer(let value):
                    return call.returns(.text(formats.number(value, groups: groups, decimals: decimals)))
                case .number(let value):
                    return call.returns(.text(formats.number(value, groups: groups, decimals: decimals)))
                default: throw call.mismatch(1, "a number", value)
                }
            },
            word("t") { [self] call, _ in try translate(call) },
            word("abort") { [self] call, _ in
                abortion = try call.arguments(.text("reason"))
                return call.returnsNothing()
            },
            word("branch") { [self] call, _ in
                branches.insert(Int(clamping: try call.arguments(.number("number"))))
                return call.returnsNothing()
            },
        ]
        let added = [
            ("filters", LuaValue.table(host.providedLiquid(.filter))),
            ("tags", .table(host.providedLiquid(.tag))),
        ]
        return LuaTable(fields: own + characters(host) + letterCase(host) + added)
    }

    /// Writes amounts in the workspace's currency without a call of Swift, in the language of the message.
    private func amountWriter(_ host: RuleHost) -> LuaFunction? {
        let tag = formats.language
        if let known = amountWriters[tag] { return known }
        let format = formats.moneyFormat(host.data?.currency ?? "")
        guard let pieces = format.pattern.pieces else { return nil }
        let writer = host.state.makeAmountWriter(
            LuaAmountFormat(
                places: format.places,
                positive: .init(prefix: pieces.positive.prefix, suffix: pieces.positive.suffix),
                negative: .init(prefix: pieces.negative.prefix, suffix: pieces.negative.suffix),
                point: pieces.point, group: pieces.group, groups: pieces.groups))
        // Customers have few languages; templates cannot add to them.
        if amountWriters.count < 200 { amountWriters[tag] = writer }
        return writer
    }

    private func translate(_ call: HostCall) throws -> Int32 {
        let (key, table, count) = try call.arguments(
            .text("key"), .table("values"), .optionalText("count"))
        var values: [String: String] = [:]
        for case (let name, .text(let text)) in table.fields { values[name] = text }
        let answer = translations.text(
            key, in: formats.language, or: formats.homeLanguage, values: values, count: count)
        if let problem = answer.problem, problems.count < 100, let (file, line) = call.line {
            problems.append(
                MessageProblem(message: problem, location: SourceLocation(file: file, line: line)))
        }
        return call.returns(.text(answer.text))
    }

    private func characters(_ host: RuleHost) -> [(name: String, value: LuaValue)] {
        let count = host.makeFunction("count") { call, _ in
            call.returns(.integer(Int64(try call.arguments(.text("text")).count)))
        }
        let slice = host.makeFunction("slice") { call, _ in
            let (text, first, count) = try call.arguments(.text("text"), .number("first"), .number("count"))
            let slice = Characters.slice(text, from: Int(clamping: first), count: Int(clamping: count))
            return call.returns(.text(String(slice)))
        }
        let all = host.makeFunction("characters") { call, _ in
            let text = try call.arguments(.text("text"))
            // A list takes many times the memory of its text, and none of it is on Lua's account before it is
            // made.
            guard text.utf8.count <= 1 << 20 else {
                throw LuaError("a text of more than 1 MB cannot be split into its characters")
            }
            return call.returns(.table(LuaTable(array: text.map { .text(String($0)) })))
        }
        let words = host.makeFunction("words") { call, _ in
            let (text, count) = try call.arguments(.text("text"), .number("count"))
            return call.returns(
                Characters.words(text, atMost: Int(clamping: count)).map(LuaValue.text) ?? .missing)
        }
        return [
            ("count", .function(count)), ("slice", .function(slice)), ("characters", .function(all)),
            ("words", .function(words)),
        ]
    }

    private func letterCase(_ host: RuleHost) -> [(name: String, value: LuaValue)] {
        let mappings: [(String, (LetterCase, String) -> String)] = [
            ("upper", { $0.upper($1) }), ("lower", { $0.lower($1) }), ("capitalize", { $0.capitalized($1) }),
        ]
        return mappings.map { name, mapping in
            let function = host.makeFunction(name) { [self] call, _ in
                call.returns(.text(mapping(formats.letterCase, try call.arguments(.text("text")))))
            }
            return (name, .function(function))
        }
    }
}

/// Something about a message that its author should know.
public struct MessageProblem: Hashable, Sendable {
    /// A sentence without a full stop.
    public let message: String
    /// The line of the template.
    public let location: SourceLocation
}

extension Int {
    /// The nearest whole number towards zero.
    fileprivate init(clamping value: Double) {
        self = Int(exactly: value.rounded(.towardZero)) ?? (value > 0 ? .max : .min)
    }
}
