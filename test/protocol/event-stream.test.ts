import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {EventStreamParser, type StreamEvent} from '../../src/protocol/event-stream.js';
import {HOSTILE_RUNS} from './hostile.js';

/** What is read of a stream that comes in these pieces. */
const readAll = (...pieces: readonly string[]): StreamEvent[] => {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
};

const message = (data: string, type = 'message'): StreamEvent => ({type, data});

/** Text as servers send it, and as none should: lines with all ends, fields right and wrong. */
const streamText = (): fc.Arbitrary<string> => {
  const names = ['data', 'event', 'id', 'retry', '', ' data', 'Data', 'other'];
  const marks = [':', ': ', ':  ', '', '::', ' :'];
  const values = [
    '',
    'a',
    'a',
    'b c',
    '7',
    '-7',
    '1e3',
    ' ',
    ':',
    '{"a":1}',
    'ä€😀',
    '\ufeff',
    '\0',
  ];
  const line = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...marks), fc.constantFrom(...values))
    .map((parts) => parts.join(''));
  const end = fc.constantFrom('\n', '\n', '\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n');
  return fc.array(fc.tuple(line, end), {maxLength: 12}).map((lines) => lines.flat().join(''));
};

describe('EventStreamParser', () => {
  it('reads an event with its type', () => {
    expect(readAll('event: incoming\ndata: {"call":1}\n\n')).to.deep.equal([
      message('{"call":1}', 'incoming'),
    ]);
  });

  it('calls an event without a type "message", also after one with a type', () => {
    expect(readAll('event: a\ndata: 1\n\ndata: 2\n\n')).to.deep.equal([
      message('1', 'a'),
      message('2'),
    ]);
  });

  it('joins lines of data by line feeds, and keeps empty ones', () => {
    expect(readAll('data: a\ndata:\ndata: b\n\n')).to.deep.equal([message('a\n\nb')]);
    expect(readAll('data\n\n')).to.deep.equal([message('')]);
    expect(readAll('data\ndata\n\n')).to.deep.equal([message('\n')]);
  });

  it('takes one space behind the colon away, and no more', () => {
    expect(readAll('data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\n')).to.deep.equal(
      ['a', 'a', ' a', '\ta'].map((data) => message(data)),
    );
  });

  it('knows three ends of a line', () => {
    for (const end of ['\n', '\r', '\r\n'])
      expect(readAll(`event: a${end}data: 1${end}${end}`), JSON.stringify(end)).to.deep.equal([
        message('1', 'a'),
      ]);
  });

  it('does not wait for a line feed behind a carriage return, and takes it where it comes', () => {
    const parser = new EventStreamParser();
    expect(parser.push('data: 1\r\r')).to.deep.equal([message('1')]);
    expect(parser.push('\ndata: 2\r\n\r')).to.deep.equal([message('2')]);
    expect(parser.push('\n')).to.deep.equal([]);
    expect(parser.push('\ndata: 3\n\n')).to.deep.equal([message('3')]);
  });

  it('reads pieces of any size, and empty ones', () => {
    const text = 'event: a\r\ndata: 1\r\n\r\n:\n\ndata: 2\n\n';
    const events = [message('1', 'a'), message('2')];
    expect(readAll(...text)).to.deep.equal(events);
    expect(readAll(...[...text].flatMap((each) => ['', each, '']))).to.deep.equal(events);
  });

  it('leaves out comments, unknown fields and what has no data', () => {
    expect(
      readAll(':\n\n: data: 1\n\nother: 1\n\nevent: a\n\n Data: 1\n\nDATA: 1\n\n'),
    ).to.deep.equal([]);
  });

  it('forgets the type of an event without data', () => {
    expect(readAll('event: a\n\ndata: 1\n\n')).to.deep.equal([message('1')]);
  });

  it('does not tell what the stream broke off in', () => {
    expect(readAll('data: 1\n\ndata: 2\n')).to.deep.equal([message('1')]);
  });

  it('keeps the latest id, also of an event without data, until another one takes its place', () => {
    const parser = new EventStreamParser();
    const after = (text: string): string => (parser.push(text), parser.lastId);
    expect(after('data: 1\n\n')).to.equal('');
    expect(after('id: 7\n')).to.equal('');
    expect(after('\n')).to.equal('7');
    expect(after('data: 2\n\n')).to.equal('7');
    expect(after('id: 8\0\n\n')).to.equal('7');
    expect(after('id\n\n')).to.equal('');
  });

  it('reads how long to wait, if it is a number of digits', () => {
    const retryOf = (text: string): number | undefined => {
      const parser = new EventStreamParser();
      parser.push(text);
      return parser.retry;
    };
    expect(retryOf('retry: 2000\n')).to.equal(2000);
    expect(retryOf('retry: 2000\nretry: soon\n')).to.equal(2000);
    for (const value of ['', '-1', '1.5', '1e3', '0x10', ' 1', '١'])
      expect(retryOf(`retry: ${value}\n`), value).to.equal(undefined);
  });

  it('does not keep a line or an event that has no end', () => {
    const endless = (piece: string): void => {
      const parser = new EventStreamParser();
      for (let count = 0; count < 30; count++) parser.push(piece);
    };
    expect(() => endless('x'.repeat(50_000))).to.throw(RangeError);
    expect(() => endless(`data: ${'x'.repeat(50_000)}\n`)).to.throw(RangeError);
    expect(() => endless(`data: ${'x'.repeat(50_000)}\n\n`)).not.to.throw();
    expect(() => endless(`: ${'x'.repeat(50_000)}\n`)).not.to.throw();
  });

  it('looks for the end of a line only in what is new, however long the line is already', () => {
    const {prototype} = RegExp;
    const split = prototype[Symbol.split];
    let looked = 0;
    prototype[Symbol.split] = function (text, limit) {
      looked += text.length;
      return split.call(this, text, limit);
    };
    try {
      expect(readAll('data: ', ...'x'.repeat(2_000), '\n\n')).to.deep.equal([
        message('x'.repeat(2_000)),
      ]);
    } finally {
      prototype[Symbol.split] = split;
    }
    expect(looked).to.equal('data: '.length + 2_000 + 2);
  });

  it('reads the same however a stream is cut', () => {
    fc.assert(
      fc.property(streamText(), fc.array(fc.nat({max: 200})), (text, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b)];
        const pieces = places.map((from, index) => text.slice(from, places[index + 1]));
        expect(readAll(...pieces)).to.deep.equal(readAll(text));
      }),
      {...HOSTILE_RUNS, numRuns: 3_000},
    );
  });

  it('reads anything without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'binary'})), (pieces) => {
        for (const {type, data} of readAll(...pieces))
          expect([typeof type, typeof data]).to.deep.equal(['string', 'string']);
      }),
      HOSTILE_RUNS,
    );
  });
});

