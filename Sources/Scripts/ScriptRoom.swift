internal import ScriptSyntax

/// A folder of the library, by what the scripts in it define.
public enum ScriptRoom: String, Sendable, CaseIterable {
    case segments
    case campaigns
    case followUps = "follow-ups"

    /// Splits `segments/big-spenders` into the room and the name.
    ///
    /// - Throws: ``ScriptLibraryError`` where there is no such room, or the name has other than letters,
    /// digits, `-` and `_`.
    public static func place(_ text: String) throws -> (room: ScriptRoom, name: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, (1...80).contains(parts[1].count),
            parts[1].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
        else { throw ScriptLibraryError.badName(text) }
        guard let room = ScriptRoom(rawValue: parts[0]) else { throw ScriptLibraryError.noRoom(parts[0]) }
        return (room, parts[1])
    }

    /// The files that a new script of the room begins with: what it is for is still to be said, and its test
    /// passes.
    public func skeleton(_ name: String, author: String) -> [LibraryFile] {
        let script = header(author) + "\n" + definition(name) + "\n" + test(name)
        let file = LibraryFile(path: "scripts/\(rawValue)/\(name).lua", text: script)
        guard self == .campaigns else { return [file] }
        let template = """
            ---
            subject: Hello, {{ customer.name | default: "dear customer" }}
            ---
            <p>Dear {{ customer.name | default: "customer" }},</p>
            <p>write here what you have to say.</p>

            """
        return [file, LibraryFile(path: "templates/\(name).liquid", text: template)]
    }

    private func header(_ author: String) -> String {
        let title =
            switch self {
            case .segments: "Customers who bought lately."
            case .campaigns: "A message to customers who bought lately."
            case .followUps: "A task for a colleague when somebody unsubscribes."
            }
        return """
            --- \(title)
            ---
            --- @author \(author)
            --- @description What it does, and when to use it.
            --- @tags \(rawValue)

            """
    }

    private func definition(_ name: String) -> String {
        let literal = luaLiteral(name)
        return switch self {
        case .segments:
            """
            segment \(literal) {
              description = "Bought in the last 30 days",
              where = function(c) return c.last_order_at >= days_ago(30) end,
            }

            """
        case .campaigns:
            """
            campaign \(literal) {
              description = "A message to those who bought in the last 30 days",
              audience    = function(c) return c.last_order_at >= days_ago(30) end,
              reentry     = days(90),
              journey     = function(c) send { template = \(literal) } end,
            }

            """
        case .followUps:
            """
            follow_up \(literal) {
              description = "A task when somebody unsubscribes",
              on     = "unsubscribe",
              action = function(c, event)
                task { title = "Unsubscribed from " .. event.campaign, owner = c.owner, due = hours(24) }
              end,
            }

            """
        }
    }

    private func test(_ name: String) -> String {
        let access = luaAccess(name)
        let literal = luaLiteral(name)
        return switch self {
        case .segments:
            """
            test("whoever bought last week is among them, whoever bought last year is not", function()
              expect(segment\(access):includes(customer_like { last_order_at = days_ago(7) })).is(true)
              expect(segment\(access):includes(customer_like { last_order_at = days_ago(365) })).is(false)
            end)

            """
        case .campaigns:
            """
            test("whoever bought last week gets one message", function()
              local story = simulate { campaign = \(literal), customer = customer_like { last_order_at = days_ago(7) } }
              expect(story:sent \(literal)).is(true)
            end)

            test("whoever bought last year gets none", function()
              local story = simulate { campaign = \(literal), customer = customer_like { last_order_at = days_ago(365) } }
              expect(story.entered).is(false)
            end)

            """
        case .followUps:
            """
            test("without such an event nothing is done", function()
              local story = simulate { campaign = \(literal), customer = customer_like {} }
              expect(story.entered).is(false)
            end)

            """
        }
    }
}
