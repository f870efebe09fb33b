/// Characters as people see them. Text whose code points are surely characters of their own is read here; the host
/// is asked about any other. Of text that is no UTF-8, bytes are the characters.
let liquidRuntimeCharacters = #"""
    -- Whether no code point of the text joins another: ASCII, Latin, Cyrillic, kana, ideographs and their
    -- punctuation, but no joiners, marks above a kana, or carriage returns, which join a line feed.
    local function is_plain(s)
      if not find(s, "[\r\128-\255]") then return true end
      if find(s, "[\r\xCA-\xCF\xD2-\xE1\xEA-\xEE\xF0-\xFF]") then return false end
      if not find(s, "[\xE2\xE3\xEF]") then return true end
      return not (find(s, "\xE2[^\x80]") or find(s, "\xE2\x80[\x8C\x8D]") or find(s, "\xE3\x80[\xAA-\xAF]")
        or find(s, "\xE3\x82[\x99\x9A]") or find(s, "\xEF[^\xBC\xBD]"))
    end

    local function length_of(s)
      if not find(s, "[\r\128-\255]") then return #s end
      local points = utf8.len(s)
      if not points then return #s end
      return is_plain(s) and points or host.count(s)
    end

    -- `count` characters from the character `first`, which counts from 0.
    local function characters(s, first, count)
      if not (find(s, "[\r\128-\255]") and utf8.len(s)) then return sub(s, first + 1, first + count) end
      if not is_plain(s) then return host.slice(s, first, count) end
      local from = utf8.offset(s, first + 1)
      local to = from and utf8.offset(s, count + 1, from)
      return from and sub(s, from, (to or #s + 1) - 1) or ""
    end

    -- The character at an index from 0, negative ones from the end; nil beyond the text.
    local function character_at(s, index)
      local n = length_of(s)
      if index < 0 then index = n + index end
      if index < 0 or index >= n then return nil end
      return characters(s, index, 1)
    end

    -- All characters, and their number.
    local function character_list(s)
      local is_text = utf8.len(s)
      if is_text and not is_plain(s) then
        local list = host.characters(s)
        return list, #list
      end
      local list, n = {}, 0
      for c in gmatch(s, is_text and utf8.charpattern or ".") do
        n = n + 1
        list[n] = c
      end
      return list, n
    end

    """#
