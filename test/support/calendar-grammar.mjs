import assert from 'node:assert/strict';

/** RFC 5545 3.1: what may stand in a value, and what in a quoted and in a plain value of a parameter. */
const VALUE = /^[^\u0000-\u0008\u000a-\u001f\u007f]*$/u;
const LINE =
  /^(?<name>[A-Za-z\d-]+)(?<parameters>(?:;[A-Za-z\d-]+=(?:"[^\u0000-\u0008\u000a-\u001f\u007f"]*"|[^\u0000-\u0008\u000a-\u001f\u007f";:,]*))*):(?<value>.*)$/u;
const PARAMETER = /;([A-Za-z\d-]+)=(?:"([^"]*)"|([^;]*))/g;
const UTC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const TEXTS = new Set(['DESCRIPTION', 'LOCATION', 'SUMMARY']);
/** 3.3.11: a backslash is one of these, and commas and semicolons stand behind one. */
const TEXT = /^(?:[^\\;,]|\\[\\;,nN])*$/u;

const timeOf = (value) => {
  const [, ...parts] = UTC.exec(value) ?? assert.fail(`no time in UTC: ${value}`);
  const [year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

const plainText = (value) =>
  value.replace(/\\([\\;,nN])/g, (_, each) => (each.toLowerCase() === 'n' ? '\n' : each));

/**
 * Reads a calendar file by the letter of RFC 5545 and RFC 5546 3.2.1, and throws where it is none; own
 * code, which shares nothing with what writes or reads calendars elsewhere.
 *
 * @returns the event's properties by name: {value, parameters}; texts and times as they are meant
 */
export const readCalendar = (file) => {
  assert.ok(file.isWellFormed(), 'half characters');
  assert.ok(file.endsWith('\r\n'), 'the last line does not end');
  const physical = file.slice(0, -2).split('\r\n');
  for (const line of physical) {
    assert.doesNotMatch(line, /[\r\n]/, 'a line ends in something else than CRLF');
    assert.ok(Buffer.byteLength(line) <= 75, `longer than 75 octets: ${line}`);
    assert.notEqual(line, '');
  }
  const lines = physical.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
  const open = [];
  const properties = {VCALENDAR: new Map(), VEVENT: new Map()};
  const order = [];
  for (const line of lines) {
    const {name, parameters, value} = LINE.exec(line)?.groups ?? assert.fail(`no line: ${line}`);
    assert.match(value, VALUE);
    if (name === 'BEGIN') {
      order.push(value);
      open.push(value);
    } else if (name === 'END') assert.equal(open.pop(), value);
    else {
      const known = properties[open.at(-1)] ?? assert.fail(`outside: ${line}`);
      assert.ok(!known.has(name), `twice: ${name}`);
      if (TEXTS.has(name)) assert.match(value, TEXT);
      const found = [...parameters.matchAll(PARAMETER)].map(([, key, quoted, plain]) => [
        key,
        quoted ?? plain,
      ]);
      known.set(name, {
        value: TEXTS.has(name) ? plainText(value) : value,
        parameters: Object.fromEntries(found),
      });
    }
  }
  assert.deepEqual(open, []);
  assert.deepEqual(order, ['VCALENDAR', 'VEVENT']);
  const {VCALENDAR, VEVENT} = properties;
  assert.equal(VCALENDAR.get('VERSION').value, '2.0');
  assert.ok(VCALENDAR.get('PRODID').value);
  assert.equal(VCALENDAR.get('METHOD').value, 'PUBLISH');
  assert.match(VEVENT.get('UID').value, /^[\w-]{8,}@[\w.-]+$/);
  assert.match(VEVENT.get('SEQUENCE').value, /^\d+$/);
  assert.match(VEVENT.get('ORGANIZER').value, /^mailto:[\w.+-]+@[\w.-]+$/);
  assert.ok(new URL(VEVENT.get('URL').value));
  for (const name of ['DTSTAMP', 'DTSTART', 'DTEND'])
    VEVENT.get(name).value = timeOf(VEVENT.get(name).value);
  assert.ok(VEVENT.get('DTSTART').value < VEVENT.get('DTEND').value);
  return Object.fromEntries(VEVENT);
};
