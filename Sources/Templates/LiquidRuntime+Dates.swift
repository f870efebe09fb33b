/// The `date` filter: what counts as a date, and the host's words for it.
let liquidRuntimeDates = #"""
    local months = {
      jan = 1, feb = 2, mar = 3, apr = 4, may = 5, jun = 6,
      jul = 7, aug = 8, sep = 9, oct = 10, nov = 11, dec = 12,
    }

    -- Days from 1970-01-01 in the proleptic Gregorian calendar; nil for a day that is not in it.
    local function days_of(year, month, day)
      if not month or month < 1 or month > 12 or day < 1 then return nil end
      local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
      local lengths = { 31, leap and 29 or 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
      if day > lengths[month] then return nil end
      local y = month <= 2 and year - 1 or year
      local day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
      return y * 365 + y // 4 - y // 100 + y // 400 + day_of_year - 719468
    end

    local function date_part(s)
      local y, m, d = match(s, "(%d%d%d%d)[-/.](%d%d?)[-/.](%d%d?)")
      if y then return days_of(tonumber(y), tonumber(m), tonumber(d)) end
      local name
      name, d, y = match(s, "(%a%a%a)%a*%.?%s+(%d%d?)%a*,?%s+(%d%d%d%d)")
      if not (name and months[name]) then
        d, name, y = match(s, "(%d%d?)%a*[%s-]+(%a%a%a)%a*%.?,?[%s-]+(%d%d%d%d)")
      end
      return name and days_of(tonumber(y), months[name], tonumber(d)) or nil
    end

    local function offset_of(text)
      local sign, hours, minutes = match(text, "([-+])(%d%d):?(%d%d)")
      if not sign then return nil end
      return (sign == "-" and -1 or 1) * (tonumber(hours) * 3600 + tonumber(minutes) * 60)
    end

    -- Seconds of the day, and the offset to UTC that is written with them.
    local function time_part(s)
      local hour, minute, rest = match(s, "(%d%d?):(%d%d)(.*)$")
      if not hour then return 0, nil end
      hour, minute = tonumber(hour), tonumber(minute)
      local second = tonumber(match(rest, "^:(%d%d)") or 0)
      local half = match(rest, "^[:%d.]*%s*([ap])%.?m")
      if half then hour = hour % 12 + (half == "p" and 12 or 0) end
      if hour > 24 or minute > 59 or second > 60 then return nil end
      local zone = match(rest, "^[:%d.]*%s*(%a*)$")
      if zone == "z" or zone == "utc" or zone == "gmt" then return hour * 3600 + minute * 60 + second, 0 end
      return hour * 3600 + minute * 60 + second, offset_of(rest)
    end

    -- The years 1 to 9999; a number beyond them is no date.
    local function bounded(seconds)
      return seconds and seconds >= -62135596800 and seconds <= 253402300799 and seconds or nil
    end

    -- Called by the filter directly: level 3 is the template's line.
    -- Unix seconds; nil for what is no date. Text without an offset is the time of the workspace's zone.
    local function seconds_of(v)
      if type(v) == "number" then return bounded(v) and floor(v) end
      if type(v) ~= "string" then return nil end
      local s = string.lower(match(v, "^%s*(.-)%s*$"))
      if s == "now" or s == "today" then
        if not host.now then error("the filter 'date' cannot tell the time: the host gives no 'now'", 3) end
        return floor(host.now())
      end
      if find(s, "^%d+$") then return bounded(math.tointeger(tonumber(s))) end
      local days = date_part(s)
      local time, offset = time_part(s)
      if not days or not time then return nil end
      local civil = days * 86400 + time
      if offset then return civil - offset end
      -- The offset at the wanted time is that at a time near it; the second try settles it around a change.
      local seconds = civil - (offset_of(host.date("%z", civil)) or 0)
      return civil - (offset_of(host.date("%z", seconds)) or 0)
    end

    function F.date(v, pattern)
      local text = str(pattern)
      if text == "" or v == nil or v == "" then return v end
      if not host.date then error("the filter 'date' is not available: the host gives no 'date'", 2) end
      local seconds = seconds_of(v)
      if not seconds then return v end
      return host.date(text, seconds)
    end

    """#
