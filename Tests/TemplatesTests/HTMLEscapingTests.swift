import Diagnostics
import Templates
import Testing

/// Outputs in HTML: whole template → whole output, and what is refused.
@Suite(.enabled(if: LuaProgram.isInstalled)) struct HTMLEscapingTests {
    private static let scope = """
        { x = [[<b> & "']], url = "https://a.b/c d?e=f&g='h'", js = " JavaScript:alert(1)", data = "data:text/html,a",
          path = "a/b:c", mail = "li+a@b.c", yes = true, name = "客户", tab = "java\\tscript:a", colon = ":a", list = { "1", "<" } }
        """

    @Test(
        "an output is escaped as its place asks for",
        arguments: [
            ("<p>{{ x }}</p>", "<p>&lt;b&gt; &amp; &quot;&#39;</p>"),
            (
                "<p title=\"{{ x }}\" class='{{ x }}'>",
                "<p title=\"&lt;b&gt; &amp; &quot;&#39;\" class='&lt;b&gt; &amp; &quot;&#39;'>"
            ),
            ("<!-- {{ x }} -->", "<!-- &lt;b&gt; &amp; &quot;&#39; -->"),
            ("<title>{{ x }}</title>", "<title>&lt;b&gt; &amp; &quot;&#39;</title>"),
            ("<a href=\"{{ url }}\">", "<a href=\"https://a.b/c%20d?e=f&amp;g=%27h%27\">"),
            (
                "<a href=\"{{ js }}\"><img src='{{ data }}'>",
                "<a href=\"#unsafe-link\"><img src='#unsafe-link'>"
            ),
            ("<a href=\"{{ tab }}\">", "<a href=\"#unsafe-link\">"),
            ("<a href=\"{{ path }}\">", "<a href=\"a/b:c\">"),
            ("<a href=\"{{ x }}\">", "<a href=\"%3Cb%3E%20&amp;%20%22%27\">"),
            ("<a href=\"mailto:{{ mail }}\">", "<a href=\"mailto:li+a@b.c\">"),
            (
                "<a href=\"/s?q={{ x }}&e={{ mail }}#{{ name }}\">",
                "<a href=\"/s?q=%3Cb%3E%20%26%20%22%27&e=li%2Ba%40b.c#%E5%AE%A2%E6%88%B7\">"
            ),
            ("<a href=\"/s?q={{ mail | url_encode }}\">", "<a href=\"/s?q=li%2Ba%40b.c\">"),
            (
                "{% assign q = 'a b' | url_encode %}<a href=\"/s?q={{ q }}\">{{ q }}</a>",
                "<a href=\"/s?q=a+b\">a+b</a>"
            ),
            ("<a href=\"/s?q={{ '50% %20' }}\">", "<a href=\"/s?q=50%25%20%20\">"),
            (
                "{% capture u %}{{ url }}&amp;b{% endcapture %}<a href=\"{{ u }}\" title=\"{{ u }}\">",
                "<a href=\"https://a.b/c%20d?e=f&amp;g=%27h%27&amp;b\" title=\"https://a.b/c d?e=f&amp;g=&#39;h&#39;&amp;b\">"
            ),
            (
                "{% capture c %}<b>{{ x }}</b>{% endcapture %}<p title=\"{{ c }}\">{{ c }}",
                "<p title=\"&lt;b&gt;&lt;b&gt; &amp; &quot;&#39;&lt;/b&gt;\"><b>&lt;b&gt; &amp; &quot;&#39;</b>"
            ),
            ("<a title=\"{{ x | escape }}\">", "<a title=\"&lt;b&gt; &amp; &quot;&#39;\">"),
            ("<a href=\"{{ path }}{{ js }}\">", "<a href=\"a/b:c#unsafe-link\">"),
            ("<a href=\"java{{ colon }}\">", "<a href=\"java#unsafe-link\">"),
            (
                "<a href=\"{% if yes %}{{ js }}{% else %}https://a{% endif %}/b\">",
                "<a href=\"#unsafe-link/b\">"
            ),
            (
                "<img{% if yes %} alt=\"{{ x }}\"{% endif %} src=\"a.png\">",
                "<img alt=\"&lt;b&gt; &amp; &quot;&#39;\" src=\"a.png\">"
            ),
            (
                "<option{% if yes %} selected{% endif %}>{{ x }}",
                "<option selected>&lt;b&gt; &amp; &quot;&#39;"
            ),
            (
                "<p class=\"{% for i in list %}{{ i }} {% endfor %}\">{% for i in list %}{{ i }}{% break %}{% endfor %}",
                "<p class=\"1 &lt; \">1"
            ),
            (
                "<p class=\"{% cycle 'a', x %}{% cycle 'a', x %}\">",
                "<p class=\"a&lt;b&gt; &amp; &quot;&#39;\">"
            ),
            (
                "<script>var a = {{ x | json | raw }};</script>",
                "<script>var a = \"\\u003cb\\u003e \\u0026 \\\"\\u0027\";</script>"
            ),
            ("<p style=\"color: {{ 'red' | raw }}\" {{ 'a=b' | raw }}>", "<p style=\"color: red\" a=b>"),
            ("<script>{% if yes %}a < b{% endif %}</script>", "<script>a < b</script>"),
            (
                "{% assign q = 'a' | url_encode | append: x %}<a href=\"?{{ q }}\">",
                "<a href=\"?a%3Cb%3E%20%26%20%22%27\">"
            ),
            (
                "{% assign q = 'a' | url_encode %}{% assign q = q | append: x %}<a href=\"?{{ q }}\">",
                "<a href=\"?a%3Cb%3E%20%26%20%22%27\">"
            ),
            ("{{ x | url_encode | replace: '%3C', '<' }}", "&lt;b%3E+%26+%22%27"),
            (
                "{% assign q = x | url_encode | append: x %}{{ q }}",
                "%3Cb%3E+%26+%22%27&lt;b&gt; &amp; &quot;&#39;"
            ),
            (
                "{% assign q = '<' | url_encode %}{% assign q = q | append: x %}{{ q }}",
                "%3C&lt;b&gt; &amp; &quot;&#39;"
            ),
            (
                "<!--[if mso]><v:rect href=\"{{ js }}\" alt=\"{{ x }}\">{{ x }}<![endif]-->{{ x }}",
                "<!--[if mso]><v:rect href=\"#unsafe-link\" alt=\"&lt;b&gt; &amp; &quot;&#39;\">&lt;b&gt; &amp; &quot;&#39;<![endif]-->&lt;b&gt; &amp; &quot;&#39;"
            ),
            (
                "<!--[if !mso]><!--><a href='{{ url }}'><!--<![endif]-->",
                "<!--[if !mso]><!--><a href='https://a.b/c%20d?e=f&amp;g=%27h%27'><!--<![endif]-->"
            ),
            (
                "<style>{% render 'css' %}</style><a href=\"{% render 'p' %}\" title=\"{% include 'p' %}\">{% render 'p' %}",
                "<style>a > b {}</style><a href=\"#unsafe-link\" title=\" JavaScript:alert(1)\"> JavaScript:alert(1)"
            ),
        ] as [(String, String)])
    func escapes(_ template: String, _ output: String) throws {
        let rendered = try LuaProgram.render(
            template, Self.scope, partials: ["css": "a > b {}", "p": "{{ js }}"], escaping: .html)
        #expect(rendered.output == output)
        #expect(rendered.error == nil)
    }

    @Test(
        "an output is refused where nothing makes it safe",
        arguments: [
            (
                "<a href={{ x }}>",
                "a value cannot be made safe in the value of 'href', which has no quotation marks", "1:12",
                "write href=\"…\""
            ),
            (
                "<a title=a{{ x }}>",
                "a value cannot be made safe in the value of 'title', which has no quotation marks", "1:14",
                "write title=\"…\""
            ),
            (
                "<{{ x }}>", "a value cannot be made safe in the name of a tag", "1:5",
                "for the sign itself write &lt;, or add | raw if the value is safe"
            ),
            (
                "<p {{ x }}>", "a value cannot be made safe among the attributes of a tag", "1:7",
                "put it into the quoted value of an attribute, or add | raw if the value is safe"
            ),
            (
                "<p data-{{ x }}=\"1\">", "a value cannot be made safe among the attributes of a tag", "1:12",
                "put it into the quoted value of an attribute, or add | raw if the value is safe"
            ),
            (
                "<p onclick=\"a('{{ x }}')\">",
                "a value cannot be made safe in the value of 'onclick', which is a program", "1:19",
                "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
            ),
            (
                "<a href=\"javascript:{{ x }}\">",
                "a value cannot be made safe in the value of 'href', which is a program", "1:24",
                "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
            ),
            (
                "<a href=\"{{ x }}:{{ x }}\">",
                "a value cannot be made safe in the value of 'href', which is a program", "1:21",
                "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
            ),
            (
                "<p style=\"color: {{ x }}\">", "a value cannot be made safe in a style", "1:21",
                "choose among fixed styles with 'if', or add | raw if the value is safe"
            ),
            (
                "<style>\na { color: {{ x }} }</style>", "a value cannot be made safe in a style sheet",
                "2:15",
                "choose among fixed styles with 'if', or add | raw if the value is safe"
            ),
            (
                "<script>{% for i in x %}{{ i }}{% endfor %}</script>",
                "a value cannot be made safe in a script", "1:28",
                "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
            ),
            (
                "<script>{% cycle x, 1 %}</script>", "a value cannot be made safe in a script", "1:12",
                "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
            ),
            (
                "<p{% if x %} title=\"{% endif %}>",
                "the HTML goes on in two ways behind this 'if': among the attributes of a tag or in the value of 'title'",
                "1:6",
                "let every branch end at the same place, or write each whole"
            ),
            (
                "{% for i in x %}<p title='{% endfor %}",
                "the HTML goes on in two ways behind this 'for': in the value of 'title' or in text", "1:4",
                "let every branch end at the same place, or write each whole"
            ),
            (
                "{% for i in x %}<p title='{% break %}{% endfor %}",
                "the HTML goes on in two ways behind this 'for': in the value of 'title' or in text", "1:4",
                "let every branch end at the same place, or write each whole"
            ),
            (
                "<p{% if x %} a=b{% endif %}c=\"{{ x }}\">",
                "a value cannot be made safe in the value of an attribute, which has no quotation marks",
                "1:34",
                "put the value into \"…\""
            ),
            (
                "a\n<p title=\"b", "the HTML ends in the value of 'title'", "2:1",
                "close what begins here; for the sign itself write &lt;"
            ),
            (
                "{% capture c %}<p {% endcapture %}>", "the HTML ends among the attributes of a tag", "1:16",
                "close what begins here; for the sign itself write &lt;"
            ),
            (
                "<!-- a", "the HTML ends in a comment", "1:1",
                "close what begins here; for the sign itself write &lt;"
            ),
            (
                "<p title=\"{% tablerow i in x %}{% endtablerow %}\">",
                "'tablerow' writes rows of a table, and stands in the value of 'title'", "1:14",
                "put it between <table> and </table>"
            ),
            (
                "<p title={% render 'a' %}>",
                "a value cannot be made safe in the value of 'title', which has no quotation marks", "1:13",
                "write title=\"…\""
            ),
        ] as [(String, String, String, String)])
    func refuses(_ template: String, _ message: String, _ place: String, _ hint: String) {
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(template, file: "t.liquid", escaping: .html)
        }
        #expect(error?.diagnostic.message == message)
        #expect(error?.location.description == "t.liquid:\(place)")
        #expect(error?.diagnostic.hint == hint)
        #expect(throws: Never.self) {
            try LiquidCompiler.compile(template, file: "t.liquid", escaping: .none)
        }
    }

    @Test("a partial is refused where its own outputs cannot be made safe")
    func partial() throws {
        let template = try LiquidCompiler.compile(
            "<style>{% render 'css' %}</style>", file: "t.liquid", escaping: .html)
        let form = try #require(template.partials.first?.form)
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(partial: "a { color: {{ x }} }", file: "css.liquid", form: form)
        }
        #expect(error?.kind == .unescapable(.style))
        #expect(error?.location == SourceLocation(file: "css.liquid", line: 1, column: 15))
    }

    @Test("an e-mail that Outlook shows passes")
    func outlook() throws {
        let template = """
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" lang="{{ lang }}">
            <head>
            <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
            <title>{{ x }}</title>
            <!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
            <style type="text/css">
              @media only screen and (max-width: 600px) { .w > td { width: 100% !important; } }
              /* <p> */
            </style>
            <!--[if mso]><style>td { font-family: Arial; }</style><![endif]-->
            </head>
            <body bgcolor=#ffffff style="margin:0;{% if dark %}background:#000{% endif %}">
            <div style="display:none">{{ x }}&#847;&zwnj;</div>
            <!--[if mso]><table width="600"><tr><td><![endif]-->
            <table width=100% background="{{ url }}"><tr>
            {%- for item in list %}
            <td class="{% cycle 'odd', 'even' %}"{% if forloop.first %} align=left{% endif %}><a href="{{ url }}&i={{ item }}">{{ item }}</a></td>
            {%- else %}<td>none</td>
            {%- endfor %}
            </tr></table>
            <!--[if mso]></td></tr></table><![endif]-->
            <!--[if mso]><v:roundrect href="{{ url }}" style="height:40px"><center>{{ x }}</center></v:roundrect><![endif]-->
            <!--[if !mso]><!--><a href="{{ url }}" style="color:#fff">{{ x }}</a><!--<![endif]-->
            </body></html>
            """
        let output = """
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" lang="zh">
            <head>
            <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
            <title>&lt;b&gt;</title>
            <!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
            <style type="text/css">
              @media only screen and (max-width: 600px) { .w > td { width: 100% !important; } }
              /* <p> */
            </style>
            <!--[if mso]><style>td { font-family: Arial; }</style><![endif]-->
            </head>
            <body bgcolor=#ffffff style="margin:0;background:#000">
            <div style="display:none">&lt;b&gt;&#847;&zwnj;</div>
            <!--[if mso]><table width="600"><tr><td><![endif]-->
            <table width=100% background="https://a.b/?c=%22"><tr>
            <td class="odd" align=left><a href="https://a.b/?c=%22&i=1">1</a></td>
            <td class="even"><a href="https://a.b/?c=%22&i=%3C">&lt;</a></td>
            </tr></table>
            <!--[if mso]></td></tr></table><![endif]-->
            <!--[if mso]><v:roundrect href="https://a.b/?c=%22" style="height:40px"><center>&lt;b&gt;</center></v:roundrect><![endif]-->
            <!--[if !mso]><!--><a href="https://a.b/?c=%22" style="color:#fff">&lt;b&gt;</a><!--<![endif]-->
            </body></html>
            """
        let scope = "{ lang = 'zh', x = '<b>', url = 'https://a.b/?c=\"', dark = true, list = { '1', '<' } }"
        #expect(try LuaProgram.render(template, scope, escaping: .html).output == output)
    }
}
