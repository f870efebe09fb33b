/// What each tag does that stands alone or opens a block, by name.
public let tagDocs = [
    LiquidEntry(
        "abort_message", "Stops this message: the customer does not get it.",
        "{% abort_message \"nothing to recommend\" %}"),
    LiquidEntry("assign", "Gives a value a name.", "{% assign gift = \"tea\" %}{{ gift }}", gives: "tea"),
    LiquidEntry(
        "break", "Leaves a loop.",
        "{% for i in (1..5) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}", gives: "12"),
    LiquidEntry(
        "capture", "Gives what is written inside a name.",
        "{% capture gift %}green tea{% endcapture %}{{ gift | size }}", gives: "9"),
    LiquidEntry(
        "case", "Writes the part whose value is the same; else where none is.",
        "{% case 2 %}{% when 1 %}one{% when 2, 3 %}few{% else %}many{% endcase %}", gives: "few"),
    LiquidEntry(
        "comment", "Writes nothing of what stands inside; so does # behind the first sign.",
        "{% comment %}later{% endcomment %}{% # a note %}tea", gives: "tea"),
    LiquidEntry(
        "continue", "Goes on with the next turn of a loop.",
        "{% for i in (1..3) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", gives: "13"),
    LiquidEntry(
        "cycle", "Writes the next of several values each time.",
        "{% for i in (1..3) %}{% cycle \"a\", \"b\" %}{% endfor %}", gives: "aba"),
    LiquidEntry(
        "decrement", "Counts down from -1, and writes the count.", "{% decrement n %}{% decrement n %}",
        gives: "-1-2"),
    LiquidEntry(
        "doc", "Says what a partial is for, and writes nothing.",
        "{% doc %}A card for a product.{% enddoc %}tea", gives: "tea"),
    LiquidEntry("echo", "Writes a value, as {{ … }} does.", "{% echo \"tea\" | upcase %}", gives: "TEA"),
    LiquidEntry(
        "for",
        "Writes its part for each value of a list; else where it is empty. forloop says where it stands.",
        "{% for i in (1..3) %}{{ i }}{% unless forloop.last %}, {% endunless %}{% endfor %}", gives: "1, 2, 3"
    ),
    LiquidEntry(
        "if", "Writes its part where the condition holds; elsif and else otherwise.",
        "{% if 3 > 5 %}more{% elsif 3 == 3 %}three{% else %}less{% endif %}", gives: "three"),
    LiquidEntry(
        "ifchanged", "Writes its part where it differs from what it was the last time.",
        "{% for i in (1..4) %}{% ifchanged %}{{ i | divided_by: 3 }}{% endifchanged %}{% endfor %}",
        gives: "01"),
    LiquidEntry("include", "Writes a partial, which sees all that is known here.", "{% include 'product' %}"),
    LiquidEntry(
        "increment", "Counts up from 0, and writes the count.", "{% increment n %}{% increment n %}",
        gives: "01"),
    LiquidEntry("layout", "Names the layout around the message.", "{% layout 'newsletter' %}"),
    LiquidEntry(
        "liquid", "Several tags, each in a line of its own, without signs around them.",
        "{% liquid\n  assign n = 3\n  echo n\n%}", gives: "3"),
    LiquidEntry(
        "raw", "Writes what stands inside as it is.", "{% raw %}{{ name }}{% endraw %}", gives: "{{ name }}"),
    LiquidEntry(
        "render", "Writes a partial, which sees what is named here and nothing else.",
        "{% render 'product', product: item %}"),
    LiquidEntry(
        "tablerow", "Writes rows of a table, a cell for each value.",
        "{% tablerow i in (1..2) cols: 2 %}{{ i }}{% endtablerow %}",
        gives: "<tr class=\"row1\">\n<td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n"),
    LiquidEntry(
        "unless", "Writes its part where the condition does not hold.",
        "{% unless 3 > 5 %}less{% endunless %}", gives: "less"),
]
