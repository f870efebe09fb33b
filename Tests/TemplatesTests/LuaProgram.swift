import Foundation
import Templates

/// Runs compiled templates with the `lua5.4` program, many in one process.
enum LuaProgram {
    /// What one render gave.
    struct Rendered: Equatable {
        var output = ""
        /// `path:line:column` of each missing output.
        var missing: [String] = []
        var error: String?
    }

    static let path = "/usr/bin/lua5.4"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// A template, its scope, which is a Lua expression, and its partials by name.
    struct Job {
        var template: CompiledTemplate
        var scope: String
        var partials: [PartialUse: CompiledTemplate] = [:]

        init(
            _ text: String, _ scope: String = "{}", partials: [String: String] = [:],
            escaping: Escaping = .none, firstLine: Int = 1, strictness: Strictness = .strict2
        ) throws(TemplateError) {
            template = try LiquidCompiler.compile(
                text, file: "t.liquid", firstLine: firstLine, escaping: escaping, strictness: strictness)
            self.scope = scope
            try compile(partials, for: template)
        }

        /// Compiles each partial in the forms that a template asks for.
        private mutating func compile(
            _ texts: [String: String], for template: CompiledTemplate
        ) throws(TemplateError) {
            for use in template.partials {
                for (name, text) in texts where use.name == nil || use.name == name {
                    let key = PartialUse(name: name, form: use.form)
                    guard partials[key] == nil else { continue }
                    let partial = try LiquidCompiler.compile(
                        partial: text, file: "partials/\(name).liquid", form: use.form)
                    partials[key] = partial
                    try compile(texts, for: partial)
                }
            }
        }
    }

    /// Renders each template with its scope, a Lua expression in which `A(items, n)` is an array with holes
    /// and `O({keys}, {values})` an object with its order. The clock stands at 2026-11-11 10:00 UTC.
    static func render(_ jobs: [Job]) throws -> [Rendered] {
        var script = prelude
        for job in jobs {
            script += "run(\(quoted(job.template.luaSource)), \(quoted(job.template.chunkName)), function() "
            script += "return \(job.scope) end, {"
            for (use, partial) in job.partials {
                let chunk = "\(quoted(partial.luaSource)), \(quoted(partial.chunkName))"
                script += "{ name = \(quoted(use.name ?? "")), form = \(quoted(use.form)), \(chunk) }, "
            }
            script += "})\n"
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).lua")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let answers = String(decoding: data, as: UTF8.self).split(
            separator: "\u{1}", omittingEmptySubsequences: false
        )
        .dropLast().map(record)
        // A script that Lua cannot read, or that ends early, answers for none of the rest.
        return answers
            + Array(repeating: Rendered(error: "no answer"), count: jobs.count - answers.count)
    }

    /// One template, one render.
    static func render(
        _ text: String, _ scope: String = "{}", partials: [String: String] = [:],
        escaping: Escaping = .none, firstLine: Int = 1
    ) throws -> Rendered {
        let job = try Job(
            text, scope, partials: partials, escaping: escaping, firstLine: firstLine)
        return try render([job]).first ?? Rendered(error: "no answer")
    }

    private static func record(_ text: Substring) -> Rendered {
        let fields = text.split(separator: "\u{2}", omittingEmptySubsequences: false).map(String.init)
        guard fields[0] == "ok" else {
            guard let (message, mark) = PlaceMark.split(fields[1]) else { return Rendered(error: fields[1]) }
            // `t.liquid:2: divided by 0` and the mark of line 2: `t.liquid:2:4: divided by 0`.
            let line = ":\(mark.line):"
            return Rendered(
                error: message.replacing(
                    line, with: "\(line)\(mark.column)+\(mark.length):", maxReplacements: 1))
        }
        return Rendered(output: fields[1], missing: Array(fields.dropFirst(2)))
    }

    /// A Lua long string with enough equals signs not to end early.
    private static func quoted(_ text: String) -> String {
        "[=======[\n\(text)]=======]"
    }

    private static let prelude = """
        local host = { string = string, table = table, math = math, utf8 = utf8, type = type, tostring = tostring,
          tonumber = tonumber, pairs = pairs, ipairs = ipairs, error = error, setmetatable = setmetatable,
          getmetatable = getmetatable, select = select, rawget = rawget,
          now = function() return 1794391200 end,
          date = function(f, s)
            return os.date("!" .. f:gsub("%%(.)", function(c)
              return c == "s" and tostring(s) or c == "z" and "+0000" or nil
            end), s)
          end,
          money = function(x, currency) return (currency or "EUR") .. string.format(" %.2f", x) end,
          number = function(x, delimiter) return tostring(x) .. (delimiter or "") end,
          t = function(key, values, count)
            local names = {}
            for name, value in pairs(values) do names[#names + 1] = name .. "=" .. value end
            table.sort(names)
            return key .. "(" .. table.concat(names, ",") .. ")" .. (count or "") .. "<b>"
          end,
          -- Code points stand for characters, and ASCII for letters: the host's own are tested with it.
          count = utf8.len, upper = string.upper, lower = string.lower,
          slice = function(s, first, count)
            local from = utf8.offset(s, first + 1)
            local to = from and utf8.offset(s, count + 1, from)
            return from and s:sub(from, (to or #s + 1) - 1) or ""
          end,
          characters = function(s)
            local list = {}
            for c in s:gmatch(utf8.charpattern) do list[#list + 1] = c end
            return list
          end,
          capitalize = function(s) return s end,
          has_dotless_i = function() return false end,
          words = function(s, count)
            local kept = {}
            for word in s:gmatch("%S+") do
              if #kept == count then return table.concat(kept, " ") end
              kept[#kept + 1] = word
            end
          end,
          list = function(u) return nil end,
        }
        local partials, loaded
        function host.partial(name, form)
          local names, known = {}, {}
          for _, partial in ipairs(partials) do
            names[partial.name] = true
            if partial.name == name and partial.form == form then
              if not loaded[partial] then loaded[partial] = assert(load(partial[1], partial[2], "t", {}))(rt) end
              return loaded[partial]
            end
          end
          for other in pairs(names) do known[#known + 1] = other end
          table.sort(known)
          return nil, table.concat(known, ", ")
        end
        rt = assert(load(\(quoted(liquidRuntimeSource)), "=runtime", "t", {}))(host)
        local A = rt.array
        local O = rt.hash
        function run(source, name, scope, its_partials)
          partials, loaded = its_partials, {}
          local chunk, problem = load(source, name, "t", {})
          local ok, output, missing
          if chunk then ok, output, missing = pcall(function() return chunk(rt)(scope()) end) else output = problem end
          io.write(ok and "ok" or "error", "\\2", tostring(output))
          for _, m in ipairs(ok and missing or {}) do io.write("\\2", m.file and m.file .. " " or "", m.path, ":", m.line, ":", m.column) end
          io.write("\\1")
        end

        """
}
