-- entry: 20
-- what: scripts share nothing but what they give each other:
-- as: load, predicate, journey, template
-- case: a global of one is refused => shared = 1
-- expect: refused "'shared' is global, and scripts share nothing"
-- case: a function of one is refused as a global => function shared() end
-- expect: refused "'shared' is global, and scripts share nothing"
-- case: a global of another cannot be read => return shared
-- expect: refused "unknown word 'shared'"
-- case: the own environment of a text that it loads is its own => local e = {} load("x = 1", "x", "t", e)() assert(e.x == 1 and next(_ENV) == nil)
-- expect: harmless
return function(c)
    do @@ end --!
    return true
end