describe('EventStreamParser beside the EventSource of the browser', () => {
  const TYPES = ['message', 'a', 'b c', '7', ':', ' ', '-7', '1e3', '{"a":1}', 'ä€😀', ' a', ': a'];

  /** What the browser reads: each event with the id of its time. */
  const byBrowser = (text: string): Promise<string[] | undefined> =>
    new Promise((resolve) => {
      const blob = new Blob([text], {type: 'text/event-stream'});
      const source = new EventSource(URL.createObjectURL(blob));
      const events: string[] = [];
      let opened = false;
      source.onopen = () => (opened = true);
      for (const type of TYPES)
        source.addEventListener(type, ({data, lastEventId}: MessageEvent) =>
          events.push(JSON.stringify([type, data, lastEventId])),
        );
      source.onerror = () => {
        source.close();
        resolve(opened ? events : undefined);
      };
    });

  /** What the parser reads, letter by letter. */
  const byParser = (text: string): string[] => {
    const parser = new EventStreamParser();
    const decoded = new TextDecoder().decode(new TextEncoder().encode(text));
    return [...decoded].flatMap((letter) =>
      parser
        .push(letter)
        .filter(({type}) => TYPES.includes(type))
        .map(({type, data}) => JSON.stringify([type, data, parser.lastId])),
    );
  };

  it('reads what the browser reads', async () => {
    if (!(await byBrowser('data: 1\n\n'))) {
      // The only one that opens no EventSource for a text of the page's own.
      expect(navigator.userAgent).to.include('Firefox');
      return;
    }
    const texts = fc.sample(streamText(), {numRuns: 400, seed: HOSTILE_RUNS.seed});
    const odd = [
      '\ufeffdata: 1\n\n',
      '\ufeff\ufeffdata: 1\n\ndata: 2\n\n',
      'data: 1',
      ':\r\rdata\r\r',
    ];
    for (const text of [...odd, ...texts])
      expect(byParser(text), JSON.stringify(text)).to.deep.equal(await byBrowser(text));
  });
});
