-- Markdown as the plain text that a person would have written in its place.

--- One line without its marks.
local function line(text)
  text = text:gsub("^#+%s+", ""):gsub("^>%s?", "")
  text = text:gsub("<font color=\"%a+\">(.-)</font>", "%1")
  text = text:gsub("!?%[([^%]]*)%]%((%S-)%)", function(words, address)
    return (words == "" or words == address) and address or words .. " " .. address
  end)
  return (text:gsub("%*%*(%S[^*]-)%*%*", "%1"):gsub("%*%*(%S)%*%*", "%1"):gsub("`([^`]+)`", "%1"))
end

return function(text)
  return (text:gsub("[^\n]+", line))
end
