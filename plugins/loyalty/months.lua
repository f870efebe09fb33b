-- Calendar months after an instant, in UTC: the sandbox has no calendar of its own.
-- Days and dates: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013 (days_from_civil, civil_from_days).

local function days_from_civil(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local year_of_era = year - era * 400
  local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468
end

local function civil_from_days(days)
  days = days + 719468
  local era = days // 146097
  local day_of_era = days - era * 146097
  local year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
  local day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
  local shifted = (5 * day_of_year + 2) // 153
  local month = shifted + (shifted < 10 and 3 or -9)
  local year = year_of_era + era * 400
  if month <= 2 then year = year + 1 end
  return year, month, day_of_year - (153 * shifted + 2) // 5 + 1
end

-- 31 January and a month are the last of February.
return function(time, months)
  local days, seconds = time // 86400, time % 86400
  local year, month, day = civil_from_days(days)
  local count = year * 12 + month - 1 + months
  year, month = count // 12, count % 12 + 1
  local first = days_from_civil(year, month, 1)
  local length = days_from_civil(month == 12 and year + 1 or year, month % 12 + 1, 1) - first
  return (first + math.min(day, length) - 1) * 86400 + seconds
end
