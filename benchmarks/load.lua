-- A wrk script: sends the requests that its arguments describe in rotation and prints one line of JSON in the end.
-- wrk -s load.lua URL -- PATH...           GET these paths
-- wrk -s load.lua URL -- PATH --body FILE  POST that file as JSON; each @N@ in it becomes the request's number
-- … --distinct N                         after N requests @N@ begins anew, so that so many different bodies come in turn
-- … --key KEY                              send this key instead of "benchmark"
-- … --keys N                               send N keys in rotation

-- Stands for a number while a request is built; each number has as many digits, so that all requests are equally long.
local PLACE = "@@@@@@@"
local LEAST = 1000000

local requests = {}
local count = 0
local nextIndex = 0
-- A request, cut where the number goes.
local varying
local distinct
local keys

local function readFile(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

local function split(text)
  local parts = {}
  local start = 1
  while true do
    local from, to = text:find(PLACE, start, true)
    parts[#parts + 1] = text:sub(start, from and from - 1)
    if not from then
      return parts
    end
    start = to + 1
  end
end

local function numbered(number)
  return table.concat(varying, LEAST + number)
end

-- The requests are made before the load begins: what wrk does meanwhile counts as the server's time.
local function prepareDistinct()
  for index = 1, distinct do
    -- A prime step: all numbers come in turn, and neighbors are far apart.
    requests[index] = numbered(index * 7919 % distinct)
  end
  count = distinct
  varying = nil
end

function init(arguments)
  wrk.headers["Authorization"] = "Bearer benchmark"
  local body
  local paths = {}
  local index = 1
  while index <= #arguments do
    if arguments[index] == "--body" then
      body = readFile(arguments[index + 1])
      wrk.headers["Content-Type"] = "application/json"
      index = index + 2
    elseif arguments[index] == "--distinct" then
      distinct = tonumber(arguments[index + 1])
      index = index + 2
    elseif arguments[index] == "--keys" then
      keys = tonumber(arguments[index + 1])
      index = index + 2
    elseif arguments[index] == "--key" then
      wrk.headers["Authorization"] = "Bearer " .. arguments[index + 1]
      index = index + 2
    else
      paths[#paths + 1] = arguments[index]
      index = index + 1
    end
  end
  if body and body:find("@N@", 1, true) then
    varying = split(wrk.format("POST", paths[1], nil, (body:gsub("@N@", PLACE))))
    if distinct then
      prepareDistinct()
      return
    end
  end
  for number = 1, keys or 0 do
    wrk.headers["Authorization"] = "Bearer benchmark" .. number
    requests[#requests + 1] = wrk.format("POST", paths[1], nil, body)
  end
  for _, path in ipairs(keys and {} or paths) do
    requests[#requests + 1] = wrk.format(body and "POST" or "GET", path, nil, body)
  end
  count = #requests
end

function request()
  nextIndex = nextIndex + 1
  if varying then
    return numbered(nextIndex)
  end
  return requests[(nextIndex - 1) % count + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
