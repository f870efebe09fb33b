-- entry: 16
-- what: there is no word
-- as: load, predicate, journey, template
-- expect: refused "unknown word"
-- case: os => return os.x
-- case: io => return io.x
-- case: debug => return debug.x
-- case: coroutine => return coroutine.x
-- case: package => return package.x
-- case: collectgarbage => return collectgarbage.x
-- case: dofile => return dofile.x
-- case: loadfile => return loadfile.x
-- case: print => return print.x
-- case: _G => return _G.x
-- case: warn => return warn.x
return function(c)
    do @@ end --!
    return true
end
