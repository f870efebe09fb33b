-- source: cc-tweaked/CC-Tweaked issue 1333
-- what: A reader that hands out 64 KB of newlines for ever
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local s = ("\n"):rep(65535)
  return load(function() return s end) == nil
end
