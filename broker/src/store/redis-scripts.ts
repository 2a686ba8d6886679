import {createHash} from 'node:crypto';

/** A script that Redis carries out as one step. */
export interface RedisScript {
  readonly lua: string;
  /** By which Redis knows it (EVALSHA). */
  readonly sha: string;
}

const script = (lua: string): RedisScript => ({
  lua,
  sha: createHash('sha1').update(lua).digest('hex'),
});

/** The clock of Redis in ms: one for all brokers. */
const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** A field's value is its end (epoch ms), a colon, and what is kept. */
const SPLIT = `
  local function split(raw)
    local colon = string.find(raw, ':', 1, true)
    return tonumber(string.sub(raw, 1, colon - 1)), string.sub(raw, colon + 1)
  end`;

/**
 * A member is the number of its arrival, of 16 digits, a colon, and the item: members of one score
 * are in the order of their bytes.
 */
const MEMBER = `
  local function member(counter, item)
    return string.format('%016.0f:', redis.call('INCR', counter)) .. item
  end`;

/** Keys: list, its members by item, counter. Arguments: item, at. */
const PLACE = `${MEMBER}
  local function place()
    local new = member(KEYS[3], ARGV[1])
    redis.call('ZADD', KEYS[1], ARGV[2], new)
    redis.call('HSET', KEYS[2], ARGV[1], new)
    return new
  end`;

export const COMPARE_AND_DELETE = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('DEL', KEYS[1])`);

/** Arguments: old value, value, ttl; 0 for none. */
export const COMPARE_AND_SET = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2])
  else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
  return 1`);

/** Arguments: field, value, ttl. The key ends with the last of its fields. */
const SET_FIELD = `
  local ttl = tonumber(ARGV[3])
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f:', now + ttl) .. ARGV[2])
  if redis.call('PTTL', KEYS[1]) < ttl then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end`;

export const PUT = script(`${NOW}${SET_FIELD}`);

/** Arguments: field. Answers its value, or nothing. */
export const FIELD = script(`${NOW}${SPLIT}
  local raw = redis.call('HGET', KEYS[1], ARGV[1])
  if not raw then return false end
  local ends, value = split(raw)
  if ends > now then return value end
  return false`);

/** Arguments: field, value, ttl, whether there must be one, the old value. */
export const SWAP = script(`${NOW}${SPLIT}
  local raw = redis.call('HGET', KEYS[1], ARGV[1])
  local old = nil
  if raw then
    local ends, value = split(raw)
    if ends > now then old = value end
  end
  if ARGV[4] == '1' and old ~= ARGV[5] then return 0 end
  if ARGV[4] == '0' and old then return 0 end
  ${SET_FIELD}
  return 1`);

/** Arguments: field, value, ttl, most. Has a quarter more, lest it sorts each time. */
export const HOLD = script(`${NOW}${SPLIT}${SET_FIELD}
  local most = tonumber(ARGV[4])
  if redis.call('HLEN', KEYS[1]) <= most * 1.25 then return end
  local all = redis.call('HGETALL', KEYS[1])
  local fields = {}
  for i = 1, #all, 2 do fields[#fields + 1] = {all[i], (split(all[i + 1]))} end
  table.sort(fields, function(one, other) return one[2] > other[2] end)
  for i = most + 1, #fields do redis.call('HDEL', KEYS[1], fields[i][1]) end`);

export const REMOVE = script(`${NOW}${SPLIT}
  local raw = redis.call('HGET', KEYS[1], ARGV[1])
  if not raw then return 0 end
  redis.call('HDEL', KEYS[1], ARGV[1])
  if split(raw) > now then return 1 end
  return 0`);

/** Answers field, value, field, value; removes what has ended. */
export const ENTRIES = script(`${NOW}${SPLIT}
  local all = redis.call('HGETALL', KEYS[1])
  local live = {}
  for i = 1, #all, 2 do
    local ends, value = split(all[i + 1])
    if ends > now then
      live[#live + 1] = all[i]
      live[#live + 1] = value
    else
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
  return live`);

export const SCHEDULE = script(`${PLACE}
  local old = redis.call('HGET', KEYS[2], ARGV[1])
  if old then redis.call('ZREM', KEYS[1], old) end
  place()`);

export const ENQUEUE = script(`${PLACE}
  return redis.call('ZRANK', KEYS[1], redis.call('HGET', KEYS[2], ARGV[1]) or place())`);

/** Keys: list, its members by item. Argument: item. */
export const UNSCHEDULE = script(`
  local old = redis.call('HGET', KEYS[2], ARGV[1])
  if not old then return 0 end
  redis.call('HDEL', KEYS[2], ARGV[1])
  return redis.call('ZREM', KEYS[1], old)`);

/** Arguments: window, by how many. Answers the count and the ms that are left. */
export const COUNT = script(`
  local count = redis.call('INCRBY', KEYS[1], ARGV[2])
  if count == tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return {count, redis.call('PTTL', KEYS[1])}`);

/** Keys: log, counter. Arguments: value, at. */
export const APPEND = script(`${MEMBER}
  redis.call('ZADD', KEYS[1], ARGV[2], member(KEYS[2], ARGV[1]))`);

/** An item of a member. */
export const itemOf = (member: string): string => member.slice(17);

export const SCRIPTS: readonly RedisScript[] = [
  COMPARE_AND_DELETE,
  COMPARE_AND_SET,
  PUT,
  HOLD,
  FIELD,
  SWAP,
  REMOVE,
  ENTRIES,
  SCHEDULE,
  ENQUEUE,
  UNSCHEDULE,
  COUNT,
  APPEND,
];
