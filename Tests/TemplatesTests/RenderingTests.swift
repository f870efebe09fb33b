import Templates
import Testing

/// Whole template → whole output, with the `lua5.4` program.
@Suite(.enabled(if: LuaProgram.isInstalled)) struct RenderingTests {
    @Test(
        "a template without escaping prints",
        arguments: [
            ("{{ '客户你好' | slice: 1, 2 }}", "户你"),
            ("{{ '客户你好' | truncate: 3, '…' }}", "客户…"),
            ("{{ '客户你好' | size }}", "4"),
            ("{{ 'abC iI' | upcase }} {{ 'ABc' | downcase }} {{ 'eCOLE' | capitalize }}", "ABC II abc Ecole"),
            ("{{ '你好' | replace: '', '-' }} {{ '' | replace: '', '-' }}", "-你-好- -"),
            ("{{ 'a\r\nb' | size }} {{ '你，好…' | first }}{{ '你，好…' | last }}", "4 你…"),
            ("{{ 1234 | number_with_delimiter: ' ' }} {{ 2 | money_with_currency }}", "1234  EUR 2.00"),
            ("{{ 'a.b' | t: b: 2, a: x, count: '3' }}", "a.b(b=2,count=3)3<b>"),
            ("{{ '姓-名' | split: '-' | join: '/' }}", "姓/名"),
            ("{{ 1.0 }} {{ 0.1 | plus: 0.2 }} {{ 1.50 }}", "1.0 0.3 1.5"),
            ("{{ 100000000000000.5 }} {{ 0.00001 | times: 1.0 }}", "100000000000000.5 1.0e-05"),
            ("{{ 10000000000000000.0 }}", "1.0e+16"),
            ("{{ 7 | divided_by: -2 }} {{ 7.0 | divided_by: 2 }} {{ 0.3 | divided_by: 0.1 }}", "-4 3.5 3.0"),
            (
                "{{ 2.5 | round }} {{ -2.5 | round }} {{ 1.005 | round: 2 }} {{ 1250 | round: -2 }}",
                "3 -3 1.01 1300"
            ),
            ("{{ '12 apples' | plus: 1 }} {{ nil | times: 3 }}", "13 0"),
            ("{% assign a = (1..3) %}{{ a }} {{ a.size }} {{ a | last }}", "1..3 3 3"),
            ("{% if 0 and '' %}true{% endif %}", "true"),
            ("{% if false and false or true %}a{% else %}b{% endif %}", "b"),
            ("{% if nil < 1 %}a{% else %}b{% endif %}", "b"),
            ("{% if '　' == blank %}blank{% endif %}", "blank"),
            ("{% capture x %}a{% endcapture %}{{ x }}{{ x }}", "aa"),
            (
                "{% for i in (1..3) %}{% capture x %}{{ i }}{% break %}{% endcapture %}{% endfor %}[{{ x }}]",
                "[1]"
            ),
            (
                "{% for i in (1..2) %}{% for j in (1..3) %}{% if j == 2 %}{% continue %}{% endif %}{{ i }}{{ j }} "
                    + "{% endfor %}{% endfor %}", "11 13 21 23 "
            ),
            ("a{% break %}b", "a"),
            ("{% increment n %}{% increment n %}{{ n }}{% decrement n %}", "0121"),
            ("{{ 'a' | append: '\"' | append: \"'\" }}", "a\"'"),
            ("{{ '你' | url_encode }} {{ '%E4%BD%A0+a' | url_decode }}", "%E4%BD%A0 你 a"),
            (
                "{{ '<p>a & b</p>' | escape }} {{ '&lt;b> &' | escape_once }}",
                "&lt;p&gt;a &amp; b&lt;/p&gt; &lt;b&gt; &amp;"
            ),
            ("{{ '<b>x</b>' }}", "<b>x</b>"),
            ("{{ '2026-03-01 08:30' | date: '%d.%m.%Y %H:%M' }}", "01.03.2026 08:30"),
            ("{{ '2026-03-01T08:30:00+08:00' | date: '%H:%M' }}", "00:30"),
            ("{{ 'now' | date: '%Y-%m-%d' }} {{ 'no date' | date: '%Y' }}", "2026-11-11 no date"),
            ("{{ 12.5 | money }} {{ '3' | money: 'CNY' }}", "EUR 12.50 CNY 3.00"),
            (
                "{{ 'b,a,C' | split: ',' | sort | join }} {{ 'b,a,C' | split: ',' | sort_natural | join }}",
                "C a b a b C"
            ),
            ("{{- 'a' -}} \n {%- assign x = 1 -%} \n b", "ab"),
            ("{% liquid\n  for i in (1..2)\n    echo i\n    echo ';'\n  endfor\n%}", "1;2;"),
            ("{% case 3 %}{% when 1, 2 %}a{% when 3 or 4 %}b{% else %}c{% endcase %}", "b"),
            ("{% unless false %}a{% endunless %}{% cycle 'x', 'y' %}{% cycle 'x', 'y' %}", "axy"),
        ])
    func prints(_ template: String, _ output: String) throws {
        let rendered = try LuaProgram.render(template)
        #expect(rendered == LuaProgram.Rendered(output: output))
    }

    @Test("plain Lua tables, tagged tables and objects of the host are read alike")
    func values() throws {
        let template = """
            {{ items[0] }}{{ items[-1] }} {{ items.size }} {{ items.first }} {{ tagged.size }} {{ order.b }} \
            {{ order.size }} {% for pair in order %}{{ pair[0] }}={{ pair[1] }};{% endfor %} {{ plain | first | join }}
            """
        let scope = """
            { items = { "a", "b", "c" }, tagged = A({ nil, 2 }, 3), order = O({ "z", "b" }, { z = 1, b = 2 }),
              plain = { y = 1, x = 2 } }
            """
        #expect(try LuaProgram.render(template, scope).output == "ac 3 a 3 2 2 z=1;b=2; x 2")
    }

    @Test(
        "HTML escaping happens once",
        arguments: [
            ("{{ x }}", "&lt;b&gt; &amp; &quot;&#39;"), ("{{ x | raw }}", "<b> & \"'"),
            ("{{ x | raw | append: '!' }}", "&lt;b&gt; &amp; &quot;&#39;!"),
            ("{{ x | escape }}", "&lt;b&gt; &amp; &quot;&#39;"),
            ("{{ x | escape | append: '<i>' }}", "&lt;b&gt; &amp; &quot;&#39;<i>"),
            ("{{ '' | escape | append: x }}", "&lt;b&gt; &amp; &quot;&#39;"),
            ("{{ x | append: '\n' | newline_to_br }}", "&lt;b&gt; &amp; &quot;&#39;<br />\n"),
            ("{% capture c %}<i>{{ x }}</i>{% endcapture %}{{ c }}", "<i>&lt;b&gt; &amp; &quot;&#39;</i>"),
            (
                "{% capture c %}<i>{% endcapture %}{% assign d = c | append: x %}{{ d }}",
                "<i>&lt;b&gt; &amp; &quot;&#39;"
            ),
            ("{% capture x %}<i>{% endcapture %}{% assign x = '<' %}{{ x }}", "&lt;"),
            ("{% assign c = x | escape %}{{ c }}", "&lt;b&gt; &amp; &quot;&#39;"),
            ("{% cycle x, '<hr>' %}{% cycle x, '<hr>' %}", "&lt;b&gt; &amp; &quot;&#39;<hr>"),
            ("{{ 'a' | t: v: x }}", "a(v=&lt;b&gt; &amp; &quot;&#39;)&lt;b&gt;"),
            ("{{ 'a_html' | t: v: x }}", "a_html(v=&lt;b&gt; &amp; &quot;&#39;)<b>"),
            ("{% assign k = 'a_html' %}{{ k | t: v: '<' }}", "a_html(v=&lt;)&lt;b&gt;"),
            ("{% assign s = 'a_html' | t %}{{ s }}", "a_html()<b>"),
            ("<p>{{ n | default: x }}</p>", "<p>&lt;b&gt; &amp; &quot;&#39;</p>"),
        ])
    func escapes(_ template: String, _ output: String) throws {
        #expect(try LuaProgram.render(template, "{ x = [[<b> & \"']] }", escaping: .html).output == output)
    }

    @Test("a missing output is noted with its path and place, unless it has a default")
    func missing() throws {
        let template = """
            Dear {{ customer.name }},
            {{ customer.nick | capitalize }}{{ customer['city'] | default: "there" }}{{ empty_text }}
            {% for o in orders %}{{ o.title | append: '!' }}{{ o.price }}{% endfor %}{{ nil }}
            """
        let rendered = try LuaProgram.render(
            template, "{ customer = {}, empty_text = '', orders = { { x = 1 } } }")
        #expect(rendered.output == "Dear ,\nthere\n!")
        #expect(rendered.missing == ["customer.name:1:9", "customer.nick:2:4", "o.price:3:52"])
    }

    @Test(
        "an error at run time is told at the line, column and length of its place in the file",
        arguments: [
            ("\n\n{{ 1 | divided_by: n }}", "t.liquid:13:4+17: divided by 0"),
            ("\n{% if 'a' < 1 %}{% endif %}", "t.liquid:12:4+2: comparison of text with 1 failed"),
            ("{% liquid\n  echo 'a'\n  echo 'a' | slice: 'x'\n%}", "t.liquid:13:3+4: invalid integer"),
            ("\n{% for i in (1..2) limit: 'x' %}{% endfor %}", "t.liquid:12:4+3: invalid integer"),
            (
                "{{ 'a' | concat: 'b' }}",
                "t.liquid:11:4+17: the filter 'concat' needs an array as its argument"
            ),
            ("{{ 9223372036854775807 | plus: 1 }}", "t.liquid:11:4+29: the number is too large for 64 bits"),
            (
                "{{ 'a,1' | split: ',' }}\n{{ l | map: 'x' }}",
                "t.liquid:12:4+12: cannot select the property 'x'"
            ),
            (
                "{{ a }}\n{% if x %}{% else %}\n{{ l | sort }}{% endif %}",
                "t.liquid:13:4+8: cannot sort values of incompatible types"
            ),
        ])
    func runtimeErrors(_ template: String, _ message: String) throws {
        #expect(try LuaProgram.render(template, "{ n = 0, l = { 1, 'a' } }", firstLine: 11).error == message)
    }
}
