import Catalog
import Simulator
import Testing

/// What the random worlds do not have: days of a customer's own, and segments that are watched.
@Suite("Triggers in a dry run, in small cases")
struct TriggerCasesTests {
    private func entries(_ run: Recorder) -> [String] {
        run.events.filter { $0.word == "enter" }.map { event in
            let hours = Double(event.time - Bench.now) / 3600
            return "\(event.campaign) \(event.customer) \(hours)"
        }
    }

    @Test("customers enter before their birthday on their own clock, and those of 29 February on the 28th")
    func birthdays() throws {
        let sql =
            reachable(1...6)
                + """
                UPDATE customers SET birthday = '1990-12-04' WHERE id IN (1, 2);
                UPDATE customers SET time_zone = 'Europe/Berlin' WHERE id = 2;
                UPDATE customers SET birthday = '1990-12-03' WHERE id = 3;
                UPDATE customers SET birthday = '1990-11-30' WHERE id = 4;
                UPDATE customers SET birthday = '1992-02-29' WHERE id = 5;
                """
        let script = """
            campaign 'soon' {
              before = { 'birthday', days(2), at = '10:00' }, audience = function(c) return c.id ~= 6 end,
              journey = function(c) send { template = 'hello' } end,
            }
            """
        // From Tuesday 9:00 in Shanghai: on Wednesday at 10:00 there, and seven hours later in Berlin.
        #expect(
            try entries(Bench(sql).run(script, days: 30)) == ["soon 1 25.0", "soon 2 32.0", "soon 3 1.0"])
        // In the 90 days to 1 March: on 26 February at 10:00.
        let later = try entries(Bench(sql).run(script, days: 90))
        #expect(later == ["soon 1 25.0", "soon 2 32.0", "soon 3 1.0", "soon 5 2089.0"])
    }

    @Test("who comes into a segment that is watched enters at once, and who was there before does not")
    func entering() throws {
        let sql = reachable(1...3) + "INSERT INTO tags VALUES (1, 'warm', 1);"
        let run = try Bench(sql).run(
            """
            segment 'warm' { where = function(c) return c:has_tag 'warm' end }
            campaign 'a' {
              audience = function(c) return c.id < 3 end,
              journey = function(c) wait(hours(5)) tag 'warm' wait(hours(1)) untag 'warm' end,
            }
            campaign 'b' {
              when = segment.warm, audience = function(c) return true end, journey = function(c) end,
            }
            campaign 'c' {
              when = { leaves = segment.warm }, audience = function(c) return true end, journey = function(c) end,
            }
            """, days: 2)
        #expect(
            entries(run) == ["a 1 0.0", "c 1 6.0", "a 2 0.0", "b 2 5.0", "c 2 6.0"])
    }

    @Test("who leaves a segment because time goes by is seen at the next midnight")
    func leaving() throws {
        // Registered a day and a half before the run, and long ago.
        let sql =
            reachable(1...2)
            + "UPDATE customers SET registered_at = \(Bench.now - 36 * 3600) WHERE id = 1;"
        let run = try Bench(sql).run(
            """
            segment 'new' { where = function(c) return c.registered_at >= days_ago(2) end }
            campaign 'settled' {
              when = { leaves = segment.new }, audience = function(c) return true end,
              journey = function(c) send { template = 'hello' } end,
            }
            """, days: 4)
        // The two days are over at 21:00 on Tuesday; midnight is three hours later.
        #expect(entries(run) == ["settled 1 15.0"])
        #expect(run.lines == ["1 hello email sent"])
    }

    @Test("what a journey does, rules see from then on")
    func effects() throws {
        let run = try Bench(reachable(1...1)).run(
            """
            campaign 'a' {
              audience = function(c) return true end,
              journey = function(c)
                note((c.level or '–') .. '|' .. c.points .. '|' .. c.open_task_count .. '|' .. c.message_count)
                set('level', 'gold') award(30, 'welcome') task { title = 'Call', owner = '张', due = hours(2) }
                send { template = 'hello' }
                note(c.level .. '|' .. c.points .. '|' .. c.open_task_count .. '|' .. c.message_count)
                wait_for('open', days(1))
                note(c.open_count .. '|' .. tostring(c.messages:opened():any()))
                wait(days(2))
                note(c.order_count .. '|' .. c.total_spent .. '|' .. c.orders:last().status)
              end,
            }
            """, days: 5, responses: .all)
        #expect(
            run.events.filter { $0.word == "note" }.map(\.subject) == [
                "–|0|0|0", "gold|30|1|1", "1|true", "1|0.0|paid",
            ])
        let task = run.events.first { $0.word == "task" }
        #expect(task?.owner == "张" && task?.due == Bench.now + 7200)
    }

    @Test("each person has one variant, by weight, which the journey finds")
    func variants() throws {
        let run = try Bench(reachable(1...200)).run(
            """
            campaign 'greeting' {
              audience = function(c) return true end, variants = { long = 1, short = 3 },
              journey = function(c, entry)
                send { template = entry.variant == 'long' and 'hello' or 'more' }
              end,
            }
            """, days: 1)
        let long = run.decisions.filter { $0.variant == "long" }
        let short = run.decisions.filter { $0.variant == "short" }
        #expect(long.count + short.count == 200 && (30...70).contains(long.count))
        #expect(long.allSatisfy { $0.step == "hello" } && short.allSatisfy { $0.step == "more" })
    }
}
