import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("E-mails")
struct MailMessageTests {
    private static let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

    private func message(_ subject: String, text: String) -> MailMessage {
        MailMessage(
            from: .init(name: "Mill & Mountain", address: "news@example.com"),
            to: .init(address: "ann@example.com"),
            subject: subject, date: 1_796_086_800, zone: Self.shanghai, text: text)
    }

    @Test("a text alone is one part, quoted-printable, with a date in the zone")
    func plain() {
        var mail = message("Hello = you", text: "Dear Ann,\n.\n  3 < 4 = x \ntab\t\n上\n")
        mail.replyTo = .init(name: "Office", address: "office@example.com")
        #expect(
            mail.encoded()
                == """
                From: =?utf-8?B?TWlsbCAmIE1vdW50YWlu?= <news@example.com>
                Reply-To: Office <office@example.com>
                To: <ann@example.com>
                Subject: Hello = you
                Date: Tue, 01 Dec 2026 09:00:00 +0800
                Message-ID: <\(mail.mark)@moonletter.invalid>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Dear Ann,
                =2E
                  3 < 4 =3D x=20
                tab=09
                =E4=B8=8A

                """.replacing("\n", with: "\r\n"))
    }

    @Test(
        "a line longer than 76 characters, and words of headers longer than 75, are broken within no character"
    )
    func lines() {
        var mail = message(
            String(repeating: "上海🎂", count: 30),
            text: String(repeating: "字", count: 200) + String(repeating: "x", count: 200))
        mail.html = "<p>\(String(repeating: "y", count: 80))</p>"
        mail.unsubscribe = "https://example.com/u?c=1"
        mail.from.name = String(repeating: "Abc", count: 300)
        let lines = mail.encoded().components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(!mail.encoded().replacing("\r\n", with: "").contains("\n"))
        #expect(lines.contains("List-Unsubscribe: <https://example.com/u?c=1>"))
    }

    @Test("names and subjects cannot add headers")
    func injection() {
        var mail = message("Hi\r\nBcc: all@example.com", text: "")
        mail.to = .init(name: "x\r\nX: y", address: "a@example.com>\r\nX: y")
        let names = mail.encoded().components(separatedBy: "\r\n\r\n")[0].components(separatedBy: "\r\n")
            .filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ])
    }

    @Test(
        "Python's mail parser reads every part as it was written",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")),
        arguments: [
            "Plain", "三八节快乐, Ann! 🎉", "=?utf-8?B?eA==?=", " blanks  twice ", "é",
            String(repeating: "long ", count: 40),
        ])
    func parsed(subject: String) throws {
        let folder = try TemporaryFolder()
        var mail = message(
            subject, text: "Text \(subject)\n\nFrom here\n.\n--=_x\n\u{FEFF}ends without a break")
        mail.from.name = "王 \"小\" <x>"
        mail.html = "<p>\(subject) = 1 &amp; 2</p>\r\n"
        let path = try folder.write(mail.encoded(), to: "mail.eml")
        let script = """
            import email, email.policy, json, sys
            m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            print(json.dumps([str(m["subject"]), str(m["from"].addresses[0].display_name), m["to"].addresses[0].addr_spec,
                m.get_content_type(), len(m.defects)] + [p.get_content() for p in m.iter_parts()]
                + [p.get_content_type() for p in m.iter_parts()]))
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script, path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let values = try #require(JSONSerialization.jsonObject(with: data) as? [Any])
        let read = values.map { "\($0)" }
        #expect(
            read == [
                subject, "王 \"小\" <x>", "ann@example.com", "multipart/alternative", "0", mail.text + "\n",
                "<p>\(subject) = 1 &amp; 2</p>\n", "text/plain", "text/html",
            ])
    }
}
