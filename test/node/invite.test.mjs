import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {describe, it} from 'node:test';

import {readCalendar} from '../support/calendar-grammar.mjs';

const COMMAND = new URL('../../dist/bin/pexip-chat-room.js', import.meta.url).pathname;

/** Runs the command as an operator does, somewhere else, so that it finds only what it contains. */
const run = async (...args) => {
  const child = spawn(process.execPath, [COMMAND, 'invite', ...args], {cwd: '/'});
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {out, err, status: await ended};
};

const SERVER = ['--server', 'rc.pexample.com'];
const MEETING = ['--alias', 'meet.alice', '--node', 'https://pexip.example.com', ...SERVER];
const TIMES = ['--starts', '2026-12-01T10:00:00+01:00', '--ends', '2026-12-01T10:00:00Z'];
/** As the document has it, without a branding path. */
const TEMPLATE_LINK =
  'https://go.rocket.chat/conference?host=rc.pexample.com&path=conference%2F{{numeric_alias}}%3FcallUrl%3Dhttps%253A%252F%252F{{addin_server_domain}}%252Fconference%253Fconference%253D{{numeric_alias}}%26callProvider%3DPexip';
const LINK = TEMPLATE_LINK.replaceAll('{{numeric_alias}}', 'meet.alice').replace(
  '{{addin_server_domain}}',
  'pexip.example.com',
);

describe('pexip-chat-room invite', () => {
  it('prints the links of the document and the row, for a personal VMR', async () => {
    const {out, err, status} = await run(...MEETING);
    assert.deepEqual([err, status], ['', 0]);
    const [rocketChat, webApp, html] = out.trimEnd().split('\n\n');
    assert.equal(rocketChat, `Rocket.Chat\n${LINK}`);
    assert.equal(webApp, 'Web App 3\nhttps://pexip.example.com/webapp/m/meet.alice');
    assert.match(html, /^HTML\n<tr>\n[^]*\ngo\.rocket\.chatmeet\.alice\n[^]*<\/tr>$/);
  });

  it('prints a template with its placeholders, with and without a branding path', async () => {
    const plain = JSON.parse((await run('--template', ...SERVER, '--json')).out);
    assert.deepEqual(Object.keys(plain), ['rocketChatUrl', 'webAppUrl', 'html']);
    assert.equal(plain.rocketChatUrl, TEMPLATE_LINK);
    assert.equal(plain.webAppUrl, 'https://{{addin_server_domain}}/webapp/m/{{numeric_alias}}');
    assert.match(plain.html, /\ngo\.rocket\.chat\{\{alias\}\}\n/);
    const branded = JSON.parse(
      (await run('--template', ...SERVER, '--json', '--path', '/mybrandingpath/')).out,
    );
    const withPath = TEMPLATE_LINK.replace('}}%252F', '}}%252Fmybrandingpath%252F');
    assert.equal(branded.rocketChatUrl, withPath);
    assert.equal(
      branded.webAppUrl,
      'https://{{addin_server_domain}}/mybrandingpath/m/{{numeric_alias}}',
    );
  });

  it('prints the HTML alone, with the icon that is given', async () => {
    const icon = 'https://static.example.com/rc.png?a&b';
    const {out} = await run('--template', ...SERVER, '--html', '--icon', icon);
    assert.ok(out.startsWith('<tr>\n') && out.endsWith('</tr>\n'));
    assert.ok(out.includes('<img src="https://static.example.com/rc.png?a&amp;b" width="42"'));
  });

  it('prints a calendar file and not a byte more, the same event each time', async () => {
    const args = [...MEETING, ...TIMES, '--title', 'Übergabe; Station 7, "B"', '--ics'];
    const {out, err, status} = await run(...args);
    assert.deepEqual([err, status], ['', 0]);
    assert.match(out, /^BEGIN:VCALENDAR\r\n[^]*\r\nEND:VCALENDAR\r\n$/);
    const event = readCalendar(out);
    assert.equal(event.SUMMARY.value, 'Übergabe; Station 7, "B"');
    assert.equal(event.DTSTART.value, Date.UTC(2026, 11, 1, 9));
    assert.ok(event.DESCRIPTION.value.includes(LINK));
    assert.deepEqual(readCalendar((await run(...args)).out).UID, event.UID);
  });

  it('has the calendar file in its JSON where a time is given', async () => {
    const {ics} = JSON.parse((await run(...MEETING, ...TIMES, '--json')).out);
    assert.equal(readCalendar(ics).SUMMARY.value, 'Meeting');
    assert.match((await run(...MEETING, ...TIMES)).out, /--ics prints it/);
  });

  it('is told by --help', async () => {
    const {out, status} = await run('--help');
    assert.equal(status, 0);
    const names = ['alias', 'node', 'server', 'path', 'icon', 'starts', 'ends', 'title'];
    for (const name of [...names, 'template', 'html', 'ics', 'json'])
      assert.match(out, new RegExp(`--${name}\\b`), name);
  });

  for (const [args, words] of [
    [[], /--server is missing/],
    [SERVER, /--alias is missing: .*--template/],
    [['--alias', 'x', ...SERVER], /--node is missing/],
    [['--alias', '..', '--node', 'https://a.example', ...SERVER], /--alias is no alias/],
    [['--alias', 'x', '--node', 'a.example', ...SERVER], /--node is no Conferencing Node/],
    [['--alias', 'x', '--node', 'https://a.example/m', ...SERVER], /--node is no Conferencing/],
    [['--template', '--server', 'http://chat.example.com'], /--server is no workspace/],
    [['--template', ...SERVER, '--path', '../x'], /--path is a branding path/],
    [['--template', ...SERVER, '--icon', 'javascript:x'], /--icon is the https address/],
    [['--template', ...SERVER, '--alias', 'x'], /--alias is of a meeting/],
    [['--template', ...SERVER, '--ics'], /--ics is of a meeting/],
    [[...MEETING, '--ics'], /--ics needs --starts and --ends/],
    [[...MEETING, '--starts', '2026-12-01T10:00:00Z'], /--starts and --ends both/],
    [[...MEETING, '--starts', 'now', '--ends', 'later'], /as 2026-01-31T09:00:00Z/],
    [[...MEETING, ...TIMES, '--title', ' '], /--title has no text/],
    [[...MEETING, '--html', '--json'], /only one of --html and --json/],
    [[...MEETING, '--pin', '1234'], /--pin/],
    [['meet.alice'], /meet\.alice|positional/],
  ]) {
    it(`exits with 2 for: invite ${args.join(' ')}`, async () => {
      const {out, err, status} = await run(...args);
      assert.equal(status, 2);
      assert.match(err, words);
      assert.match(err, /--help tells more\.\n$/);
      assert.equal(out, '');
    });
  }
});
