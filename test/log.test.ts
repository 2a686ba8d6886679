import {expect} from '@open-wc/testing';

import {PexipChatError} from '../src/errors.js';
import {warnOfError, warnOnce} from '../src/log.js';
import {VERSION} from '../src/version.js';

describe('the log', () => {
  const {warn} = console;
  let lines: unknown[][];

  beforeEach(() => {
    lines = [];
    console.warn = (...line: unknown[]): void => void lines.push(line);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('warns with the name and version of the package', () => {
    warnOnce('first of the test');
    expect(lines).to.deep.equal([[`[pexip-chat-room ${VERSION}]`, 'first of the test']]);
    expect(VERSION).to.match(/^\d+\.\d+\.\d+/);
  });

  it('warns once of each text', () => {
    warnOnce('said twice');
    warnOnce('said twice');
    warnOnce('said once');
    expect(lines.map(([, text]) => text)).to.deep.equal(['said twice', 'said once']);
  });

  it('warns once of each error, with its code and where to read about it', () => {
    const error = (): PexipChatError => new PexipChatError('part-failed', 'The file is not there.');
    warnOfError(error());
    warnOfError(error());
    expect(lines.map(([, text]) => text)).to.deep.equal([
      'part-failed: The file is not there. (docs/errors.md#part-failed)',
    ]);
  });

  it('warns of the same words under another code', () => {
    warnOfError(new PexipChatError('embed-silent', 'The same words.'));
    warnOfError(new PexipChatError('plugin-timeout', 'The same words.'));
    expect(lines).to.have.length(2);
  });

  it('never writes the cause of an error, which is not ours and may hold a secret', () => {
    const cause = new Error('token-0123456789abcdef');
    warnOfError(new PexipChatError('credentials-failed', 'With a cause.', {cause}));
    expect(lines).to.have.length(1);
    expect(lines[0]?.every((part) => typeof part === 'string')).to.equal(true);
    expect(lines.flat().join(' ')).not.to.include('token-0123456789abcdef');
  });
});
