/// What each filter does, by name. In their examples `products` is a list of two: Tea for 5, which is sold out, and Pot for 20.
public let filterDocs = [
    LiquidEntry("abs", "The number without its sign.", "{{ -7 | abs }}", gives: "7"),
    LiquidEntry(
        "append", "The text with another behind it.", "{{ \"tea\" | append: \"pot\" }}", gives: "teapot"),
    LiquidEntry(
        "at_least", "The number, or the given one where that is greater.", "{{ 3 | at_least: 5 }}", gives: "5"
    ),
    LiquidEntry(
        "at_most", "The number, or the given one where that is smaller.", "{{ 7 | at_most: 5 }}", gives: "5"),
    LiquidEntry(
        "base64_decode", "The text that Base64 stands for.", "{{ \"dGVh\" | base64_decode }}", gives: "tea"),
    LiquidEntry("base64_encode", "The text as Base64.", "{{ \"tea\" | base64_encode }}", gives: "dGVh"),
    LiquidEntry(
        "base64_url_safe_decode", "The text that Base64 for URLs stands for.",
        "{{ \"dGVhPw==\" | base64_url_safe_decode }}", gives: "tea?"),
    LiquidEntry(
        "base64_url_safe_encode", "The text as Base64 for URLs, with - and _.",
        "{{ \"tea?\" | base64_url_safe_encode }}", gives: "dGVhPw=="),
    LiquidEntry(
        "camelcase", "The words of the text written as one, each with a capital.",
        "{{ \"green tea\" | camelcase }}", gives: "GreenTea"),
    LiquidEntry(
        "capitalize", "The text with a capital first and small letters behind.",
        "{{ \"gREEN tea\" | capitalize }}", gives: "Green tea"),
    LiquidEntry("ceil", "The next whole number, not below.", "{{ 2.1 | ceil }}", gives: "3"),
    LiquidEntry(
        "compact", "The list without what is missing, or lacks a property.",
        "{{ \"a,b\" | split: \",\" | compact | size }}", gives: "2"),
    LiquidEntry(
        "concat", "The list with another behind it.",
        "{% assign b = \"c,d\" | split: \",\" %}{{ \"a,b\" | split: \",\" | concat: b | join }}",
        gives: "a b c d"),
    LiquidEntry(
        "date", "The time written by a pattern of strftime, or by the name of a form such as long.",
        "{{ \"2026-12-01\" | date: \"%-d.%-m.%Y\" }}"),
    LiquidEntry(
        "default",
        "Another value where this one is missing, false or empty; with allow_false: true false stays.",
        "{{ nothing | default: \"friend\" }}", gives: "friend"),
    LiquidEntry(
        "divided_by", "The number divided; a whole one by a whole one gives a whole one.",
        "{{ 7 | divided_by: 2 }}", gives: "3"),
    LiquidEntry("downcase", "The text in small letters.", "{{ \"TEA\" | downcase }}", gives: "tea"),
    LiquidEntry(
        "escape", "The text with what HTML would read replaced.", "{{ \"a < b\" | escape }}",
        gives: "a &lt; b"),
    LiquidEntry(
        "escape_once", "The same, but what is replaced already stays.", "{{ \"a &lt; b\" | escape_once }}",
        gives: "a &lt; b"),
    LiquidEntry(
        "find", "The first of a list whose property is true, or has a value.",
        "{{ products | find: \"price\", 20 | json }}", gives: "{\"name\":\"Pot\",\"price\":20}"),
    LiquidEntry(
        "find_index", "Where that one stands, from 0.", "{{ products | find_index: \"price\", 20 }}",
        gives: "1"),
    LiquidEntry("first", "The first of a list.", "{{ \"a,b\" | split: \",\" | first }}", gives: "a"),
    LiquidEntry("floor", "The next whole number, not above.", "{{ 2.9 | floor }}", gives: "2"),
    LiquidEntry(
        "handle", "The text as a part of a URL: small letters, with - between words.",
        "{{ \"Green Tea!\" | handle }}", gives: "green-tea"),
    LiquidEntry("handleize", "The same.", "{{ \"Green Tea!\" | handleize }}", gives: "green-tea"),
    LiquidEntry(
        "has", "Whether a list has one whose property is true, or has a value.",
        "{{ products | has: \"price\", 20 }}", gives: "true"),
    LiquidEntry(
        "join", "The list as one text, with a glue between.", "{{ \"a,b\" | split: \",\" | join: \" + \" }}",
        gives: "a + b"),
    LiquidEntry("json", "The value as JSON.", "{{ \"a,b\" | split: \",\" | json }}", gives: "[\"a\",\"b\"]"),
    LiquidEntry("last", "The last of a list.", "{{ \"a,b\" | split: \",\" | last }}", gives: "b"),
    LiquidEntry(
        "lstrip", "The text without blanks at its beginning.", "{{ \"  tea\" | lstrip }}", gives: "tea"),
    LiquidEntry(
        "map", "The list of one property of each.", "{{ products | map: \"name\" | join: \", \" }}",
        gives: "Tea, Pot"),
    LiquidEntry("minus", "The number less another.", "{{ 7 | minus: 2 }}", gives: "5"),
    LiquidEntry("modulo", "What is left by a division.", "{{ 7 | modulo: 4 }}", gives: "3"),
    LiquidEntry(
        "money",
        "The amount in the workspace's currency, as the language writes it; or in a currency that is named.",
        "{{ 12.5 | money: \"EUR\" }}"),
    LiquidEntry(
        "money_with_currency", "The same with the code of the currency.",
        "{{ 12.5 | money_with_currency: \"EUR\" }}"),
    LiquidEntry(
        "money_without_currency", "The amount without a currency.", "{{ 12.5 | money_without_currency }}"),
    LiquidEntry(
        "money_without_trailing_zeros", "The amount, whole ones without decimals.",
        "{{ 12 | money_without_trailing_zeros: \"EUR\" }}"),
    LiquidEntry(
        "newline_to_br", "The text with <br /> before each line break.", "{{ \"a\" | newline_to_br }}",
        gives: "a"),
    LiquidEntry(
        "number_with_delimiter", "The number with its thousands set apart.",
        "{{ 1234567 | number_with_delimiter }}"),
    LiquidEntry(
        "pluralize", "The first text for one, the second for any other number.",
        "{{ 2 | pluralize: \"cup\", \"cups\" }}", gives: "cups"),
    LiquidEntry("plus", "The number and another.", "{{ 7 | plus: 2 }}", gives: "9"),
    LiquidEntry(
        "prepend", "The text with another before it.", "{{ \"pot\" | prepend: \"tea\" }}", gives: "teapot"),
    LiquidEntry(
        "raw", "As the last filter: the value as it is, without escaping; for HTML that is known to be safe.",
        "{{ \"<b>tea</b>\" | raw }}", gives: "<b>tea</b>"),
    LiquidEntry(
        "reject", "The list without those whose property is true, or has a value.",
        "{{ products | reject: \"sold_out\" | map: \"name\" }}", gives: "Pot"),
    LiquidEntry(
        "remove", "The text without every place of another.", "{{ \"a-b-c\" | remove: \"-\" }}", gives: "abc"),
    LiquidEntry(
        "remove_first", "The text without the first place of another.",
        "{{ \"a-b-c\" | remove_first: \"-\" }}", gives: "ab-c"),
    LiquidEntry(
        "remove_last", "The text without the last place of another.", "{{ \"a-b-c\" | remove_last: \"-\" }}",
        gives: "a-bc"),
    LiquidEntry(
        "replace", "The text with every place of another replaced.",
        "{{ \"a-b-c\" | replace: \"-\", \"+\" }}", gives: "a+b+c"),
    LiquidEntry(
        "replace_first", "The text with the first place of another replaced.",
        "{{ \"a-b-c\" | replace_first: \"-\", \"+\" }}", gives: "a+b-c"),
    LiquidEntry(
        "replace_last", "The text with the last place of another replaced.",
        "{{ \"a-b-c\" | replace_last: \"-\", \"+\" }}", gives: "a-b+c"),
    LiquidEntry(
        "reverse", "The list from its end.", "{{ \"a,b\" | split: \",\" | reverse | join }}", gives: "b a"),
    LiquidEntry(
        "round", "The number rounded, to decimals where they are given.", "{{ 2.345 | round: 1 }}",
        gives: "2.3"),
    LiquidEntry("rstrip", "The text without blanks at its end.", "{{ \"tea  \" | rstrip }}", gives: "tea"),
    LiquidEntry(
        "size", "How many characters a text has, or values a list.", "{{ \"王小明\" | size }}", gives: "3"),
    LiquidEntry(
        "slice", "A part of a text or a list, from a place, so long.", "{{ \"teapot\" | slice: 3, 3 }}",
        gives: "pot"),
    LiquidEntry(
        "sort", "The list in order, by a property where one is named.",
        "{{ \"b,a\" | split: \",\" | sort | join }}", gives: "a b"),
    LiquidEntry(
        "sort_natural", "The same without regard to capitals.",
        "{{ \"b,A\" | split: \",\" | sort_natural | join }}", gives: "A b"),
    LiquidEntry(
        "split", "The list of what stands between the places of a text.",
        "{{ \"a,b\" | split: \",\" | size }}", gives: "2"),
    LiquidEntry(
        "squish", "The text without blanks around it, and with one wherever there were several.",
        "{{ \"  green   tea \" | squish }}", gives: "green tea"),
    LiquidEntry("strip", "The text without blanks around it.", "{{ \"  tea \" | strip }}", gives: "tea"),
    LiquidEntry("strip_html", "The text without HTML.", "{{ \"<b>tea</b>\" | strip_html }}", gives: "tea"),
    LiquidEntry(
        "strip_newlines", "The text without line breaks.", "{{ \"tea\" | strip_newlines }}", gives: "tea"),
    LiquidEntry(
        "sum", "What a list adds up to, of a property where one is named.", "{{ products | sum: \"price\" }}",
        gives: "25"),
    LiquidEntry(
        "t", "The text of the workspace's translations under that key, in the message's language.",
        "{{ \"greeting\" | t: name: customer.name }}"),
    LiquidEntry("times", "The number times another.", "{{ 7 | times: 2 }}", gives: "14"),
    LiquidEntry(
        "truncate", "The text cut to so many characters, with … or another end among them.",
        "{{ \"green tea\" | truncate: 7 }}", gives: "gree..."),
    LiquidEntry(
        "truncatewords", "The text cut to so many words.", "{{ \"green tea pot\" | truncatewords: 2 }}",
        gives: "green tea..."),
    LiquidEntry(
        "uniq", "The list with each value once.", "{{ \"a,b,a\" | split: \",\" | uniq | join }}", gives: "a b"
    ),
    LiquidEntry("upcase", "The text in capitals.", "{{ \"tea\" | upcase }}", gives: "TEA"),
    LiquidEntry(
        "url_decode", "The text that stands in a URL.", "{{ \"green+tea\" | url_decode }}", gives: "green tea"
    ),
    LiquidEntry(
        "url_encode", "The text as a value in a URL.", "{{ \"green tea\" | url_encode }}", gives: "green+tea"),
    LiquidEntry(
        "url_escape", "The text as a URL, of which only what cannot stand there is replaced.",
        "{{ \"a b\" | url_escape }}", gives: "a%20b"),
    LiquidEntry(
        "url_param_escape", "The text as a part of a URL, & and / replaced too.",
        "{{ \"a&b\" | url_param_escape }}", gives: "a%26b"),
    LiquidEntry(
        "where", "Those of a list whose property is true, or has a value.",
        "{{ products | where: \"sold_out\" | map: \"name\" }}", gives: "Tea"),
]
