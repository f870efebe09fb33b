-- entry: 16
-- what: require finds no
-- as: load, predicate, journey, template
-- expect: refused "require"
-- case: folder above => require "../x"
-- case: folder above in dots => require "...x"
-- case: path from the root => require "/etc/passwd"
-- case: home => require "~/x"
-- case: address => require "file:///etc/passwd"
-- case: name with a zero byte => require "good\0x"
-- case: name of nothing => require ""
-- case: library => require "os"
-- case: library io => require "io"
-- case: library debug => require "debug"
-- case: library package => require "package"
-- case: path of a million parts => require(("./../"):rep(1 << 20))
-- expect: refused "require takes a name of at most 200 bytes"
-- case: number => require(7)
-- case: table with __tostring => require(setmetatable({}, { __tostring = function() return "good" end }))
-- case: missing name => require()
return function(c)
    do @@ end --!
    return true
end
