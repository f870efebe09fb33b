-- source: own find, after CC:Tweaked issue 1333 (load with an endless reader)
-- what: `math.random` as a reader: a C function that returns digits for ever, read as one numeral; no Lua instruction runs, so no hook fires
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless or refused
return function(c) return load(math.random) == nil end
