-- source: terminal escape injection, general (CVE-2003-0063 class)
-- what: An error text and a returned string with terminal control sequences, a carriage return, NUL, and invalid UTF-8
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused
return function(c)
  error("\27[2J\27]52;c;b3duZWQ=\7\r0 errors\0hidden\x80\xff" .. ("A"):rep(1000000), 0)
end
