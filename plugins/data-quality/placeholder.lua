-- Texts in templates that their author meant to replace.

local signs = {
  { text = "lorem ipsum", hint = "write what the customer is to read" },
  { text = "todo", hint = "do it, or take it out" },
  { text = "fixme", hint = "mend it, or take it out" },
  { text = "example.com", hint = "write the address that is meant" },
}

return function(path, text)
  if not path:find "^templates/" then return nil end
  local found, line = {}, 0
  for content in (text .. "\n"):gmatch "(.-)\n" do
    line = line + 1
    local lower = content:lower()
    for _, sign in ipairs(signs) do
      local start, stop = lower:find(sign.text, 1, true)
      -- As a word of its own: nobody writes "todos" to be replaced.
      if start and not lower:sub(start - 1, start - 1):find "%w" and not lower:sub(stop + 1, stop + 1):find "%w" then
        found[#found + 1] = { line = line, message = "'" .. sign.text .. "' goes out as it is", hint = sign.hint }
      end
    end
  end
  return found
end
